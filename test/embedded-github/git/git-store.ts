import { mkdir, writeFile } from "node:fs/promises";
import { git, tryGit } from "./git-process.ts";
import { preReceiveHook } from "./pre-receive-hook.ts";

/** Who made a commit, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

export interface NewCommit {
  readonly branch: string;
  readonly parent: string | null;
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  readonly by: Signature;
  readonly message: string;
}

/** The sizes of a pull request, as its page shows them. */
export interface ChangeSize {
  readonly commits: number;
  readonly files: number;
  readonly additions: number;
  readonly deletions: number;
}

/** One bare repository on disk. */
export class GitStore {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(folder: string, defaultBranch: string): Promise<GitStore> {
    await mkdir(folder, { recursive: true });
    await git(folder, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`]);
    await writeFile(`${folder}/config`, configuration);
    await mkdir(`${folder}/hooks`, { recursive: true });
    await writeFile(`${folder}/hooks/pre-receive`, preReceiveHook, { mode: 0o755 });
    return new GitStore(folder);
  }

  /** Copies branches and tags of another repository on this machine. */
  async copyFrom(source: string): Promise<void> {
    const refs = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
    await git(this.folder, ["fetch", "--quiet", "--no-write-fetch-head", source, ...refs]);
  }

  /** Fetches one commit of another repository and names it. */
  async fetchCommit(source: string, commit: string, ref: string): Promise<void> {
    const quiet = ["fetch", "--quiet", "--no-write-fetch-head", "--no-tags"];
    await git(this.folder, [...quiet, source, `+${commit}:${ref}`]);
  }

  /** The commit that a revision names, null where there is none. */
  async commit(revision: string): Promise<string | null> {
    const args = ["rev-parse", "--quiet", "--verify", "--end-of-options", `${revision}^{commit}`];
    const { status, stdout } = await tryGit(this.folder, args);
    return status === 0 ? stdout.toString("utf8").trim() : null;
  }

  async tree(commit: string): Promise<string> {
    return git(this.folder, ["rev-parse", "--verify", `${commit}^{tree}`]);
  }

  /** Every ref with its object. */
  async refs(): Promise<Map<string, string>> {
    const lines = await git(this.folder, ["for-each-ref", "--format=%(objectname) %(refname)"]);
    const pairs = lines.split("\n").filter((line) => line !== "");
    return new Map(pairs.map((line) => [line.slice(41), line.slice(0, 40)]));
  }

  async setRef(ref: string, commit: string | null): Promise<void> {
    await git(
      this.folder,
      commit === null ? ["update-ref", "-d", ref] : ["update-ref", ref, commit],
    );
  }

  /** Makes another branch the default one. */
  async setHead(branch: string): Promise<void> {
    await git(this.folder, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
  }

  /** Writes one commit and moves its branch there, wherever that was. */
  async write(commit: NewCommit): Promise<string> {
    const stream = fastImport(commit);
    await git(this.folder, ["fast-import", "--quiet", "--force", "--date-format=raw"], stream);
    return git(this.folder, ["rev-parse", "--verify", `refs/heads/${commit.branch}`]);
  }

  /** The commit that merges `head` into `base`, null where they conflict or share no history. */
  async merge(base: string, head: string, by: Signature, message: string): Promise<string | null> {
    const merged = await tryGit(this.folder, ["merge-tree", "--write-tree", base, head]);
    if (merged.status !== 0) return null;
    const tree = merged.stdout.toString("utf8").trim();
    return git(this.folder, ["hash-object", "-t", "commit", "-w", "--stdin"], commitText());

    function commitText(): string {
      const who = signature(by);
      const parents = `parent ${base}\nparent ${head}\n`;
      return `tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\n${message}\n`;
    }
  }

  async isAncestor(older: string, newer: string): Promise<boolean> {
    return (await tryGit(this.folder, ["merge-base", "--is-ancestor", older, newer])).status === 0;
  }

  async changeSize(base: string, head: string): Promise<ChangeSize> {
    const commits = Number(await git(this.folder, ["rev-list", "--count", `${base}..${head}`]));
    const related = await tryGit(this.folder, ["merge-base", base, head]);
    const from = related.status === 0 ? related.stdout.toString("utf8").trim() : base;
    const lines = await git(this.folder, ["diff-tree", "-r", "--numstat", from, head]);
    const rows = lines.split("\n").filter((line) => line !== "");
    const sum = (column: number): number =>
      rows.reduce((total, row) => total + (Number(row.split("\t")[column]) || 0), 0);
    return { commits, files: rows.length, additions: sum(0), deletions: sum(1) };
  }
}

const configuration = `[core]
	repositoryformatversion = 0
	bare = true
[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[receive]
	hideRefs = refs/pull
[gc]
	auto = 0
`;

function fastImport({ branch, parent, files, by, message }: NewCommit): Buffer {
  const who = signature(by);
  const head = `commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n`;
  const parts = [Buffer.from(head), data(message)];
  if (parent !== null) parts.push(Buffer.from(`from ${parent}\n`));
  for (const [path, content] of Object.entries(files)) {
    if (content === null) parts.push(Buffer.from(`D ${quoted(path)}\n`));
    else parts.push(Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(content));
  }
  return Buffer.concat(parts);
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")]);
}

function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

function signature({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at.getTime() / 1000)} +0000`;
}
