/** A real repository in a temporary folder for tests. Nothing of the user's git reaches it. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathBytes } from "../../rules/change/path-text.ts";

/** A file's content; null removes the path. `submodule` is a commit id. */
export type FixtureFile =
  | string
  | Uint8Array
  | null
  | { readonly mode: "100644" | "100755" | "120000"; readonly content: string | Uint8Array }
  | { readonly submodule: string };

interface FixtureCommit {
  /** A branch's short name; it is created or moved. Default `main`. */
  readonly branch?: string;
  /** Default: the branch's tip where it exists. `[]` starts an orphan. */
  readonly parents?: readonly string[];
  readonly message?: string;
  /** Seconds since 1970. Default: one fixed second a commit, rising. */
  readonly date?: number;
}

export interface FixtureRepository extends AsyncDisposable {
  /** The work tree (never populated), or the bare repository itself. */
  readonly directory: string;
  readonly gitDir: string;
  /** Adds, replaces and removes paths on top of the first parent; gives the commit's full id. */
  commit(files: Readonly<Record<string, FixtureFile>>, commit?: FixtureCommit): Promise<string>;
  /** Runs git in `directory`; gives stdout without its last line break, throws where git fails. */
  git(...args: readonly string[]): Promise<string>;
  gitWithInput(input: string | Uint8Array, ...args: readonly string[]): Promise<string>;
  dispose(): Promise<void>;
}

export async function createFixtureRepository(
  options: { readonly bare?: boolean; readonly objectFormat?: "sha1" | "sha256" } = {},
): Promise<FixtureRepository> {
  const root = await mkdtemp(join(tmpdir(), "bailiff-fixture-"));
  const directory = join(root, "repository");
  await mkdir(directory);
  const bare = options.bare ? ["--bare"] : [];
  const format = `--object-format=${options.objectFormat ?? "sha1"}`;
  await fixtureGit(directory, ["init", "-q", "-b", "main", format, ...bare]);
  const git = (...args: readonly string[]) => fixtureGit(directory, args);
  const dispose = () => rm(root, { recursive: true, force: true });
  let clock = 1_700_000_000;
  return {
    directory,
    gitDir: options.bare ? directory : join(directory, ".git"),
    git,
    gitWithInput: (input, ...args) => fixtureGit(directory, args, input),
    commit: async (files, commit = {}) => {
      clock += 1;
      const parents = commit.parents ?? (await tipOf(directory, commit.branch ?? "main"));
      const stream = importStream(files, { date: clock, ...commit, parents });
      return fixtureGit(directory, ["fast-import", "--quiet", "--force"], stream);
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Runs git with an environment built from nothing, so that no test sees the user's configuration. */
export function fixtureGit(
  directory: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn("git", args, { cwd: directory, env: fixtureEnvironment() });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.on("error", reject);
  child.on("close", (status) => {
    if (status === 0) resolve(Buffer.concat(out).toString("utf8").replace(/\n$/, ""));
    else reject(new Error(`git ${args.join(" ")}: ${Buffer.concat(err).toString("utf8")}`));
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return promise;
}

function fixtureEnvironment(): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: "/nonexistent",
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Ann",
    GIT_AUTHOR_EMAIL: "ann@example.invalid",
    GIT_COMMITTER_NAME: "Ann",
    GIT_COMMITTER_EMAIL: "ann@example.invalid",
  };
}

async function tipOf(directory: string, branch: string): Promise<readonly string[]> {
  const ref = `refs/heads/${branch}`;
  const tip = await fixtureGit(directory, ["for-each-ref", "--format=%(objectname)", ref]);
  return tip === "" ? [] : [tip];
}

function importStream(
  files: Readonly<Record<string, FixtureFile>>,
  commit: FixtureCommit & { readonly parents: readonly string[]; readonly date: number },
): Uint8Array {
  const [from, ...merged] = commit.parents;
  const ref = `refs/heads/${commit.branch ?? "main"}`;
  return Buffer.concat([
    // A branch that starts as an orphan must forget the tip it has.
    text(from === undefined ? `reset ${ref}\n\n` : ""),
    text(`commit ${ref}\nmark :1\n`),
    text(`committer Ann <ann@example.invalid> ${commit.date} +0000\n`),
    data(commit.message ?? "change\n"),
    text(from === undefined ? "" : `from ${from}\n`),
    ...merged.map((parent) => text(`merge ${parent}\n`)),
    ...Object.entries(files).flatMap(([path, file]) => fileLines(quoted(path), file)),
    text("\nget-mark :1\n"),
  ]);
}

function fileLines(path: string, file: FixtureFile): Uint8Array[] {
  if (file === null) return [text(`D ${path}\n`)];
  if (typeof file === "object" && "submodule" in file) {
    return [text(`M 160000 ${file.submodule} ${path}\n`)];
  }
  const plain = typeof file === "string" || file instanceof Uint8Array;
  const { mode, content } = plain ? { mode: "100644", content: file } : file;
  return [text(`M ${mode} inline ${path}\n`), data(content)];
}

/** Paths are given as `pathText` writes them, so that any byte can be named. */
function quoted(path: string): string {
  const bytes = pathBytes(path);
  if (bytes === null) throw new Error(`not a path text: ${path}`);
  const escaped = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
  return `"${escaped.join("")}"`;
}

function data(content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === "string" ? text(content) : content;
  return Buffer.concat([text(`data ${bytes.length}\n`), bytes, text("\n")]);
}

function text(value: string): Uint8Array {
  return Buffer.from(value, "utf8");
}
