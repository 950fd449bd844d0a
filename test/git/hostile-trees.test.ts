import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addedPaths } from "../../git/added-paths.ts";
import type { DiffLimits } from "../../git/diff-limits.ts";
import { refuseHugeHistory } from "../../git/history-size.ts";
import { openRepository } from "../../git/repository.ts";
import { diffTrees } from "../../git/tree-diff.ts";
import { readTrees } from "../../git/tree.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

let fixture: FixtureRepository;
beforeEach(async () => {
  fixture = await createFixtureRepository();
});
afterEach(() => fixture.dispose());

/** `count` folders that share one tree of `count` files; one file of it is another in `topic`. */
async function sharedFolders(count: number): Promise<{ base: string; head: string }> {
  const treeOf = async (changed: string): Promise<string> => {
    const blob = await fixture.gitWithInput("a", "hash-object", "-w", "--stdin");
    const other = await fixture.gitWithInput(changed, "hash-object", "-w", "--stdin");
    const file = (n: number): string => `100644 blob ${n === 0 ? other : blob}\tf${n}\n`;
    const inner = await fixture.gitWithInput(lines(count, file), "mktree");
    return fixture.gitWithInput(
      lines(count, (n) => `040000 tree ${inner}\td${n}\n`),
      "mktree",
    );
  };
  return { base: await treeOf("b"), head: await treeOf("c") };
}

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("");
}

async function diff(sides: { base: string; head: string }, limits?: Partial<DiffLimits>) {
  await using repository = await openRepository(fixture.directory);
  return await diffTrees(repository.store.objects, sides, limits);
}

describe("a few objects that stand at very many paths", () => {
  test("are refused once too many names were compared, changed or not", async () => {
    const sides = await sharedFolders(60);
    const names = 60 * 60 * 3 + 60 * 3;
    expect(await diff(sides, { names })).toHaveLength(60);
    await expectCode(diff(sides, { names: names - 1 }), "TOO_LARGE");
  });

  test("are refused once the paths that differ are too long together", async () => {
    const sides = await sharedFolders(10);
    const bytes = "d0/f0".length * 10;
    expect(await diff(sides, { pathBytes: bytes })).toHaveLength(10);
    await expectCode(diff(sides, { pathBytes: bytes - 1 }), "TOO_LARGE");
  });

  test("are refused, or unknown where only the base has them, once one level of trees is too large", async () => {
    const sides = await sharedFolders(10);
    await expectCode(diff(sides, { levelBytes: 300 }), "TOO_LARGE");
    await using repository = await openRepository(fixture.directory);
    const { objects } = repository.store;
    const range = { before: sides.base, after: sides.head };
    expect(await addedPaths(objects, range, { levelBytes: 300 })).toBeNull();
    await expectCode(readTrees(objects, [sides.base, sides.head], 400), "TOO_LARGE");
    expect((await readTrees(objects, [sides.base, sides.base], 400)).size).toBe(1);
  });
});

describe("commits with long messages", () => {
  async function talkative(): Promise<{ base: string; head: string }> {
    const root = await fixture.commit({ a: "1" });
    let head = root;
    for (const content of ["1", "2", "3"]) {
      const commit = { branch: "topic", parents: [head], message: "x".repeat(10_000) };
      head = await fixture.commit({ b: content }, commit);
    }
    return { base: await fixture.commit({ a: "2" }, { parents: [root] }), head };
  }

  test("are counted before git keeps them all in memory: only those of the head", async () => {
    const range = await talkative();
    await using repository = await openRepository(fixture.directory);
    await expectCode(refuseHugeHistory(repository.store, range, 30_000), "TOO_LARGE");
    await refuseHugeHistory(repository.store, range, 40_000);
    const opposite = { base: range.head, head: range.base };
    await refuseHugeHistory(repository.store, opposite, 1_000);
  });
});

test("a path of 4,096 bytes is judged, and a longer one is refused", async () => {
  const segment = "d".repeat(255);
  const longest = `${`${segment}/`.repeat(15)}${segment.slice(1)}/f`;
  expect(longest).toHaveLength(4_096);
  const base = await fixture.commit({ a: "1" });
  const head = await fixture.commit({ [longest]: "1" });
  const tree = (commit: string): Promise<string> => fixture.git("rev-parse", `${commit}^{tree}`);
  const sides = { base: await tree(base), head: await tree(head) };
  expect((await diff(sides)).map(({ path }) => path)).toEqual([longest]);
  const over = await fixture.commit({ [`${longest.slice(0, -1)}gg`]: "1" });
  await expectCode(diff({ base: sides.head, head: await tree(over) }), "TOO_LARGE");
});

test("folders two thousand deep are judged, and five thousand are refused", async () => {
  const base = await fixture.commit({ a: "1" });
  const tree = (commit: string): Promise<string> => fixture.git("rev-parse", `${commit}^{tree}`);
  const deep = await fixture.commit({ [`${"d/".repeat(2_000)}f`]: "1" });
  const deeper = await fixture.commit({ [`${"d/".repeat(5_000)}f`]: "1" });
  const start = await tree(base);
  expect(await diff({ base: start, head: await tree(deep) })).toHaveLength(1);
  await expectCode(diff({ base: start, head: await tree(deeper) }), "TOO_LARGE");
});
