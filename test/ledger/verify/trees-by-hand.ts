import type { FixtureRepository } from "../../git/fixture-repository.ts";

/** One entry of a tree as its object spells it: `<mode> <name>\0<raw id>`. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

/** The entries of a tree (any revision that is one), spelled as git spells them. */
export async function entriesOf(
  repository: FixtureRepository,
  tree: string,
): Promise<readonly TreeEntry[]> {
  const listed = await repository.git("ls-tree", tree);
  return listed.split("\n").map((line) => {
    const [, mode = "", oid = "", name = ""] = /^0*(\d+) \w+ (\w+)\t(.*)$/.exec(line) ?? [];
    return { mode, name, oid };
  });
}

/** Writes a tree with these entries in this order, whatever git thinks of them; gives its id. */
export function writeTree(
  repository: FixtureRepository,
  entries: readonly TreeEntry[],
): Promise<string> {
  const bytes = entries.flatMap(({ mode, name, oid }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(oid, "hex"),
  ]);
  const write = ["hash-object", "--literally", "-t", "tree", "-w", "--stdin"];
  return repository.gitWithInput(Buffer.concat(bytes), ...write);
}
