import { expect, test } from "vitest";
import { listRecentCommits } from "../../git/recent-commits.ts";
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
