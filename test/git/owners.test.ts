import { expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import { type Contents, contentOf, type Listing } from "../../rules/change/listing.ts";
import { wantedContents } from "../../rules/judge.ts";
import { actionOn } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const AT = ".github/CODEOWNERS";
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function gathered(
  fixture: FixtureRepository,
  range: { base: string; head: string },
): Promise<{ listing: Listing; contents: Contents }> {
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(range.base, range.head));
  return { listing, contents: await source.read(listing, wantedContents(listing)) };
}

test("a changed CODEOWNERS brings along the others, and all paths of the head", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ CODEOWNERS: "* @b", [AT]: "* @a", "src/a": "1" });
  const head = await fixture.commit({ [AT]: null });
  const { listing, contents } = await gathered(fixture, { base, head });
  expect(listing.files.map(({ path }) => path)).toEqual([AT]);
  expect(listing.owners?.headPaths).toEqual(["CODEOWNERS", "src/a"]);
  expect(listing.owners?.files.map(({ path }) => path)).toEqual([AT, "CODEOWNERS"]);
  for (const side of ["base", "head"] as const) {
    expect(contentOf(contents, side, "CODEOWNERS")).toEqual(Buffer.from("* @b"));
  }
});

test("what the base made of the others meanwhile is told", async () => {
  await using fixture = await createFixtureRepository();
  const start = await fixture.commit({ CODEOWNERS: "* @b", [AT]: "* @a" });
  const base = await fixture.commit({ [AT]: null }, { parents: [start] });
  const head = await fixture.commit({ CODEOWNERS: "* @c" }, { parents: [start] });
  const { listing } = await gathered(fixture, { base, head });
  expect(listing.owners?.files.find(({ path }) => path === AT)).toMatchObject({ baseTip: null });
});

test("a first commit has no owners at its base", async () => {
  await using fixture = await createFixtureRepository();
  const head = await fixture.commit({ "docs/CODEOWNERS": "* @a", "CODEOWNERS/a": "" });
  const { listing } = await gathered(fixture, { base: EMPTY_TREE, head });
  expect(listing.owners?.files).toEqual([
    { path: "docs/CODEOWNERS", head: expect.objectContaining({ mode: "100644" }) as unknown },
  ]);
});

test("nothing is told where no such file changes", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ [AT]: "* @a", a: "1" });
  const head = await fixture.commit({ a: "2" });
  expect((await gathered(fixture, { base, head })).listing).not.toHaveProperty("owners");
});
