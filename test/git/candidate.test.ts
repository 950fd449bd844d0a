import { expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openPastChanges } from "../../git/past-changes.ts";
import { openRepository } from "../../git/repository.ts";
import { contentOf } from "../../rules/change/listing.ts";
import { wantedContents } from "../../rules/judge.ts";
import { actionOn } from "./act.ts";
import { createFixtureRepository } from "./fixture-repository.ts";

const POLICY = ".github/bailiff.yml";
const CASES = ".github/bailiff.test.yml";
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

test("a change of policies brings along the cases that it leaves as they are, and the other way round", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ [POLICY]: "a", [CASES]: "b", "src/a": "1" });
  const heads = [
    [CASES, await fixture.commit({ [POLICY]: "c" }, { parents: [base] })],
    [POLICY, await fixture.commit({ [CASES]: "c" }, { parents: [base] })],
  ] as const;
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  for (const [unchanged, head] of heads) {
    const listing = await source.list(actionOn(base, head));
    expect(listing.candidate?.map(({ path }) => path)).toEqual([POLICY, CASES]);
    const contents = await source.read(listing, wantedContents(listing));
    const text = unchanged === CASES ? "b" : "a";
    expect(contentOf(contents, "head", unchanged)).toEqual(Buffer.from(text));
  }
});

test("other changes list neither", async () => {
  await using fixture = await createFixtureRepository();
  const base = await fixture.commit({ [POLICY]: "a", [CASES]: "b" });
  const head = await fixture.commit({ "src/a": "1" });
  await using repository = await openRepository(fixture.directory);
  const listing = await openChangeSource({ repository }).list(actionOn(base, head));
  expect(listing.candidate).toBeUndefined();
});

test("what came in is told commit by commit, the newest first, a first one as all that it holds", async () => {
  await using fixture = await createFixtureRepository();
  const first = await fixture.commit({ a: "1", b: "1" });
  const second = await fixture.commit({ a: "2" });
  await using repository = await openRepository(fixture.directory);
  const past = openPastChanges({ repository });
  const changes = await past.changes(await past.commits(second, 5));
  expect(changes.map(({ commit }) => commit)).toEqual([second, first]);
  const paths = changes.map(({ listing }) => listing.files.map(({ path }) => path));
  expect(paths).toEqual([["a"], ["a", "b"]]);
  expect(await past.commits(second, 1)).toHaveLength(1);
  expect(await past.commits(EMPTY_TREE, 5)).toEqual([]);
});
