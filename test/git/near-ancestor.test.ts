import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isNearAncestor } from "../../git/near-ancestor.ts";
import { openRepository } from "../../git/repository.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

let fixture: FixtureRepository;
/** A line of ten commits, oldest first. */
const line: string[] = [];
let side: string;
let merge: string;

beforeAll(async () => {
  fixture = await createFixtureRepository();
  for (let step = 0; step < 10; step += 1) line.push(await fixture.commit({ step: `${step}` }));
  const [first = "", second = ""] = line;
  side = await fixture.commit({ side: "1" }, { branch: "side", parents: [first] });
  merge = await fixture.commit({ side: "1" }, { branch: "merge", parents: [second, side] });
});
afterAll(() => fixture.dispose());

async function isNear(base: string | undefined, head: string | undefined): Promise<boolean> {
  await using repository = await openRepository(fixture.directory);
  return await isNearAncestor(repository.store, base ?? "", head ?? "");
}

test.each([
  { when: "a parent", pair: () => [line[8], line[9]], near: true },
  { when: "eight generations back", pair: () => [line[1], line[9]], near: true },
  { when: "nine generations back: not looked for", pair: () => [line[0], line[9]], near: false },
  { when: "a second parent", pair: () => [side, merge], near: true },
  { when: "on another branch", pair: () => [side, line[9]], near: false },
  { when: "the head's child", pair: () => [line[9], line[8]], near: false },
])("$when", async ({ pair, near }) => {
  const [base, head] = pair();
  expect(await isNear(base, head)).toBe(near);
});

test("beyond the edge of what is here nothing is near", async () => {
  await using cut = await createFixtureRepository();
  const gone = await cut.commit({ a: "1" });
  const edge = await cut.commit({ a: "2" });
  await rm(join(cut.gitDir, "objects", gone.slice(0, 2), gone.slice(2)), { force: true });
  await using repository = await openRepository(cut.directory);
  expect(await isNearAncestor(repository.store, "1".repeat(40), edge)).toBe(false);
});
