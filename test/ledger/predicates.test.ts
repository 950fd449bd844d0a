import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../ledger/format/canonical.ts";
import {
  allReasons,
  predicateSchema,
  recordedItems,
  type VerdictPredicate,
} from "../../ledger/predicates.ts";
import { common } from "./ledger-builder.ts";
import { executionPredicateOf, PHASES } from "./execution-fixture.ts";
import { digestOf, verdictPredicateOf } from "./verdict-fixture.ts";

const omitted = { digest: digestOf("what was too large"), count: 7 };

function accepts(kind: string, predicate: JsonValue): boolean {
  return predicateSchema(kind).safeParse(predicate).success;
}

/** A verdict's predicate with one member replaced, by its path. */
function changed(path: string, value: JsonValue | undefined): JsonValue {
  const predicate = structuredClone(verdictPredicateOf({ approvedBy: "bo" })) as Record<
    string,
    unknown
  >;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at = predicate;
  for (const name of names) at = at[name] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return predicate as JsonValue;
}

test.each<{ when: string; path: string; value: JsonValue }>([
  { when: "checks by digest and count", path: "checks", value: omitted },
  { when: "capabilities by digest and count", path: "capabilities", value: omitted },
  { when: "reasons by digest and count", path: "verdict.reasons", value: omitted },
  { when: "reviews by digest and count", path: "external.reviews", value: omitted },
  { when: "reviews unknown to the host", path: "external.reviews", value: null },
  { when: "a body by digest and count", path: "action.body", value: omitted },
  { when: "labels by digest and count", path: "action.labels", value: omitted },
  { when: "no repository id", path: "repository.id", value: null },
  { when: "a member that a later version adds", path: "change.later", value: [1] },
  { when: "ids of sha256", path: "change.head", value: "a".repeat(64) },
])("a verdict with $when is one", ({ path, value }) => {
  expect(accepts("verdict", changed(path, value))).toBe(true);
});

test.each<{ when: string; path: string; value: JsonValue | undefined }>([
  { when: "no id", path: "id", value: undefined },
  { when: "no factsDigest", path: "factsDigest", value: undefined },
  { when: "no supersedes", path: "supersedes", value: undefined },
  { when: "another decision", path: "verdict.decision", value: "MAYBE" },
  { when: "an abbreviated head", path: "change.head", value: "1f2e3d4" },
  { when: "a confidence above 1", path: "verdict.provenance.confidence", value: 1.5 },
  { when: "a number that is a text", path: "action.number", value: "42" },
  { when: "a time without its zone", path: "at", value: "2026-01-02T03:04:05" },
  { when: "an id that is a number", path: "repository.id", value: 4711 },
  { when: "an observed size below zero", path: "observed.size", value: -1 },
  {
    when: "a review that does not say whether the base branch was changed since",
    path: "external.reviews.0.retargeted",
    value: undefined,
  },
  { when: "checks that are neither a list nor a digest", path: "checks", value: { count: 7 } },
])("a verdict with $when is none", ({ path, value }) => {
  expect(accepts("verdict", changed(path, value))).toBe(false);
});

test.each([
  { when: "whole", more: { root: digestOf("root"), format: 1, predecessor: null }, is: true },
  { when: "without a root", more: { format: 1, predecessor: null }, is: false },
  {
    when: "of a later format",
    more: { root: digestOf("root"), format: 2, predecessor: null },
    is: false,
  },
])("a trust predicate $when", ({ more, is }) => {
  expect(accepts("trust", common(more))).toBe(is);
});

const { started, blocked, ended } = PHASES;
test.each<{ when: string; more: JsonObject; is: boolean }>([
  { when: "started", more: started, is: true },
  { when: "blocked", more: blocked, is: true },
  { when: "ended", more: ended, is: true },
  { when: "of an unknown phase", more: { phase: "paused" }, is: false },
  { when: "blocked for no cause", more: { phase: "blocked" }, is: false },
  { when: "ended without a start", more: { ...ended, startedLeaf: null }, is: false },
  { when: "ended with more than a byte", more: { ...ended, exitCode: 256 }, is: false },
  {
    when: "of no run",
    more: { ...started, action: { kind: "command", name: "deploy", number: null } },
    is: false,
  },
  { when: "of no verdict", more: { ...started, verdictLeaf: "main" }, is: false },
  {
    when: "on a work tree by digest and count",
    more: { ...started, workTree: { allowDirty: true, differences: omitted } },
    is: true,
  },
  {
    when: "on a work tree that nobody looked at",
    more: { ...blocked, workTree: { allowDirty: true, differences: null } },
    is: true,
  },
  {
    when: "that does not say whether it may be dirty",
    more: { ...started, workTree: {} },
    is: false,
  },
])("an execution $when", ({ more, is }) => {
  expect(accepts("execution", executionPredicateOf(digestOf("verdict"), more))).toBe(is);
});

test("an unknown kind needs only what every predicate has", () => {
  expect(accepts("omission", common({ anything: 1 }))).toBe(true);
  expect(accepts("omission", { anything: 1 })).toBe(false);
});

test("a list that stands by its digest has no items", () => {
  expect(recordedItems([1, 2])).toEqual([1, 2]);
  expect(recordedItems(omitted)).toEqual([]);
  expect(recordedItems(null)).toEqual([]);
});

test("the reasons of a record are those of its verdict and of each check, as far as it still holds them", () => {
  const reason = (message: string) => ({ message });
  const checks = [{ reasons: [reason("b"), reason("c")] }, { reasons: omitted }];
  const held = { verdict: { reasons: [reason("a")] }, checks } as unknown as VerdictPredicate;
  expect(allReasons(held).map(({ message }) => message)).toEqual(["a", "b", "c"]);
  const cut = { verdict: { reasons: omitted }, checks: omitted } as unknown as VerdictPredicate;
  expect(allReasons(cut)).toEqual([]);
});
