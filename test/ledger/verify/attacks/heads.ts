import { signCheckpoint } from "../../../../ledger/format/checkpoint.ts";
import type { PlannedCommit } from "../../fake-clone.ts";
import { signNote } from "../../../../ledger/format/note.ts";
import {
  keysOf,
  LEDGER_KEY,
  LedgerBuilder,
  sampleLedger,
  verdictLine,
} from "../../ledger-builder.ts";
import { type Attack, THIEF, OTHER_ORIGIN, contentOf, amended, flipped } from "./attack.ts";

export const HEAD_ATTACKS: readonly Attack[] = [
  {
    when: "the head's signature is altered",
    commits: () => {
      const ledger = sampleLedger();
      const bytes = contentOf(ledger.commits, "checkpoint");
      return ledger.commit({ checkpoint: flipped(bytes, bytes.length - 20) }).commits;
    },
    codes: ["CHECKPOINT_INVALID", "MESSAGE_MISMATCH"],
    place: "checkpoint",
    since: "commit 4",
  },
  {
    when: "the head is signed by a key that may not",
    commits: () => sampleLedger().place([verdictLine()], { checkpointKey: THIEF }).commits,
    codes: ["CHECKPOINT_INVALID"],
    since: "commit 4",
  },
  {
    when: "the head is another ledger's",
    commits: () => {
      const { root } = sampleLedger().pin;
      const head = signCheckpoint({ origin: OTHER_ORIGIN, size: 5, root }, LEDGER_KEY);
      return amended(sampleLedger().commits, 3, { checkpoint: head });
    },
    codes: ["CHECKPOINT_INVALID"],
  },
  {
    when: "the head is no note",
    commits: () => amended(sampleLedger().commits, 3, { checkpoint: "trust me\n" }),
    codes: ["CHECKPOINT_INVALID"],
  },
  {
    when: "somebody signs the head as well, with a key that nobody knows",
    commits: () => {
      const bytes = contentOf(sampleLedger().commits, "checkpoint");
      const line = `— somebody ${Buffer.alloc(68).toString("base64")}\n`;
      return amended(sampleLedger().commits, 3, {
        checkpoint: Buffer.concat([bytes, Buffer.from(line)]),
      });
    },
    codes: ["CHECKPOINT_INVALID"],
  },
  {
    when: "the head carries its signature twice",
    commits: () => {
      const text = Buffer.from(contentOf(sampleLedger().commits, "checkpoint")).toString();
      const [, signature = ""] = text.split("\n\n");
      return amended(sampleLedger().commits, 3, { checkpoint: `${text}${signature}` });
    },
    codes: ["CHECKPOINT_INVALID"],
  },
  ...[
    { when: "without its padding", from: /=*\n$/, to: "\n" },
    { when: "in the alphabet of addresses", from: /.\n$/, to: "-\n" },
    { when: "as another system ends lines", from: /\n/g, to: "\r\n" },
    { when: "with a line more in its text", from: "\n\n", to: "\nextension\n\n" },
    { when: "under another's name", from: /— \S+/, to: "— bailiff.dev" },
  ].map(({ when, from, to }): Attack => ({
    when: `the head is spelled ${when}`,
    commits: () => {
      const text = Buffer.from(contentOf(sampleLedger().commits, "checkpoint")).toString();
      return amended(sampleLedger().commits, 3, { checkpoint: text.replace(from, to) });
    },
    codes: ["CHECKPOINT_INVALID"],
    place: "checkpoint",
  })),
  ...[
    { when: "a size with a nought before it", size: "05" },
    { when: "a size with a sign", size: "+5" },
    { when: "a size that no number holds", size: "9007199254740993" },
  ].map(({ when, size }): Attack => ({
    when: `whoever may sign heads signs ${when}`,
    commits: () => {
      const { origin, root } = sampleLedger().pin;
      const checkpoint = signNote(`${origin}\n${size}\n${root}\n`, origin, LEDGER_KEY);
      return amended(sampleLedger().commits, 3, { checkpoint });
    },
    codes: ["CHECKPOINT_INVALID"],
  })),
  {
    when: "the head is signed by a key that its keyset revokes",
    commits: () => {
      const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
      const heads = { keys: [LEDGER_KEY.public.id, THIEF.public.id], threshold: 1 };
      const revoking = new LedgerBuilder({
        keys: keysOf(LEDGER_KEY, THIEF),
        roles: { root: own, records: own, checkpoint: heads },
        revocations: [{ key: THIEF.public.id, from: 2 }],
      });
      return revoking
        .verdicts({ id: "1" })
        .verdicts({ id: "2" })
        .place([verdictLine({ id: "3" })], { checkpointKey: THIEF }).commits;
    },
    codes: ["CHECKPOINT_INVALID"],
  },
  {
    when: "whoever may sign heads vouches for a record that is not there",
    commits: () => {
      const { origin, root } = sampleLedger().pin;
      const checkpoint = signCheckpoint({ origin, size: 6, root }, LEDGER_KEY);
      return sampleLedger().commit({ checkpoint }).commits;
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "records",
  },
  {
    when: "the head is a link",
    commits: () =>
      amended(sampleLedger().commits, 3, {
        checkpoint: { mode: "120000", content: "frontier" },
      }),
    codes: ["CHECKPOINT_INVALID"],
  },
  {
    when: "the head is larger than any head",
    commits: () => amended(sampleLedger().commits, 3, { checkpoint: "x".repeat(70_000) }),
    codes: ["CHECKPOINT_INVALID"],
  },
];

/** The files of the ledger as they were after its first commits. */
function asOfCommit(commits: readonly PlannedCommit[], at: number): PlannedCommit["files"] {
  const before = commits.slice(0, at + 1);
  const paths = new Set(commits.flatMap(({ files }) => Object.keys(files)));
  const had = new Set(before.flatMap(({ files }) => Object.keys(files)));
  return Object.fromEntries(
    [...paths].map((path) => [path, had.has(path) ? contentOf(before, path) : null]),
  );
}

export const TRUNCATIONS: readonly Attack[] = [
  {
    when: "a commit puts an older state back",
    commits: () => {
      const ledger = sampleLedger();
      return ledger.commit(asOfCommit(ledger.commits, 1)).commits;
    },
    codes: ["TRUNCATED", "MESSAGE_MISMATCH"],
    place: "checkpoint",
    since: "commit 4",
  },
  {
    when: "a force push cuts the branch, and the auditor has a pin",
    commits: () => sampleLedger().commits.slice(0, 2),
    options: () => ({ pin: sampleLedger().pin }),
    codes: ["TRUNCATED"],
    place: "the pin",
    since: "index 2",
  },
  {
    when: "whoever may sign heads takes the last record away, and the auditor has a pin",
    commits: () => sampleLedger().commits.slice(0, 3),
    options: () => ({ pin: sampleLedger().pin }),
    codes: ["TRUNCATED"],
    place: "the pin",
  },
  {
    when: "only the head is put back",
    commits: () => {
      const ledger = sampleLedger();
      return ledger.commit({ checkpoint: contentOf(ledger.commits.slice(0, 2), "checkpoint") })
        .commits;
    },
    codes: ["TRUNCATED", "TREE_MISMATCH", "MESSAGE_MISMATCH"],
  },
];

/** Whoever holds the checkpoint key tells another story from some size on. */
function forkAfter(kept: number, ...stories: readonly string[]): readonly PlannedCommit[] {
  const honest = sampleLedger();
  const other = new LedgerBuilder().verdicts({ id: "1" });
  for (const id of stories) other.verdicts({ id, decision: "ALLOW" });
  const last = other.commits.length - 1;
  const away = Object.fromEntries(
    Object.keys(asOfCommit(honest.commits, 3)).map((path) => [path, null]),
  );
  const files = { ...away, ...asOfCommit(other.commits, last) };
  return [...honest.commits.slice(0, kept), { message: "DENY\n", files }];
}

const ROOT = "A".repeat(43) + "=";

export const FORKS: readonly Attack[] = [
  ...[
    { when: "larger than its index", observed: { size: 6, root: ROOT } },
    { when: "that this ledger never had", observed: { size: 2, root: ROOT } },
    { when: "within a batch that this ledger never had", observed: { size: 3, root: ROOT } },
    { when: "without records that has another root", observed: { size: 0, root: ROOT } },
  ].map(({ when, observed }): Attack => ({
    when: `a record was made after a head ${when}`,
    commits: () => sampleLedger().verdicts({ id: "5", more: { observed } }).commits,
    codes: ["FORKED"],
    place: "records/005-1.jsonl:1",
    since: "commit 4, index 5",
  })),
  {
    when: "the checkpoint key signs another story over its own history",
    commits: () => forkAfter(3, "x", "y", "z"),
    codes: ["FORKED", "MESSAGE_MISMATCH"],
    place: "commit 2",
    since: "commit 2",
  },
  {
    when: "the checkpoint key signs two heads of one size",
    commits: () => forkAfter(4, "x", "y", "z"),
    codes: ["FORKED", "MESSAGE_MISMATCH"],
  },
  {
    when: "the checkpoint key makes the history anew, and the auditor has a pin",
    commits: () => new LedgerBuilder().verdicts({ id: "x" }, { id: "y" }).commits,
    options: () => ({ pin: new LedgerBuilder().verdicts({ id: "1" }).pin }),
    codes: ["FORKED"],
    place: "the pin",
  },
];
