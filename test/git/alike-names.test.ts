import { expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openRepository } from "../../git/repository.ts";
import type { ListedFile } from "../../rules/change/listing.ts";
import { actionOn } from "./act.ts";
import {
  createFixtureRepository,
  type FixtureFile,
  type FixtureRepository,
} from "./fixture-repository.ts";

type Files = Readonly<Record<string, FixtureFile>>;

async function listed(base: Files, head: Files): Promise<readonly ListedFile[]> {
  await using fixture = await createFixtureRepository();
  const range = { base: await fixture.commit(base), head: await fixture.commit(head) };
  return (await list(fixture, range)).filter((file) => file.alike !== undefined);
}

async function list(
  fixture: FixtureRepository,
  range: { base: string; head: string },
): Promise<readonly ListedFile[]> {
  await using repository = await openRepository(fixture.directory);
  return (await openChangeSource({ repository }).list(actionOn(range.base, range.head))).files;
}

test.each([
  { when: "case", base: { "d/a": "" }, head: { "d/A": "" }, alike: { "d/A": "d/a" } },
  {
    when: "Unicode form",
    base: { "caf\u00e9": "" },
    head: { "cafe\u0301": "" },
    alike: { "cafe\u0301": "caf\u00e9" },
  },
  {
    when: "case, and the other is new as well",
    base: { x: "" },
    head: { a: "", A: "" },
    alike: { A: "a", a: "A" },
  },
  {
    when: "case, and the other is a folder",
    base: { "a/x": "" },
    head: { A: "" },
    alike: { A: "a" },
  },
  {
    when: "a folder's case",
    base: { "src/a": "" },
    head: { "SRC/b/c": "", "SRC/d": "" },
    alike: { "SRC/b/c": "src", "SRC/d": "src" },
  },
  {
    when: "the case of a folder that was alike before",
    base: { "src/a": "", "SRC/a": "" },
    head: { "SRC/b": "" },
    alike: { "SRC/b": "src" },
  },
])("an added file that differs in $when says so", async ({ base, head, alike }) => {
  const files = await listed(base, head);
  expect(Object.fromEntries(files.map((file) => [file.path, file.alike]))).toEqual(alike);
});

test.each([
  { when: "is renamed in case alone", base: { a: "1" }, head: { a: null, A: "1" } },
  { when: "is only edited", base: { a: "1", A: "1" }, head: { A: "2" } },
  { when: "stands in another folder", base: { "d/a": "" }, head: { "e/A": "" } },
  {
    when: "differs in a byte that is not UTF-8",
    base: { "caf\\xe9": "" },
    head: { "caf\\xe8": "" },
  },
  { when: "is removed", base: { a: "1", A: "1" }, head: { A: null } },
])("a file that $when is alike none", async ({ base, head }) => {
  expect(await listed(base, head)).toEqual([]);
});

test("a first commit says it too", async () => {
  await using fixture = await createFixtureRepository();
  const head = await fixture.commit({ a: "", A: "" });
  const empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const files = await list(fixture, { base: empty, head });
  expect(files.map(({ alike }) => alike)).toEqual(["a", "A"]);
});

test.each([
  { when: "a file", tip: { Foo: "" }, head: { foo: "" }, alike: { foo: "Foo" } },
  { when: "a folder", tip: { "Foo/x": "" }, head: { "foo/y": "" }, alike: { "foo/y": "Foo" } },
  { when: "the same file", tip: { foo: "" }, head: { foo: "" }, alike: {} },
])("$when that the base has added since counts as well", async ({ tip, head, alike }) => {
  await using fixture = await createFixtureRepository();
  const origin = await fixture.commit({ a: "" });
  const base = await fixture.commit({ a: "", ...tip }, { parents: [origin] });
  const files = await list(fixture, {
    base,
    head: await fixture.commit({ a: "", ...head }, { parents: [origin] }),
  });
  const told = files.flatMap((file) => (file.alike === undefined ? [] : [[file.path, file.alike]]));
  expect(Object.fromEntries(told)).toEqual(alike);
});
