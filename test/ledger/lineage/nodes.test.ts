import { expect, test } from "vitest";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { recordFragment } from "../../../ledger/lineage/fragment.ts";
import { joinLineages, type LineageNode } from "../../../ledger/lineage/graph.ts";
import { replay } from "../../../ledger/replay.ts";
import { executionPredicateOf, PHASES } from "../execution-fixture.ts";
import { fakeClone, gathered } from "../fake-clone.ts";
import { common } from "../ledger-builder.ts";
import { batchFiles, leafOf, type FixtureRecord } from "../signed-batches.ts";
import { digestOf, DOCUMENT, objectIdOf, verdictPredicateOf } from "../verdict-fixture.ts";

const AT = "2026-01-02T03:04:05Z";
const basis = verdictPredicateOf({ approvedBy: "bo" });
const head = objectIdOf("head");

function verdict(more: JsonObject = {}): FixtureRecord {
  return { kind: "verdict", predicate: { ...basis, ...more } };
}

/** The members of one part of a verdict, changed. */
function part(name: string, changed: JsonObject): FixtureRecord {
  return verdict({ [name]: { ...(basis[name] as JsonObject), ...changed } });
}

async function nodesOf(...records: readonly FixtureRecord[]): Promise<readonly LineageNode[]> {
  const clone = fakeClone([{ message: "", files: batchFiles([records]) }]);
  return joinLineages((await gathered(replay(clone))).map(recordFragment)).nodes;
}

/** The nodes of a kind. */
async function those<K extends LineageNode["kind"]>(kind: K, ...records: FixtureRecord[]) {
  const nodes = await nodesOf(...records);
  return nodes.filter((node) => node.kind === kind) as Extract<LineageNode, { kind: K }>[];
}

function hashed(kind: string): string {
  return expect.stringMatching(new RegExp(`^${kind}:[0-9a-f]{64}$`)) as string;
}

test("a verdict's nodes say all that its record holds", async () => {
  const record = verdict();
  const leaf = leafOf(record);
  const nodes = await nodesOf(record);
  const [keyid] = nodes.flatMap((node) => (node.kind === "record" ? [node.keyid] : []));
  const [reason] = (basis["verdict"] as unknown as { reasons: readonly object[] }).reasons;
  expect(nodes).toEqual([
    {
      ...{ kind: "action", id: hashed("action"), action: "pull_request", name: null, number: 42 },
      ...{ attempt: null, title: "Release faster ", actor: "ann", author: "ann" },
      repository: "acme/widgets",
    },
    {
      ...{ kind: "change", id: hashed("change"), repository: "acme/widgets", head },
      ...{ base: objectIdOf("base"), mergeBase: objectIdOf("base"), filesDigest: digestOf(head) },
    },
    {
      ...{ kind: "capability", id: hashed("capability"), capability: "github.workflow.token" },
      ...{ name: "contents", holder: "jobs.release", context: "on push", delta: "raised" },
      ...{ before: "read", after: "write", path: ".github/workflows/release.yml" },
      ...{ side: "head", line: 14 },
    },
    policyNode("new-permissions"),
    {
      ...{ kind: "check", id: hashed("check"), policyId: "new-permissions", outcome: "approved" },
      ...{ reasons: [reason], triggersOmitted: 0 },
    },
    policyNode("untrusted-code"),
    {
      ...{ kind: "check", id: hashed("check"), policyId: "untrusted-code", outcome: "pass" },
      ...{ reasons: [], triggersOmitted: 0 },
    },
    {
      ...{ kind: "approval", id: hashed("approval"), review: "7", actor: "bo", at: AT },
      commit: head,
    },
    {
      ...{ kind: "verdict", id: `verdict:${leaf}`, index: 0, leaf, decision: "DENY", at: AT },
      ...{ policyIds: ["new-permissions"], origin: "app", simulation: false, confidence: 1 },
    },
    { kind: "outcome", id: `outcome:${leaf}`, outcome: "blocked" },
    {
      ...{ kind: "record", id: `record:${leaf}`, index: 0, leaf, recordKind: "verdict" },
      ...{ decision: "DENY", at: AT, keyid },
    },
  ]);
  expect(keyid).toMatch(/^[0-9a-f]{64}$/);
});

function policyNode(policyId: string): object {
  return {
    ...{ kind: "policy", id: hashed("policy"), policyId, document: digestOf(DOCUMENT) },
    ...{ path: ".github/bailiff.yml", commit: objectIdOf("base") },
  };
}

test("an execution's nodes say all that its record holds", async () => {
  const told = { ...PHASES.ended, exitCode: 3, signal: "SIGTERM", failure: "not-found" };
  const record = {
    kind: "execution",
    predicate: executionPredicateOf(digestOf("verdict"), {
      ...told,
      workTree: { allowDirty: true, differences: [{ path: "a", kind: "added" }] },
    }),
  };
  const leaf = leafOf(record);
  expect(await nodesOf(record)).toEqual([
    {
      ...{ kind: "execution", id: `execution:${leaf}`, index: 0, leaf, name: "deploy", at: AT },
      ...{ attempt: "run-1", phase: "ended", simulation: false, program: "make" },
      ...{ allowDirty: true, differences: 1, cause: null },
      ...{ exitCode: 3, signal: "SIGTERM", failure: "not-found" },
    },
    expect.objectContaining({ kind: "record", recordKind: "execution", decision: null }),
  ]);
});

test("a record of another kind is a node alone", async () => {
  const record = { kind: "waiver", predicate: common({ at: "2026-05-06T07:08:09Z" }) };
  expect(await nodesOf(record)).toMatchObject([
    { kind: "record", recordKind: "waiver", decision: null, at: "2026-05-06T07:08:09Z" },
  ]);
});

const withoutNumber = { number: null, name: "production", attempt: "1", kind: "deployment" };
const delta = (basis["capabilities"] as unknown as readonly JsonObject[])[0] ?? {};
const [check] = basis["checks"] as unknown as readonly JsonObject[];

/** Two records that differ in one thing: whether they tell of one node or of two. */
test.each<{
  kind: LineageNode["kind"];
  when: string;
  one?: FixtureRecord;
  other: FixtureRecord;
  count: number;
}>([
  { kind: "change", when: "another base", other: part("change", { base: head }), count: 2 },
  {
    kind: "change",
    when: "another merge base",
    other: part("change", { mergeBase: head }),
    count: 2,
  },
  {
    kind: "change",
    when: "other files",
    other: part("change", { filesDigest: digestOf("x") }),
    count: 2,
  },
  {
    kind: "change",
    when: "another host",
    other: part("repository", { host: "example.com" }),
    count: 2,
  },
  {
    kind: "change",
    when: "another repository's id",
    other: part("repository", { id: "1" }),
    count: 2,
  },
  {
    kind: "change",
    when: "a repository's new name",
    other: part("repository", { name: "acme/new" }),
    count: 1,
  },
  {
    kind: "change",
    when: "another decision",
    other: verdict({ factsDigest: digestOf("x") }),
    count: 1,
  },
  {
    kind: "change",
    when: "another name where no id is known",
    one: part("repository", { id: null }),
    other: part("repository", { id: null, name: "acme/new" }),
    count: 2,
  },
  { kind: "action", when: "another number", other: part("action", { number: 43 }), count: 2 },
  {
    kind: "action",
    when: "another kind",
    other: part("action", { kind: "merge_group" }),
    count: 2,
  },
  {
    kind: "action",
    when: "another title, name or attempt",
    other: part("action", { title: "x", name: "y", attempt: "2" }),
    count: 1,
  },
  ...[{ name: "staging" }, { attempt: "2" }, { kind: "command" }].map((changed) => ({
    kind: "action" as const,
    when: `no number and another ${Object.keys(changed).join("")}`,
    one: part("action", withoutNumber),
    other: part("action", { ...withoutNumber, ...changed }),
    count: 2,
  })),
  {
    kind: "action",
    when: "no number and another title",
    one: part("action", withoutNumber),
    other: part("action", { ...withoutNumber, title: "x" }),
    count: 1,
  },
  ...Object.entries({
    ...{ kind: "npm.script", name: "x", holder: "x", context: "x", delta: "added", before: null },
    ...{ after: null, path: "x", side: "base", line: 1 },
  }).map(([name, value]) => ({
    kind: "capability" as const,
    when: `another ${name}`,
    other: verdict({ capabilities: [{ ...delta, [name]: value }] }),
    count: 2,
  })),
  {
    kind: "capability",
    when: "another certainty",
    other: verdict({ capabilities: [{ ...delta, certainty: "heuristic" }] }),
    count: 1,
  },
  {
    kind: "policy",
    when: "a check that has no document",
    other: verdict({ checks: [{ ...check, document: digestOf("x") }] }),
    count: 2,
  },
  {
    kind: "policy",
    when: "another policy of the document",
    other: verdict({ checks: [{ ...check, policyId: "x" }] }),
    count: 3,
  },
  {
    kind: "check",
    when: "another record",
    other: verdict({ id: "another", checks: [{ ...check }] }),
    count: 3,
  },
  {
    kind: "check",
    when: "two checks of a policy, by two documents",
    other: verdict({ checks: [{ ...check }, { ...check, document: digestOf("x") }] }),
    count: 4,
  },
  { kind: "approval", when: "the same approval", other: verdict({ id: "another" }), count: 1 },
  ...[{ id: "8" }, { actor: "cy" }, { at: "2026-05-06T07:08:09Z" }].map((changed) => ({
    kind: "approval" as const,
    when: `another ${Object.keys(changed).join("")}`,
    other: settledBy({ kind: "approval", id: "7", actor: "bo", at: AT, ...changed }),
    count: 2,
  })),
  {
    kind: "approval",
    when: "a waiver, which is no approval",
    other: settledBy({ kind: "waiver", id: "9", actor: "bo", at: AT }),
    count: 1,
  },
])("$kind: $when gives $count", async ({ kind, one = verdict(), other, count }) => {
  expect(await those(kind, one, other)).toHaveLength(count);
});

/** The verdict with its reasons settled otherwise. */
function settledBy(settlement: JsonObject): FixtureRecord {
  const { verdict: told } = basis as unknown as { verdict: { reasons: readonly JsonObject[] } };
  const reasons = told.reasons.map((reason) => ({ ...reason, settledBy: [settlement] }));
  return verdict({ verdict: { ...told, reasons }, checks: [] });
}

test("what a host does not know is null in its nodes", async () => {
  const nobody = { actor: null, author: null, title: { digest: digestOf("long"), count: 300 } };
  expect(await those("action", part("action", nobody))).toMatchObject([
    { actor: null, author: null, title: null },
  ]);
  const unseen = { ...basis, external: { reviews: null, statuses: null } };
  expect(await those("approval", { kind: "verdict", predicate: unseen })).toMatchObject([
    { review: "7", commit: null },
  ]);
  const elsewhere = settledBy({ kind: "approval", id: "8", actor: "bo", at: AT });
  expect(await those("approval", elsewhere)).toMatchObject([{ review: "8", commit: null }]);
});

/** A check fires on the delta that stands where one of its reasons is about. */
test.each([
  { when: "at the reason's place", changed: {}, fires: true },
  { when: "on another line", changed: { line: 15 }, fires: false },
  { when: "in another file", changed: { path: "x" }, fires: false },
  { when: "on the other side", changed: { side: "base" }, fires: false },
])("a delta $when triggered the check: $fires", async ({ changed, fires }) => {
  const record = verdict({ capabilities: [{ ...delta, ...changed }] });
  const clone = fakeClone([{ message: "", files: batchFiles([[record]]) }]);
  const { edges } = joinLineages((await gathered(replay(clone))).map(recordFragment));
  const triggered = edges.filter(
    ({ kind, from }) => kind === "TRIGGERED" && from.startsWith("capability:"),
  );
  expect(triggered).toHaveLength(fires ? 1 : 0);
});
