import { expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import type { BaseOwners } from "../../rules/change/listing.ts";
import { actionOn } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const AT = ".github/CODEOWNERS";
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function ownersOf(
  fixture: FixtureRepository,
  range: { base: string; head: string },
): Promise<readonly [path: string | null, text: string | null]> {
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(range.base, range.head));
  const { path, content }: BaseOwners = await source.owners(listing);
  return [path, content instanceof Uint8Array ? Buffer.from(content).toString() : null];
}

test("owners are those of the base as it is now, not of where the change left it", async () => {
  await using fixture = await createFixtureRepository();
  const start = await fixture.commit({ CODEOWNERS: "* @ann" });
  const base = await fixture.commit({ CODEOWNERS: "* @bo" }, { parents: [start] });
  const head = await fixture.commit({ CODEOWNERS: "* @eve", a: "1" }, { parents: [start] });
  expect(await ownersOf(fixture, { base, head })).toEqual(["CODEOWNERS", "* @bo"]);
});

test("the first place that has a file is the one, and without one nobody owns anything", async () => {
  await using fixture = await createFixtureRepository();
  const none = await fixture.commit({ a: "1" });
  const base = await fixture.commit({ CODEOWNERS: "* @b", [AT]: "* @a", "docs/CODEOWNERS": "" });
  const head = await fixture.commit({ a: "2" });
  expect(await ownersOf(fixture, { base, head })).toEqual([AT, "* @a"]);
  expect(await ownersOf(fixture, { base: none, head })).toEqual([null, null]);
  expect(await ownersOf(fixture, { base: EMPTY_TREE, head })).toEqual([null, null]);
});
