import { batchPath } from "../../../../ledger/format/batch.ts";
import { openEnvelope } from "../../../../ledger/format/envelope.ts";
import { commitMessage } from "../../../../ledger/format/message.ts";
import type { PlannedCommit } from "../../fake-clone.ts";
import { sampleLedger } from "../../ledger-builder.ts";
import { digestOf, DOCUMENT } from "../../verdict-fixture.ts";
import {
  amended,
  type Attack,
  BATCH,
  batchOf,
  contentOf,
  linesOf,
  PAIR,
  untouching,
} from "./attack.ts";

const policy = `policies/${digestOf(DOCUMENT)}`;

/** What a file was after the commit at `at`. */
function asOf(path: string, at: number): Uint8Array {
  return contentOf(sampleLedger().commits.slice(0, at + 1), path);
}

/** The sample ledger with its commits at some places made anew: a force push that keeps the newest files. */
function retold(
  ...changes: readonly [at: number, files: PlannedCommit["files"]][]
): readonly PlannedCommit[] {
  return changes.reduce<readonly PlannedCommit[]>(
    (commits, [at, files]) => amended(commits, at, files),
    sampleLedger().commits,
  );
}

/** The sample ledger with a file of the commit at `from` in the one at `to`. */
function late(path: string, from: number, to: number): readonly PlannedCommit[] {
  const { commits } = sampleLedger();
  const without = commits.map((commit, at) => (at === from ? untouching(commit, path) : commit));
  return amended(without, to, { [path]: contentOf(commits, path) });
}

/** The pair's two records as two commits, each with the message that its record gives. */
function pairTakenApart(): readonly PlannedCommit[] {
  const { commits } = sampleLedger();
  const lines = linesOf(commits, PAIR).map((line) => Buffer.from(line));
  const parts = lines.map((line, at) => ({
    message: commitMessage([openEnvelope(line)]),
    files: { [batchPath(2 + at, 1)]: batchOf([line]) },
  }));
  const heads = { checkpoint: asOf("checkpoint", 2), frontier: asOf("frontier", 2) };
  const [first, second] = parts.map((part) => ({ ...part, files: { ...part.files, ...heads } }));
  const whole = [commits[0], commits[1], first, second, commits[3]];
  return whole.filter((commit) => commit !== undefined);
}

/** What anybody who can force a push makes of the commits before the newest: its files stay as they are. */
export const HISTORY_ATTACKS: readonly Attack[] = [
  {
    when: "an earlier head is altered, and the next commit has the right one",
    commits: () =>
      retold([1, { checkpoint: Buffer.concat([asOf("checkpoint", 1), Buffer.of(10)]) }]),
    codes: ["CHECKPOINT_INVALID"],
    place: "commit 1",
    since: "commit 1",
  },
  {
    when: "an earlier commit moves no head",
    commits: () => retold([2, { checkpoint: asOf("checkpoint", 1) }]),
    codes: ["CHECKPOINT_INVALID"],
    place: "commit 2",
  },
  {
    when: "two earlier heads change places",
    commits: () =>
      retold(
        [1, { checkpoint: asOf("checkpoint", 2) }],
        [2, { checkpoint: asOf("checkpoint", 1) }],
      ),
    codes: ["CHECKPOINT_INVALID"],
    place: "commit 1",
  },
  {
    when: "a batch is taken apart into two commits under one head",
    commits: pairTakenApart,
    codes: ["CHECKPOINT_INVALID"],
    place: "commit 2",
  },
  {
    when: "an earlier frontier is another tree's",
    commits: () => retold([1, { frontier: asOf("frontier", 0) }]),
    codes: ["TREE_MISMATCH"],
    place: "commit 1",
    since: "commit 1",
  },
  {
    when: "two commits change places, each with its own head",
    commits: () => {
      const [genesis, first, second, third] = sampleLedger().commits;
      return [genesis, second, first, third].filter((commit) => commit !== undefined);
    },
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  },
  {
    when: "a commit is there twice",
    commits: () =>
      sampleLedger().commits.flatMap((commit, at) => (at === 2 ? [commit, commit] : [commit])),
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 3",
  },
  {
    when: "a file stood among the earlier ones",
    commits: () => retold([1, { "notes.txt": "hello" }], [2, { "notes.txt": null }]),
    codes: ["FILE_FOREIGN"],
    place: "notes.txt",
    since: "commit 2",
  },
  {
    when: "a policy document that judged nothing stood among the earlier files",
    commits: () => {
      const other = `policies/${digestOf("version: 2\n")}`;
      return retold([1, { [other]: "version: 2\n" }], [3, { [other]: null }]);
    },
    codes: ["FILE_FOREIGN"],
    since: "commit 3",
  },
  {
    when: "a policy document said something else for a while",
    commits: () => retold([1, { [policy]: "policies: []\n" }], [2, { [policy]: DOCUMENT }]),
    codes: ["FILE_FOREIGN"],
    place: policy,
    since: "commit 2",
  },
  {
    when: "a policy document said something else before the commit of the verdict that it judged",
    commits: () => retold([0, { [policy]: "policies: []\n" }]),
    codes: ["FILE_FOREIGN"],
    place: policy,
    since: "commit 1",
  },
  {
    when: "a policy document was gone for a while",
    commits: () => retold([2, { [policy]: null }], [3, { [policy]: DOCUMENT }]),
    codes: ["FILE_FOREIGN"],
    place: policy,
  },
  ...[0, 2].map((at): Attack => ({
    when: `a policy document came ${at === 0 ? "before" : "after"} the verdict that it judged`,
    commits: () => late(policy, 1, at),
    codes: ["FILE_FOREIGN"],
    place: policy,
    since: `commit ${at}`,
  })),
  {
    when: "attributes had git rewrite the records for a while",
    commits: () =>
      retold([0, { ".gitattributes": "* text\n" }], [1, { ".gitattributes": "* -text\n" }]),
    codes: ["FILE_FOREIGN"],
    place: ".gitattributes",
  },
  {
    when: "attributes came with a later commit",
    commits: () => late(".gitattributes", 0, 1),
    codes: ["FILE_FOREIGN"],
    place: ".gitattributes",
    since: "commit 1",
  },
  {
    when: "the keyset was gone for a while",
    commits: () =>
      retold(
        [1, { "trust/1.root.json": null }],
        [2, { "trust/1.root.json": asOf("trust/1.root.json", 0) }],
      ),
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
    since: "commit 2",
  },
  {
    when: "the keyset came with a later commit than the record that names it",
    commits: () => late("trust/1.root.json", 0, 1),
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
    since: "commit 1",
  },
  ...(["100755", "120000"] as const).map((mode): Attack => ({
    when: `an earlier head was of mode ${mode}`,
    commits: () => retold([1, { checkpoint: { mode, content: asOf("checkpoint", 1) } }]),
    codes: mode === "120000" ? ["CHECKPOINT_INVALID", "FILE_FOREIGN"] : ["FILE_FOREIGN"],
  })),
  {
    when: "a batch was executable for a while",
    commits: () => {
      const content = asOf(BATCH, 1);
      return retold([1, { [BATCH]: { mode: "100755", content } }], [2, { [BATCH]: content }]);
    },
    codes: ["FILE_FOREIGN", "MESSAGE_MISMATCH"],
    place: BATCH,
  },
];
