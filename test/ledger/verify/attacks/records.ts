import { openEnvelope } from "../../../../ledger/format/envelope.ts";
import { commitMessage } from "../../../../ledger/format/message.ts";
import { sampleLedger, verdictLine } from "../../ledger-builder.ts";
import {
  type Attack,
  THIEF,
  BATCH,
  PAIR,
  contentOf,
  amended,
  withDecision,
  linesOf,
  batchOf,
} from "./attack.ts";

export const EDITS: readonly Attack[] = [
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
    when: "a record is edited and another is deleted",
    commits: () => {
      const ledger = sampleLedger();
      const [line = ""] = linesOf(ledger.commits, BATCH);
      const forged = withDecision(Buffer.from(line), '"DENY"', '"ALLOW"');
      return ledger.commit({ [BATCH]: batchOf([forged]), "records/004-1.jsonl": null }).commits;
    },
    codes: ["RECORD_EDITED", "TREE_MISMATCH", "MESSAGE_MISMATCH"],
  },
  {
    when: "a record is overwritten with garbage",
    commits: () => amended(sampleLedger().commits, 1, { [BATCH]: "[]\n" }),
    codes: ["RECORD_EDITED"],
    place: `${BATCH}:1`,
  },
  {
    when: "a batch's lines end as another system ends them",
    commits: () => {
      const { commits } = sampleLedger();
      const lines = linesOf(commits, PAIR).map((line) => `${line}\r\n`);
      return amended(commits, 2, { [PAIR]: lines.join("") });
    },
    codes: ["RECORD_EDITED"],
    place: `${PAIR}:1`,
  },
  {
    when: "a record is overwritten with a bomb of brackets",
    commits: () => amended(sampleLedger().commits, 1, { [BATCH]: `${"[".repeat(200_000)}\n` }),
    codes: ["RECORD_EDITED"],
  },
];

export const MISMATCHES: readonly Attack[] = [
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
    codes: ["TREE_MISMATCH"],
    place: "records/005-1.jsonl",
  },
  {
    when: "whoever may sign heads places an old batch after those that superseded it",
    commits: () => sampleLedger().verdicts({ id: "1" }).commits,
    codes: ["TREE_MISMATCH"],
    place: "records/005-1.jsonl",
    since: "commit 4",
  },
  {
    when: "whoever may sign heads places an old record beside a new one",
    commits: () => sampleLedger().verdicts({ id: "5" }, { id: "1" }).commits,
    codes: ["TREE_MISMATCH"],
    place: "records/005-2.jsonl:2",
    since: "commit 4, index 6",
  },
  {
    when: "whoever may sign heads leaves out a record that a later one supersedes",
    commits: () => sampleLedger().verdicts({ id: "5", supersedes: "0".repeat(64) }).commits,
    codes: ["TREE_MISMATCH"],
    place: "records/005-1.jsonl:1",
    since: "commit 4, index 5",
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
      const decoy = batchOf([verdictLine({ id: "decoy" })]);
      return amended(ledger.commits, 2, { "records/003-1.jsonl": decoy });
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
    place: "records/003-1.jsonl",
  },
  {
    when: "whoever stole the records' key, and no other, places a record",
    commits: () => {
      const line = verdictLine({ id: "5" });
      const message = commitMessage([openEnvelope(line)]);
      return sampleLedger().commit({ "records/005-1.jsonl": batchOf([line]) }, message).commits;
    },
    codes: ["TREE_MISMATCH"],
    place: "records",
  },
  {
    when: "a record is there twice in its batch",
    commits: () => {
      const { commits } = sampleLedger();
      const [first = "", second = ""] = linesOf(commits, PAIR);
      const batch = batchOf([first, first, second]);
      return amended(commits, 2, { [PAIR]: null, "records/002-3.jsonl": batch });
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
  },
  {
    when: "two batches have each other's name",
    commits: () => {
      const { commits } = sampleLedger();
      const last = "records/004-1.jsonl";
      const [one, other] = [contentOf(commits, BATCH), contentOf(commits, last)];
      return amended(amended(commits, 1, { [BATCH]: other }), 3, { [last]: one });
    },
    codes: ["TREE_MISMATCH", "MESSAGE_MISMATCH"],
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
