/** A file of a tree. A submodule's bytes are its commit's id. */
export interface ModelFile {
  readonly mode: "100644" | "100755" | "120000" | "160000";
  readonly bytes: Buffer;
}

export interface ModelCommit {
  readonly message: Buffer;
  readonly tree: ReadonlyMap<string, ModelFile>;
  /** Places in the branch's list of commits, each before this one. */
  readonly parents: readonly number[];
  /** `Name <address>`. */
  readonly author: string;
  /** Seconds since 1970. */
  readonly date: number;
  readonly encoding?: string;
}

/** A branch as a list of commits, parents first; null where the ref is gone. */
export interface ModelBranch {
  readonly commits: readonly ModelCommit[];
  readonly tip: number | null;
}

/** What an auditor must come to: `either` where a README is no file that people can read any more. */
export type Expected = "verifies" | "found" | "either";

/**
 * Whether a branch still is the original ledger, told from its commits alone: the same messages and
 * files, one after the other. README.md, authors and dates are immaterial.
 */
export function expectedOf(original: ModelBranch, mutated: ModelBranch): Expected {
  const [before, after] = [lineOf(original), lineOf(mutated)];
  if (before === null || after === null || before.length !== after.length) return "found";
  const pairs = before.map((commit, at) => [commit, after[at] ?? commit] as const);
  if (!pairs.every(([one, other]) => isSame(one, other))) return "found";
  return pairs.every(([one, other]) => hasReadme(one) === hasReadme(other)) ? "verifies" : "either";
}

/**
 * The input of `git fast-import` that makes `branch` under `ref`.
 *
 * Equal commits and blobs get the same mark, wherever they stand: `marks` is kept from one branch
 * to the next.
 */
export function importStream(branch: ModelBranch, ref: string, marks: Marks): Buffer {
  const pieces: Buffer[] = [];
  const made: string[] = [];
  for (const commit of branch.commits) made.push(commitMark(commit, made, { marks, pieces }));
  if (branch.tip !== null) pieces.push(text(`reset ${ref}\nfrom ${made[branch.tip] ?? ""}\n\n`));
  return Buffer.concat(pieces);
}

/** The mark of each object that was written, by what it is. */
export class Marks {
  readonly #known = new Map<string, string>();

  /** The mark of `key`, and whether it is new. */
  of(key: string): readonly [mark: string, isNew: boolean] {
    const known = this.#known.get(key);
    if (known !== undefined) return [known, false];
    const mark = `:${this.#known.size + 1}`;
    this.#known.set(key, mark);
    return [mark, true];
  }
}

const README = "README.md";

/** The commits from the first to the tip; null where they are not one line. */
function lineOf({ commits, tip }: ModelBranch): readonly ModelCommit[] | null {
  const line: ModelCommit[] = [];
  for (let at = tip; at !== null;) {
    const commit = commits[at];
    if (commit === undefined || commit.parents.length > 1) return null;
    line.unshift(commit);
    at = commit.parents[0] ?? null;
  }
  return line.length === 0 ? null : line;
}

function isSame(one: ModelCommit, other: ModelCommit): boolean {
  const paths = new Set([...one.tree.keys(), ...other.tree.keys()]);
  paths.delete(README);
  return (
    one.message.equals(other.message) &&
    one.encoding === other.encoding &&
    [...paths].every((path) => isSameFile(one.tree.get(path), other.tree.get(path)))
  );
}

function isSameFile(one: ModelFile | undefined, other: ModelFile | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.mode === other.mode && one.bytes.equals(other.bytes);
}

function hasReadme({ tree }: ModelCommit): boolean {
  return tree.get(README)?.mode === "100644";
}

interface Written {
  readonly marks: Marks;
  readonly pieces: Buffer[];
}

function commitMark(commit: ModelCommit, made: readonly string[], written: Written): string {
  const { author, date, encoding, message } = commit;
  const files = [...commit.tree].map(([path, file]) => fileLine(path, file, written));
  const [from, ...merged] = commit.parents.map((at) => made[at] ?? "");
  const head = `committer ${author} ${date} +0000\n${encoding === undefined ? "" : `encoding ${encoding}\n`}`;
  const key = [head, message.toString("base64"), from, ...merged, ...files].join("|");
  const [mark, isNew] = written.marks.of(`commit ${key}`);
  if (!isNew) return mark;
  written.pieces.push(
    text(`${from === undefined ? `reset ${SCRATCH}\n\n` : ""}commit ${SCRATCH}\nmark ${mark}\n`),
    text(head),
    ...data(message),
    text(from === undefined ? "" : `from ${from}\n`),
    text(merged.map((parent) => `merge ${parent}\n`).join("")),
    text(`deleteall\n${files.join("")}\n`),
  );
  return mark;
}

const SCRATCH = "refs/scratch/fuzz";

function fileLine(path: string, { mode, bytes }: ModelFile, { marks, pieces }: Written): string {
  if (mode === "160000") return `M 160000 ${bytes.toString("latin1")} ${quoted(path)}\n`;
  const [mark, isNew] = marks.of(`blob ${bytes.toString("latin1")}`);
  if (isNew) pieces.push(text(`blob\nmark ${mark}\n`), ...data(bytes));
  return `M ${mode} ${mark} ${quoted(path)}\n`;
}

function quoted(path: string): string {
  const escaped = [...Buffer.from(path)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
  return `"${escaped.join("")}"`;
}

function data(bytes: Uint8Array): Buffer[] {
  return [text(`data ${bytes.length}\n`), Buffer.from(bytes), text("\n")];
}

function text(value: string): Buffer {
  return Buffer.from(value, "utf8");
}
