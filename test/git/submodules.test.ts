import { expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import { treeVersions } from "../../rules/capabilities/tree/read-tree.ts";
import { type Contents, contentOf, type Listing } from "../../rules/change/listing.ts";
import { actionOn } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const ONE = { submodule: "1".repeat(40) };
const TWO = { submodule: "2".repeat(40) };
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function gathered(
  fixture: FixtureRepository,
  range: { base: string; head: string },
): Promise<{ listing: Listing; contents: Contents }> {
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(range.base, range.head));
  return { listing, contents: await source.read(listing, treeVersions(listing)) };
}

test("a moved submodule brings .gitmodules along, which no side changed", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ lib: ONE, ".gitmodules": "text" });
  const head = await fixture.commit({ lib: TWO });
  const { listing, contents } = await gathered(fixture, { base, head });
  expect(listing.files.map(({ path }) => path)).toEqual(["lib"]);
  expect(listing.submodules).toMatchObject({ path: ".gitmodules", base: listing.submodules?.head });
  for (const side of ["base", "head"] as const) {
    expect(contentOf(contents, side, ".gitmodules")).toEqual(Buffer.from("text"));
  }
});

test("both versions of a .gitmodules that changed with it are there", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ lib: ONE, ".gitmodules": "before" });
  const head = await fixture.commit({ lib: null, ".gitmodules": "after" });
  const { contents } = await gathered(fixture, { base, head });
  expect(contentOf(contents, "base", ".gitmodules")).toEqual(Buffer.from("before"));
  expect(contentOf(contents, "head", ".gitmodules")).toEqual(Buffer.from("after"));
});

test.each([
  { when: "there is none", files: { lib: ONE } },
  { when: "it is a folder", files: { lib: ONE, ".gitmodules/a": "" } },
])("a side has no .gitmodules where $when", async ({ files }) => {
  await using fixture = await createFixtureRepository();
  const head = await fixture.commit(files);
  const { listing } = await gathered(fixture, { base: EMPTY_TREE, head });
  expect(listing.submodules).toEqual({ path: ".gitmodules" });
});

test("nothing is told where no submodule is among the files", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ lib: ONE, ".gitmodules": "text", a: "1" });
  const head = await fixture.commit({ a: "2" });
  expect((await gathered(fixture, { base, head })).listing).not.toHaveProperty("submodules");
});
