import type { PlannedCommit } from "../../fake-clone.ts";
import { sampleLedger, verdictLine } from "../../ledger-builder.ts";
import { digestOf } from "../../verdict-fixture.ts";
import { type Attack, BATCH, amended, contentOf } from "./attack.ts";

const policy = `policies/${digestOf("version: 1\n")}`;

/** A file of the ledger as something else: the newest commit that has it is made anew. */
const OTHERWISE: readonly Attack[] = (["executable", "a submodule"] as const).flatMap((what) =>
  [
    { path: "README.md", at: 0, codes: ["FILE_FOREIGN"] as const },
    { path: ".gitattributes", at: 0, codes: ["FILE_FOREIGN"] as const },
    { path: "frontier", at: 3, codes: ["FILE_FOREIGN"] as const },
    { path: "checkpoint", at: 3, codes: ["CHECKPOINT_INVALID"] as const },
    { path: "trust/1.root.json", at: 0, codes: ["TRUST_INVALID"] as const },
    { path: BATCH, at: 1, codes: ["FILE_FOREIGN", "TREE_MISMATCH"] as const },
    { path: policy, at: 1, codes: ["FILE_FOREIGN", "FILE_MISSING"] as const },
  ].map(({ path, at, codes }) => ({
    when: `${path.slice(0, 24)} is ${what}`,
    commits: () => {
      const { commits } = sampleLedger();
      const content = contentOf(commits.slice(0, at + 1), path);
      const mode = "100755" as const;
      const file = what === "executable" ? { mode, content } : { submodule: "1".repeat(40) };
      return amended(commits, at, { [path]: file });
    },
    codes,
  })),
);

export const FILE_ATTACKS: readonly Attack[] = [
  ...OTHERWISE,
  ...[
    "notes.txt",
    "records/1-1.jsonl",
    "records/000-1.jsonl.orig",
    "trust/01.root.json",
    "Checkpoint",
    "RECORDS/001-1.jsonl",
    "records/.gitattributes",
    "records/x000/001-1.jsonl",
    "caf\u00e9",
    "cafe\u0301",
    `policies/${"0".repeat(63)}`,
    "checkpoint.",
    "cosig/x000/001/00",
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
    when: "the README is a link",
    commits: () =>
      amended(sampleLedger().commits, 0, {
        "README.md": { mode: "120000", content: "/etc/passwd" },
      }),
    codes: ["FILE_FOREIGN"],
    place: "README.md",
  },
  {
    when: "the README is a link, and the frontier is deleted",
    commits: () =>
      amended(
        amended(sampleLedger().commits, 0, { "README.md": { mode: "120000", content: "x" } }),
        3,
        { frontier: null },
      ),
    codes: ["FILE_FOREIGN", "FILE_MISSING"],
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
  {
    when: "two policy documents have each other's name",
    commits: () => {
      const other = `policies/${digestOf("version: 2\n")}`;
      const judged = verdictLine({ id: "5", document: "version: 2\n" });
      const ledger = sampleLedger().place([judged], { files: { [other]: "version: 2\n" } });
      return amended(amended(ledger.commits, 1, { [policy]: "version: 2\n" }), 4, {
        [other]: "version: 1\n",
      });
    },
    codes: ["FILE_FOREIGN"],
  },
  {
    when: "a policy document lies under a digest that begins as its own",
    commits: () => {
      const near = `policies/${digestOf("version: 1\n").slice(0, 60)}0000`;
      return amended(sampleLedger().commits, 1, { [near]: "version: 1\n" });
    },
    codes: ["FILE_FOREIGN"],
  },
];

export const MESSAGE_ATTACKS: readonly Attack[] = [
  {
    when: "a commit's message tells of an approval that is none",
    commits: () =>
      sampleLedger().commits.map((commit, at) =>
        at === 1 ? { ...commit, message: commit.message.replace("DENY", "ALLOW") } : commit,
      ),
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  },
  ...[
    { when: "ends in a line break more", tail: "\n" },
    { when: "is turned round by a character that nobody sees", tail: "\u202e" },
    { when: "goes on after a NUL, where git's log stops", tail: "\0ALLOW PR 42" },
  ].map(({ when, tail }): Attack => ({
    when: `a commit's message ${when}`,
    commits: () =>
      sampleLedger().commits.map((commit, at) =>
        at === 1 ? { ...commit, message: `${commit.message}${tail}` } : commit,
      ),
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  })),
  {
    when: "two commits have each other's message",
    commits: () => {
      const { commits } = sampleLedger();
      const messages = commits.map(({ message }) => message);
      return commits.map((commit, at) => ({
        ...commit,
        message: messages[[0, 2, 1, 3][at] ?? 0] ?? "",
      }));
    },
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  },
  {
    when: "a commit without records tells of one",
    commits: () => sampleLedger().commit({}, "ALLOW PR 42 1f2e3d4\n").commits,
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 4",
  },
  {
    when: "a commit places something among the records that is no batch",
    commits: () => sampleLedger().commit({ "records/notes.txt": "hello" }).commits,
    codes: ["MESSAGE_MISMATCH", "FILE_FOREIGN"],
    place: "commit 4",
  },
  {
    when: "history is made anew: one commit places two batches, and tells of the later one alone",
    commits: () => {
      const [genesis, denied, others, allowed] = sampleLedger().commits;
      const together = { message: "", files: { ...denied?.files, ...allowed?.files } };
      return [genesis, { ...together, message: allowed?.message ?? "" }, others].map((commit) => ({
        message: commit?.message ?? "",
        files: { ...commit?.files, ...(commit === others ? headOf(allowed) : {}) },
      }));
    },
    codes: ["MESSAGE_MISMATCH"],
    place: "commit 1",
  },
];

function headOf(commit: PlannedCommit | undefined): PlannedCommit["files"] {
  const { checkpoint = null, frontier = null } = commit?.files ?? {};
  return { checkpoint, frontier };
}

export const NO_LEDGERS: readonly Attack[] = [
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
