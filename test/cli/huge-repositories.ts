import type { FixtureRepository } from "../git/fixture-repository.ts";

/** Branches `main` and `topic`, written in one stream: what would take git hours to commit. */
export class ImportStream {
  readonly #parts: string[] = ["feature done\n"];
  #marks = 0;

  /** Gives the mark to refer to it by. */
  blob(content: string): string {
    const mark = this.#mark();
    this.#parts.push(`blob\nmark ${mark}\n${data(content)}`);
    return mark;
  }

  /** `changes` are `fileChange` lines; without `from` the branch begins. Gives the commit's mark. */
  commit(
    branch: string,
    changes: Iterable<string>,
    { from, message = "change" }: { readonly from?: string; readonly message?: string } = {},
  ): string {
    const mark = this.#mark();
    const seconds = 1_700_000_000 + this.#marks;
    this.#parts.push(
      `commit refs/heads/${branch}\nmark ${mark}\ncommitter Ann <ann@example.invalid> ${seconds} +0000\n`,
      ...[data(message), from === undefined ? "" : `from ${from}\n`],
      ...changes,
      "\n",
    );
    return mark;
  }

  async importInto(fixture: FixtureRepository): Promise<void> {
    const stream = `${this.#parts.join("")}done\n`;
    await fixture.gitWithInput(stream, "fast-import", "--quiet", "--force");
  }

  #mark(): string {
    this.#marks += 1;
    return `:${this.#marks}`;
  }
}

export function fileChange(path: string, blob: string): string {
  return `M 100644 ${blob} ${path}\n`;
}

export function inlineFile(path: string, content: string): string {
  return `M 100644 inline ${path}\n${data(content)}`;
}

/**
 * Two trees in a few kilobytes: `folders` names lead to one tree of `files` names, of which one is
 * another file in `topic`.
 */
export async function plantTreeBomb(
  fixture: FixtureRepository,
  { folders, files }: { readonly folders: number; readonly files: number },
): Promise<void> {
  const blob = await fixture.gitWithInput("a", "hash-object", "-w", "--stdin");
  const treeOf = async (first: string): Promise<string> => {
    const other = await fixture.gitWithInput(first, "hash-object", "-w", "--stdin");
    const file = (n: number): string => `100644 blob ${n === 0 ? other : blob}\tf${n}\n`;
    const inner = await fixture.gitWithInput(joined(files, file), "mktree");
    const folder = (n: number): string => `040000 tree ${inner}\td${n}\n`;
    return fixture.gitWithInput(joined(folders, folder), "mktree");
  };
  const base = await fixture.git("commit-tree", await treeOf("b"), "-m", "base");
  const head = await fixture.git("commit-tree", await treeOf("c"), "-p", base, "-m", "head");
  await fixture.git("update-ref", "refs/heads/main", base);
  await fixture.git("update-ref", "refs/heads/topic", head);
}

function joined(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("");
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}
