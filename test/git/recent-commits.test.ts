import { expect, test } from "vitest";
import { listMainline, listRecentCommits } from "../../git/recent-commits.ts";
import { openRepository } from "../../git/repository.ts";
import { createFixtureRepository } from "./fixture-repository.ts";

test("the newest commits come first, with all their parents", async () => {
  await using fixture = await createFixtureRepository();
  const first = await fixture.commit({ a: "1" });
  const topic = await fixture.commit({ b: "1" }, { branch: "topic", parents: [first] });
  const second = await fixture.commit({ a: "2" });
  const merge = await fixture.commit({ b: "1" }, { parents: [second, topic] });
  await using repository = await openRepository(fixture.directory);
  expect(await listRecentCommits(repository, "HEAD", 10)).toEqual([
    { commit: merge, parents: [second, topic] },
    { commit: second, parents: [first] },
    { commit: topic, parents: [first] },
    { commit: first, parents: [] },
  ]);
  expect(await listRecentCommits(repository, "topic", 1)).toEqual([
    { commit: topic, parents: [first] },
  ]);
});

test("a mainline has what came in, one by one, with its day, and nothing of the branches", async () => {
  await using fixture = await createFixtureRepository();
  const day = 24 * 60 * 60;
  const first = await fixture.commit({ a: "1" }, { date: 100 * day });
  const side = await fixture.commit(
    { b: "1" },
    { branch: "side", parents: [first], date: 101 * day },
  );
  const merge = await fixture.commit({ b: "1" }, { parents: [first, side], date: 102 * day });
  await using repository = await openRepository(fixture.directory);
  const all = { most: 10, since: null };
  expect(await listMainline(repository, merge, all)).toEqual([
    { commit: merge, parents: [first, side], date: "1970-04-13T00:00:00.000Z" },
    { commit: first, parents: [], date: "1970-04-11T00:00:00.000Z" },
  ]);
  const some = await listMainline(repository, merge, { ...all, since: "1970-04-12" });
  expect(some.map(({ commit }) => commit)).toEqual([merge]);
  expect(await listMainline(repository, merge, { ...all, most: 1 })).toHaveLength(1);
});
