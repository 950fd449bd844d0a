import { git } from "./git-process.ts";

/** Somebody as a commit names them. */
export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface ReadCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  readonly message: string;
}

const FIELDS = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x1f");

/** The commits that `head` has and `base` has not, oldest first. */
export async function commitsBetween(
  folder: string,
  base: string,
  head: string,
): Promise<ReadCommit[]> {
  const range = ["--reverse", "--topo-order", head, `^${base}`];
  const text = await git(folder, ["log", `--format=${FIELDS}%x1e`, ...range]);
  return text
    .split("\x1e")
    .map((entry) => entry.trimStart())
    .filter((entry) => entry !== "")
    .map(readEntry);
}

function readEntry(entry: string): ReadCommit {
  const [sha = "", tree = "", parents = "", ...rest] = entry.split("\x1f");
  const [an = "", ae = "", at = "", cn = "", ce = "", ct = "", message = ""] = rest;
  return {
    sha,
    tree,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author: { name: an, email: ae, date: zulu(at) },
    committer: { name: cn, email: ce, date: zulu(ct) },
    message: message.trimEnd(),
  };
}

function zulu(time: string): string {
  return new Date(time).toISOString().replace(/\.[0-9]{3}Z$/, "Z");
}
