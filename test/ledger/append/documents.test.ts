import { expect, test } from "vitest";
import {
  documentsNamed,
  documentsNeeded,
  refuseMisnamed,
} from "../../../ledger/append/documents.ts";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { digestOf } from "../verdict-fixture.ts";

const [one, two] = [digestOf("one"), digestOf("two")];
const bytes = (text: string): Uint8Array => Buffer.from(text);

test.each<{ when: string; predicate: JsonObject; named: readonly string[] }>([
  {
    when: "two policies",
    predicate: { policies: [{ digest: one }, { digest: two }] },
    named: [one, two],
  },
  { when: "no policies", predicate: {}, named: [] },
  { when: "policies that are no list", predicate: { policies: { digest: one } }, named: [] },
  {
    when: "policies of which some have none",
    predicate: { policies: [null, "x", { digest: 7 }, {}, { digest: one }] },
    named: [one],
  },
])("a predicate with $when names these documents", ({ predicate, named }) => {
  expect(documentsNamed(predicate)).toEqual(named);
});

const there = new Map([[`policies/${one}`, bytes("one")]]);
const tip = {
  commit: "0".repeat(40),
  read: (path: string) => Promise.resolve(there.get(path) ?? null),
  list: () => Promise.resolve([]),
};

test("what the branch lacks is needed, once, and nothing else", async () => {
  const handed = new Map([
    [one, bytes("one")],
    [two, bytes("two")],
    [digestOf("unused"), bytes("unused")],
  ]);
  const predicates = [
    { policies: [{ digest: two }, { digest: one }] },
    { policies: [{ digest: two }] },
  ];
  expect(await documentsNeeded(tip, predicates, handed)).toEqual(new Map([[two, bytes("two")]]));
});

test("what the branch has need not be handed over, what it lacks must be", async () => {
  const named = (digest: string) => [{ policies: [{ digest }] }];
  expect(await documentsNeeded(tip, named(one), new Map())).toEqual(new Map());
  await expect(documentsNeeded(tip, named(two), new Map())).rejects.toMatchObject({
    code: "DRAFT_INVALID",
  });
});

test("a document goes by the sha256 of its bytes", () => {
  expect(() => {
    refuseMisnamed(new Map([[one, bytes("one")]]));
  }).not.toThrow();
  expect(() => {
    refuseMisnamed(
      new Map([
        [one, bytes("one")],
        [two, bytes("one")],
      ]),
    );
  }).toThrow(expect.objectContaining({ code: "DRAFT_INVALID" }));
});
