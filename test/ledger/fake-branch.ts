import { createHash } from "node:crypto";
import type { LedgerBranch, Tip } from "../../ledger/branch.ts";

type Files = ReadonlyMap<string, Uint8Array>;

interface FakeCommit {
  readonly id: string;
  readonly message: string;
  readonly files: Files;
}

/** What the next move of the branch meets instead of going well. */
export type Fault = "throws-before" | "throws-after" | { readonly meanwhile: () => void };

/** A ledger's branch in memory, with faults on order. */
export class FakeBranch implements LedgerBranch {
  readonly commits: FakeCommit[] = [];
  /** One a call of `advance`, first come first met. */
  readonly faults: Fault[] = [];

  tip(): Promise<Tip | null> {
    const commit = this.commits.at(-1);
    return Promise.resolve(commit === undefined ? null : tipOf(commit));
  }

  advance(from: string | null, files: Files, message: string): Promise<"advanced" | "lost-race"> {
    const fault = this.faults.shift();
    if (fault === "throws-before") return Promise.reject(new Error("the line was cut"));
    if (typeof fault === "object") fault.meanwhile();
    if ((this.commits.at(-1)?.id ?? null) !== from) return Promise.resolve("lost-race");
    this.put(files, message);
    if (fault === "throws-after") return Promise.reject(new Error("the answer was lost"));
    return Promise.resolve("advanced");
  }

  /** Commits without asking, as somebody who may push does; null removes a file. */
  put(changes: ReadonlyMap<string, Uint8Array | null>, message = "by hand"): void {
    const files = new Map(this.commits.at(-1)?.files);
    for (const [path, bytes] of changes) {
      if (bytes === null) files.delete(path);
      else files.set(path, Uint8Array.from(bytes));
    }
    const id = createHash("sha1").update(`${this.commits.length} ${message}`).digest("hex");
    this.commits.push({ id, message, files });
  }

  /** The file's bytes at the tip; throws where there is none. */
  file(path: string): Uint8Array {
    const bytes = this.commits.at(-1)?.files.get(path);
    if (bytes === undefined) throw new Error(`no ${path}`);
    return bytes;
  }
}

function tipOf({ id, files }: FakeCommit): Tip {
  return {
    commit: id,
    read: (path) => Promise.resolve(files.get(path) ?? null),
    list: (folder) => {
      const under = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      const names = under.map((path) => path.slice(folder.length + 1).split("/")[0] ?? "");
      return Promise.resolve([...new Set(names)].sort());
    },
  };
}
