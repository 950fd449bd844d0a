import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listCommits } from "../../git/change-commits.ts";
import { openRepository, type Repository } from "../../git/repository.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

let fixture: FixtureRepository;
let repository: Repository;

/** main: root – second – third; change: from root, with second merged in. */
const at: Record<"root" | "second" | "third" | "own" | "merge" | "last", string> = {
  ...{ root: "", second: "", third: "", own: "", merge: "", last: "" },
};

beforeAll(async () => {
  fixture = await createFixtureRepository();
  await fixture.git("config", "fastimport.unpackLimit", "1000");
  at.root = await fixture.commit({ a: "0" }, { message: "root" });
  at.second = await fixture.commit({ a: "1" }, { message: "second" });
  at.third = await fixture.commit({ a: "2" }, { message: "third" });
  const branch = "change";
  // Its time is later than that of all others: no order is to depend on times.
  const late = 2_000_000_000;
  at.own = await fixture.commit(
    { b: "0" },
    { branch, parents: [at.root], message: "own\n\nWhy.\n", date: late },
  );
  const parents = [at.own, at.second];
  at.merge = await fixture.commit({ a: "1" }, { branch, parents, message: "merge" });
  at.last = await fixture.commit({ b: "1" }, { branch, message: "last" });
  repository = await openRepository(fixture.directory);
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await fixture.dispose();
});

const subjects = async (
  ...given: Parameters<typeof listCommits> extends [unknown, ...infer Rest] ? Rest : never
) => (await listCommits(repository.store, ...given))?.map(({ subject }) => subject);

test("the commits of a change are those that its base has not, each behind its parents", async () => {
  const change = { base: at.third, head: at.last, mergeBase: at.second };
  const commits = await listCommits(repository.store, change);
  expect(commits?.map(({ sha }) => sha)).toEqual([at.own, at.merge, at.last]);
  expect(commits).toMatchObject([
    { subject: "own", message: "own\n\nWhy.\n", merge: false, author: { name: "Ann" } },
    { subject: "merge", merge: true },
    { subject: "last", committer: { email: "ann@example.invalid" }, signature: null },
  ]);
});

test("a first commit brings its whole history", async () => {
  const empty = repository.emptyTree;
  expect(await subjects({ base: empty, head: at.second, mergeBase: empty })).toEqual([
    "root",
    "second",
  ]);
});

test.each([
  { what: "they are too many", limits: { commits: 2 } },
  { what: "they hold too much together", limits: { totalBytes: 300 } },
])("nobody can tell them where $what", async ({ limits }) => {
  const change = { base: at.third, head: at.last, mergeBase: at.second };
  const within = { commits: 3, bytes: 4_000, totalBytes: 4_000 };
  expect(await subjects(change, within)).toHaveLength(3);
  expect(await listCommits(repository.store, change, { ...within, ...limits })).toBeNull();
});

test("of a long commit the message is unknown, and the others are told", async () => {
  const change = { base: at.third, head: at.last, mergeBase: at.second };
  const limits = { commits: 9, bytes: 240, totalBytes: 4_000 };
  expect(await subjects(change, limits)).toEqual(["own", null, "last"]);
});

test("where the history is cut off nobody can tell them", async () => {
  const store = { ...repository.store, shallow: true };
  const change = { base: at.third, head: at.last, mergeBase: at.second };
  expect(await listCommits(store, change)).toBeNull();
});

test("a commit is left out only where the base's hashed history has it", async () => {
  const change = { base: at.third, head: at.last, mergeBase: at.second };
  const path = join(fixture.gitDir, "objects", at.second.slice(0, 2), at.second.slice(2));
  const stored = await readFile(path);
  const text = await fixture.git("cat-file", "commit", at.second);
  const forged = `${text.replace("\nauthor ", `\nparent ${at.own}\nauthor `)}\n`;
  await rm(path, { force: true });
  await writeFile(path, deflateSync(`commit ${Buffer.byteLength(forged)}\0${forged}`));
  await using deceived = await openRepository(fixture.directory);
  await expectCode(listCommits(deceived.store, change), "OBJECT_MISMATCH");
  await writeFile(path, stored);
});
