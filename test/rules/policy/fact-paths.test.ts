import { describe, expect, test } from "vitest";
import {
  FACTS_SHAPE,
  type ObjectShape,
  type ScalarShape,
  type Shape,
  type WhenNull,
} from "../../../rules/facts/schema.ts";
import { describeShape, findFact } from "../../../rules/policy/fact-paths.ts";

const text: ScalarShape = { is: "text", whenNull: "never", comparison: "exact", values: null };

function objectOf(fields: Readonly<Record<string, Shape>>): ObjectShape {
  return { is: "object", whenNull: "never", fields };
}

test.each<{ outer: WhenNull; inner: WhenNull; gives: WhenNull }>([
  { outer: "never", inner: "never", gives: "never" },
  { outer: "never", inner: "absent", gives: "absent" },
  { outer: "never", inner: "unknown", gives: "unknown" },
  { outer: "absent", inner: "never", gives: "absent" },
  { outer: "absent", inner: "absent", gives: "absent" },
  { outer: "absent", inner: "unknown", gives: "unknown" },
  { outer: "unknown", inner: "never", gives: "unknown" },
  { outer: "unknown", inner: "absent", gives: "unknown" },
])("null of an $inner fact inside one that is $outer means $gives", ({ outer, inner, gives }) => {
  const group = { ...objectOf({ fact: { ...text, whenNull: inner } }), whenNull: outer };
  expect(findFact(objectOf({ group }), "group.fact")).toMatchObject({ whenNull: gives });
});

describe("a path that leads nowhere is told", () => {
  test.each([
    { path: "acton", ends: /"acton"$/, remedy: "action" },
    { path: "action.author.logn", ends: /"logn".* action\.author$/, remedy: "action.author.login" },
    { path: "action.surprise", ends: /"surprise".* action$/, remedy: "labels, draft" },
    { path: "action.title.x", ends: /^action\.title .*text/, remedy: "action.title" },
    { path: "change.files.path", ends: /^change\.files .*list/, remedy: "each" },
  ])("$path", ({ path, ends, remedy }) => {
    const lost = findFact(FACTS_SHAPE, path);
    if (lost.found) throw new Error("it leads to a fact");
    expect(lost.message).toMatch(ends);
    expect(lost.remedy).toContain(remedy);
  });
});

test.each<{ shape: Shape; says: string }>([
  { shape: text, says: "text" },
  { shape: { ...text, is: "number" }, says: "number" },
  { shape: { ...text, is: "flag" }, says: "true" },
  { shape: { ...text, values: ["base", "head"] }, says: "base, head" },
  { shape: { is: "list", whenNull: "never", of: text }, says: "list" },
  { shape: objectOf({ id: text, login: text }), says: "id, login" },
])("a fact is described by what it holds: $says", ({ shape, says }) => {
  expect(describeShape(shape)).toContain(says);
});
