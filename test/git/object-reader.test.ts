import { afterEach, beforeEach, expect, test } from "vitest";
import { objectId, openObjectReader, type ObjectReader } from "../../git/object-reader.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

const LARGE = Buffer.alloc(5_000_000, "x");
const SMALL = { type: "blob", maxBytes: 1_000 } as const;

let fixture: FixtureRepository;
let reader: ObjectReader;
let small: string;
let large: string;

beforeEach(async () => {
  fixture = await createFixtureRepository();
  await fixture.commit({ small: "small", large: LARGE });
  [small, large] = [
    objectId("sha1", "blob", Buffer.from("small")),
    objectId("sha1", "blob", LARGE),
  ];
  reader = openObjectReader(fixture.gitDir, "sha1");
});

afterEach(async () => {
  await reader[Symbol.asyncDispose]();
  await fixture.dispose();
});

test("info tells id, type and size, and null for what is not here", async () => {
  expect(await reader.info([small, "main:large", "nothing", "1".repeat(40)])).toEqual([
    { oid: small, type: "blob", sizeBytes: 5 },
    { oid: large, type: "blob", sizeBytes: LARGE.length },
    null,
    null,
  ]);
});

test("contents of any size come whole and in order", async () => {
  const limits = { type: "blob", maxBytes: Infinity } as const;
  const [first, second, third] = await reader.read([large, small, large], limits);
  expect([first?.equals(LARGE), second?.toString(), third?.equals(LARGE)]).toEqual([
    true,
    "small",
    true,
  ]);
  const [cut] = await reader.read([large], { ...limits, keepBytes: 7 });
  expect(cut?.toString()).toBe("xxxxxxx");
});

test("more questions than one batch holds are answered in order", async () => {
  const names = Array.from({ length: 2_500 }, (_, index) => (index % 2 === 0 ? small : large));
  const infos = await reader.info(names);
  expect(infos.map((info) => info?.oid)).toEqual(names);
});

test("overlapping questions each get their own answers", async () => {
  const texts = Array.from({ length: 20 }, () => reader.read([small], SMALL));
  const infos = Array.from({ length: 20 }, () => reader.info([large]));
  for (const [text] of await Promise.all(texts)) expect(text?.toString()).toBe("small");
  for (const [info] of await Promise.all(infos)) expect(info?.oid).toBe(large);
});

test.each([
  { when: "is too large", ask: () => reader.read([large], SMALL), code: "TOO_LARGE" },
  { when: "is missing", ask: () => reader.read(["1".repeat(40)], SMALL), code: "MISSING_OBJECT" },
  { when: "is of another type", ask: () => reader.read(["main"], SMALL), code: "MALFORMED_OBJECT" },
  {
    when: "is digested and no blob",
    ask: () => reader.contentDigests(["main"]),
    code: "MALFORMED_OBJECT",
  },
  {
    when: "has another id",
    ask: () => reader.read(["main:small"], SMALL),
    code: "OBJECT_MISMATCH",
  },
  {
    when: "is echoed over the line's cap",
    ask: () => reader.info(["x".repeat(200_000)]),
    code: "GIT_FAILED",
  },
] as const)("what $when fails alone: the next question is answered", async ({ ask, code }) => {
  await expectCode(ask(), code);
  expect((await reader.read([small], SMALL))[0]?.toString()).toBe("small");
});

test("a closed reader starts no process again", async () => {
  await reader[Symbol.asyncDispose]();
  await expectCode(reader.info([small]), "GIT_FAILED");
});
