import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../ledger/format/canonical.ts";
import { predicateSchema } from "../../ledger/predicates.ts";
import { executionPredicateOf, PHASES } from "./execution-fixture.ts";
import { common } from "./ledger-builder.ts";
import { digestOf, objectIdOf, verdictPredicateOf } from "./verdict-fixture.ts";

/** A path into a predicate: `["checks", "0", "reasons"]`. */
type Path = readonly string[];

const filled = verdictPredicateOf({ approvedBy: "bo" });
const omitted = { digest: digestOf("long"), count: 7 };

/** A verdict in which nothing is null or empty, so that each member can be taken out or replaced. */
const verdict: JsonObject = {
  ...filled,
  action: {
    ...(filled["action"] as JsonObject),
    ...{ name: "ci", body: "why", labels: ["x"], attempt: "1" },
  },
  change: { ...(filled["change"] as JsonObject), mergeTree: objectIdOf("merge") },
  verdict: { ...(filled["verdict"] as JsonObject), policyIds: ["new-permissions"] },
  external: {
    ...(filled["external"] as JsonObject),
    statuses: [{ name: "build", app: "ci", conclusion: "success" }],
  },
  capabilities: [{ ...first(filled["capabilities"]) }],
  supersedes: digestOf("before"),
};

const execution = (more: JsonObject): JsonObject =>
  executionPredicateOf(digestOf("verdict"), {
    repository: { host: "github.com", id: "4711", name: "acme/widgets" },
    workTree: { allowDirty: false, differences: [{ path: "a.txt", kind: "modified" }] },
    ...more,
  });

const trust = common({ root: digestOf("root"), format: 1, predecessor: "note" });

const whole: readonly { readonly kind: string; readonly predicate: JsonObject }[] = [
  { kind: "verdict", predicate: verdict },
  { kind: "execution", predicate: execution(PHASES.started) },
  { kind: "execution", predicate: execution(PHASES.blocked) },
  {
    kind: "execution",
    predicate: execution({ ...PHASES.ended, signal: "SIGTERM", failure: "work-tree" }),
  },
  { kind: "trust", predicate: trust },
  { kind: "omission", predicate: common() },
];

/** What no reader relies on: later versions may drop or change it. */
const UNREAD = ["repository.host", "repository.name"];

/** What a host may not know, or what may not be. */
const NULLABLE: Readonly<Record<string, readonly string[]>> = {
  verdict: [
    ...["name", "number", "actor", "author", "title", "body", "draft", "fork"].map(
      (name) => `action.${name}`,
    ),
    ...["action.baseBranch", "action.headBranch", "action.attempt", "change.mergeTree"],
    ...["host", "id", "name", "defaultBranch"].map((name) => `repository.${name}`),
    ...["path", "side", "line", "endLine"].flatMap((name) => [
      `verdict.reasons.0.${name}`,
      `checks.0.reasons.0.${name}`,
    ]),
    ...["repoId", "ref", "commit"].map((name) => `policies.0.${name}`),
    ...["external.reviews", "external.statuses", "external.statuses.0.conclusion"],
    ...["capabilities.0.before", "capabilities.0.after", "supersedes"],
  ],
  execution: ["repository.id", "workTree.differences", "action.number", "signal", "failure"],
  trust: ["predecessor"],
};

/** What may stand as its digest and count. */
const OMITTABLE: Readonly<Record<string, readonly string[]>> = {
  verdict: [
    ...["action.title", "action.body", "action.labels", "checks", "capabilities"],
    ...["verdict.reasons", "checks.0.reasons", "external.reviews", "external.statuses"],
  ],
  execution: ["workTree.differences"],
};

const members = whole.flatMap(({ kind, predicate }) =>
  pathsOf(predicate)
    .filter((path) => kind === "verdict" || !UNREAD.includes(path.join(".")))
    .map((path) => ({ kind, predicate, path, name: path.join(".") })),
);

test("each whole predicate is one of its kind", () => {
  expect(whole.filter(({ kind, predicate }) => !accepts(kind, predicate))).toEqual([]);
});

test("no member of a predicate may be left out", () => {
  const dispensable = members
    .filter(({ path }) => !/^\d+$/.test(path.at(-1) ?? ""))
    .filter(({ kind, predicate, path }) => accepts(kind, replaced(predicate, path, undefined)));
  expect(dispensable.map(({ name }) => name)).toEqual([]);
});

test("every member of a predicate has its type", () => {
  const untyped = members.filter(({ kind, predicate, path }) => {
    const wrong = typeof at(predicate, path) === "string" ? 7 : "7";
    return accepts(kind, replaced(predicate, path, wrong));
  });
  expect(untyped.map(({ name }) => name)).toEqual([]);
});

test("exactly what a host may not know may be null", () => {
  for (const { kind, predicate, path, name } of members) {
    const nullable = NULLABLE[kind]?.includes(name) === true;
    expect({ kind, name, is: accepts(kind, replaced(predicate, path, null)) }).toEqual({
      ...{ kind, name },
      is: nullable,
    });
  }
});

test("exactly what may be too large for a record may stand by its digest", () => {
  for (const { kind, predicate, path, name } of members) {
    const omittable = OMITTABLE[kind]?.includes(name) === true;
    expect({ kind, name, is: accepts(kind, replaced(predicate, path, omitted)) }).toEqual({
      ...{ kind, name },
      is: omittable,
    });
  }
});

test.each([
  { when: "without its count", value: { digest: omitted.digest } },
  { when: "without its digest", value: { count: 7 } },
  { when: "with half a count", value: { ...omitted, count: 0.5 } },
])("a list $when is none", ({ value }) => {
  expect(accepts("verdict", replaced(verdict, ["checks"], value))).toBe(false);
});

test.each<{ path: string; values: readonly JsonValue[] }>([
  { path: "verdict.decision", values: ["ALLOW", "WARN", "DENY"] },
  { path: "verdict.provenance.origin", values: ["app", "action", "cli"] },
  { path: "verdict.provenance.confidence", values: [0, 0.125, 1] },
  { path: "verdict.reasons.0.decision", values: ["WARN", "DENY"] },
  { path: "verdict.reasons.0.side", values: ["base", "head"] },
  { path: "verdict.reasons.0.line", values: [0, 14] },
  { path: "verdict.reasons.0.settledBy.0.kind", values: ["approval", "waiver", "override"] },
  {
    path: "checks.0.outcome",
    values: ["pass", "fail", "approved", "waived", "overridden", "error"],
  },
  {
    path: "action.kind",
    values: ["pull_request", "merge_group", "deployment", "command", "push"],
  },
  { path: "repository.defaultTokenPermissions", values: ["read", "write", "unknown"] },
  { path: "capabilities.0.delta", values: ["added", "raised", "lowered", "removed"] },
  { path: "capabilities.0.side", values: ["base", "head"] },
  { path: "capabilities.0.certainty", values: ["exact", "heuristic"] },
  {
    path: "external.reviews.0.state",
    values: ["approved", "changes_requested", "commented", "dismissed"],
  },
  { path: "change.head", values: ["0".repeat(40), "f".repeat(64)] },
  { path: "id", values: ["x", "x".repeat(128)] },
  { path: "ledger", values: ["x", "x".repeat(255)] },
  { path: "observed.size", values: [0, 2 ** 53 - 1] },
  { path: "observed.root", values: ["", "x".repeat(64)] },
])("$path may be each of $values", ({ path, values }) => {
  const accepted = values.filter((value) =>
    accepts("verdict", replaced(verdict, pathOf(path), value)),
  );
  expect(accepted).toEqual(values);
});

test.each<{ path: string; values: readonly JsonValue[] }>([
  { path: "verdict.decision", values: ["", "allow", "PASS"] },
  { path: "verdict.provenance.origin", values: ["", "web"] },
  { path: "verdict.provenance.confidence", values: [-0.1, 1.1] },
  { path: "verdict.reasons.0.decision", values: ["", "ALLOW"] },
  { path: "verdict.reasons.0.line", values: [-1, 1.5] },
  { path: "checks.0.outcome", values: ["", "skipped"] },
  { path: "action.kind", values: ["", "issue"] },
  { path: "action.at", values: ["", "2026-01-02", "2026-01-02T03:04:05+01:00"] },
  {
    path: "factsDigest",
    values: ["", "0".repeat(63), "0".repeat(65), `x${"0".repeat(64)}`, "A".repeat(64)],
  },
  {
    path: "change.head",
    values: ["0".repeat(39), "0".repeat(41), "0".repeat(63), "0".repeat(65), `x${"0".repeat(40)}`],
  },
  { path: "id", values: ["", "x".repeat(129)] },
  { path: "ledger", values: ["", "x".repeat(256)] },
  { path: "observed.size", values: [-1, 0.5] },
  { path: "observed.root", values: ["x".repeat(65)] },
])("$path may be none of $values", ({ path, values }) => {
  const accepted = values.filter((value) =>
    accepts("verdict", replaced(verdict, pathOf(path), value)),
  );
  expect(accepted).toEqual([]);
});

test.each<{ more: JsonObject; is: boolean }>([
  { more: { ...PHASES.blocked, cause: "work-tree" }, is: true },
  { more: { ...PHASES.blocked, cause: "mood" }, is: false },
  { more: { ...PHASES.ended, exitCode: 255 }, is: true },
  { more: { ...PHASES.ended, exitCode: -1 }, is: false },
  { more: { ...PHASES.ended, failure: "not-found" }, is: true },
  { more: { ...PHASES.ended, failure: "not-executable" }, is: true },
  { more: { ...PHASES.ended, failure: "mood" }, is: false },
])("an execution of $more: $is", ({ more, is }) => {
  expect(accepts("execution", execution(more))).toBe(is);
});

function accepts(kind: string, predicate: JsonValue | undefined): boolean {
  return predicateSchema(kind).safeParse(predicate).success;
}

/** Every member's path, those of a list's first item among them. */
function pathsOf(value: JsonValue | undefined, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Object.entries(value as JsonObject).slice(
    0,
    Array.isArray(value) ? 1 : undefined,
  );
  const below = entries.flatMap(([name, member]) => pathsOf(member, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

function at(value: JsonValue, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((holder, name) => (holder as JsonObject)[name], value);
}

function pathOf(path: string): Path {
  return path.split(".");
}

/** A copy with one member replaced, or without it. */
function replaced(value: JsonValue, path: Path, member: JsonValue | undefined): JsonValue {
  const copy = structuredClone(value) as Record<string, unknown>;
  const holder = at(copy as JsonObject, path.slice(0, -1)) as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  if (member === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = member;
  return copy as JsonValue;
}

function first(list: JsonValue | undefined): JsonObject {
  return (list as readonly JsonObject[])[0] ?? {};
}
