import { expect, test } from "vitest";
import { recordFragment } from "../../../ledger/lineage/fragment.ts";
import type { JsonObject } from "../../../ledger/format/canonical.ts";
import { joinLineages, type Lineage } from "../../../ledger/lineage/graph.ts";
import { replay } from "../../../ledger/replay.ts";
import { fakeClone, gathered } from "../fake-clone.ts";
import { executionPredicateOf, PHASES } from "../execution-fixture.ts";
import { common } from "../ledger-builder.ts";
import { batchFiles, leafOf, type FixtureRecord } from "../signed-batches.ts";
import { objectIdOf, verdictPredicateOf, type VerdictFixture } from "../verdict-fixture.ts";

function verdict(fixture: VerdictFixture): FixtureRecord {
  return { kind: "verdict", predicate: verdictPredicateOf(fixture) };
}

async function lineageOf(records: readonly FixtureRecord[]): Promise<Lineage> {
  const clone = fakeClone([{ message: "", files: batchFiles([records]) }]);
  return joinLineages((await gathered(replay(clone))).map(recordFragment));
}

/** Edges as `kind: from kind → to kind`, sorted. */
function edgesOf({ nodes, edges }: Lineage): readonly string[] {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  return edges
    .map(({ kind, from, to }) => `${kind}: ${kinds.get(from) ?? "?"} → ${kinds.get(to) ?? "?"}`)
    .sort();
}

function nodesOf<K extends Lineage["nodes"][number]["kind"]>({ nodes }: Lineage, kind: K) {
  return nodes.filter((node) => node.kind === kind) as Extract<
    Lineage["nodes"][number],
    { kind: K }
  >[];
}

test("a denial tells what was judged, by what, and what it blocked", async () => {
  expect(edgesOf(await lineageOf([verdict({})]))).toEqual([
    "BLOCKED: verdict → action",
    "DERIVED_FROM: capability → change",
    "FED_INTO: change → check",
    "FED_INTO: change → check",
    "GENERATED: verdict → outcome",
    "GENERATED: verdict → record",
    "PRODUCED: check → verdict",
    "PRODUCED: check → verdict",
    "TRIGGERED: action → verdict",
    "TRIGGERED: capability → check",
    "USED_BY: policy → check",
    "USED_BY: policy → check",
  ]);
});

test("a record node says its index, leaf, decision and time", async () => {
  const record = verdict({ decision: "WARN", at: "2026-05-06T07:08:09Z" });
  const [node] = nodesOf(await lineageOf([record]), "record");
  expect(node?.leaf).toHaveLength(64);
  expect(node).toMatchObject({
    index: 0,
    leaf: leafOf(record),
    recordKind: "verdict",
    decision: "WARN",
    at: "2026-05-06T07:08:09Z",
  });
});

test.each<{ when: string; fixture: VerdictFixture; outcome: string; blocks: boolean }>([
  { when: "a denial blocks", fixture: {}, outcome: "blocked", blocks: true },
  {
    when: "a simulated denial does not",
    fixture: { simulation: true },
    outcome: "simulated",
    blocks: false,
  },
  {
    when: "a warning does not",
    fixture: { decision: "WARN" },
    outcome: "allowed",
    blocks: false,
  },
])("$when", async ({ fixture, outcome, blocks }) => {
  const lineage = await lineageOf([verdict(fixture)]);
  expect(nodesOf(lineage, "outcome")[0]?.outcome).toBe(outcome);
  expect(lineage.edges.some(({ kind }) => kind === "BLOCKED")).toBe(blocks);
});

test("an approval stands once, with the head that it saw", async () => {
  const lineage = await lineageOf([verdict({ decision: "ALLOW", approvedBy: "bo" })]);
  expect(nodesOf(lineage, "approval")).toMatchObject([
    { actor: "bo", review: "7", commit: objectIdOf("head") },
  ]);
  expect(edgesOf(lineage)).toContain("AFFECTED: approval → verdict");
});

test("a verdict derives from the one that it supersedes, and both judge one change", async () => {
  const denied = verdict({ id: "1" });
  const supersedes = leafOf(denied);
  const allowed = verdict({ id: "2", decision: "ALLOW", approvedBy: "bo", supersedes });
  const lineage = await lineageOf([denied, allowed]);
  expect(edgesOf(lineage)).toContain("DERIVED_FROM: verdict → verdict");
  expect(nodesOf(lineage, "change")).toHaveLength(1);
  expect(nodesOf(lineage, "action")).toHaveLength(1);
  expect(nodesOf(lineage, "policy")).toHaveLength(2);
  expect(nodesOf(lineage, "check")).toHaveLength(4);
});

test("an edge to a verdict that is not there is left out", async () => {
  const lineage = await lineageOf([verdict({ supersedes: "0".repeat(64) })]);
  expect(edgesOf(lineage)).not.toContain("DERIVED_FROM: verdict → ?");
});

test.each<{ when: string; fixtures: readonly VerdictFixture[]; actions: number; changes: number }>([
  {
    when: "two heads of one pull request are one action and two changes",
    fixtures: [{ head: objectIdOf("one") }, { head: objectIdOf("two") }],
    actions: 1,
    changes: 2,
  },
  {
    when: "one number in two repositories is two actions",
    fixtures: [{ repositoryId: "1" }, { repositoryId: "2" }],
    actions: 2,
    changes: 2,
  },
  {
    when: "two heads that have no number are two actions",
    fixtures: [
      { number: null, head: objectIdOf("one") },
      { number: null, head: objectIdOf("two") },
    ],
    actions: 2,
    changes: 2,
  },
])("$when", async ({ fixtures, actions, changes }) => {
  const lineage = await lineageOf(fixtures.map(verdict));
  expect(nodesOf(lineage, "action")).toHaveLength(actions);
  expect(nodesOf(lineage, "change")).toHaveLength(changes);
});

function execution(verdictLeaf: string, more: JsonObject): FixtureRecord {
  return { kind: "execution", predicate: executionPredicateOf(verdictLeaf, more) };
}

test("a run is told from its verdict to its start and its end", async () => {
  const judged = verdict({ decision: "ALLOW" });
  const started = execution(leafOf(judged), PHASES.started);
  const ended = execution(leafOf(judged), { ...PHASES.ended, startedLeaf: leafOf(started) });
  const lineage = await lineageOf([judged, started, ended]);
  expect(edgesOf(lineage).filter((edge) => edge.includes("execution"))).toEqual([
    "GENERATED: execution → record",
    "GENERATED: execution → record",
    "PRODUCED: execution → execution",
    "TRIGGERED: verdict → execution",
  ]);
  expect(nodesOf(lineage, "execution")).toMatchObject([
    { index: 1, phase: "started", exitCode: null, differences: 0, program: "make" },
    { index: 2, phase: "ended", exitCode: 0, attempt: "run-1", name: "deploy" },
  ]);
});

test("a command that was not started is told with what blocked it", async () => {
  const judged = verdict({});
  const workTree = { allowDirty: false, differences: { digest: "0".repeat(64), count: 9 } };
  const lineage = await lineageOf([
    judged,
    execution(leafOf(judged), { ...PHASES.blocked, workTree }),
  ]);
  expect(edgesOf(lineage)).toContain("BLOCKED: verdict → execution");
  expect(nodesOf(lineage, "execution")).toMatchObject([{ cause: "denied", differences: 9 }]);
});

test("a work tree that nobody looked at has no count of differences", async () => {
  const workTree = { allowDirty: false, differences: null };
  const lineage = await lineageOf([execution("0".repeat(64), { ...PHASES.blocked, workTree })]);
  expect(nodesOf(lineage, "execution")).toMatchObject([{ differences: null }]);
  expect(edgesOf(lineage)).toEqual(["GENERATED: execution → record"]);
});

test("lists that a record only holds by digest give no nodes", async () => {
  const omitted = { digest: "0".repeat(64), count: 9 };
  const more = {
    checks: omitted,
    capabilities: omitted,
    external: { reviews: omitted, statuses: null },
  };
  const lineage = await lineageOf([verdict({ more })]);
  expect(lineage.nodes.map(({ kind }) => kind).sort()).toEqual([
    "action",
    "change",
    "outcome",
    "record",
    "verdict",
  ]);
});

test.each<{ when: string; record: FixtureRecord }>([
  { when: "a verdict", record: verdict({}) },
  { when: "a verdict that blocks nothing", record: verdict({ decision: "ALLOW" }) },
  {
    when: "a verdict by a policy that has no document",
    record: verdict({ more: { policies: [] } }),
  },
  { when: "an execution", record: execution("0".repeat(64), PHASES.started) },
  { when: "a record of another kind", record: { kind: "waiver", predicate: common() } },
])("every edge of $when names two nodes by their ids", async ({ record }) => {
  const clone = fakeClone([{ message: "", files: batchFiles([[record]]) }]);
  const [replayed] = await gathered(replay(clone));
  const { edges } = replayed === undefined ? { edges: [null] } : recordFragment(replayed);
  const id = expect.stringMatching(/^[a-z]+:[0-9a-f]{64}$/) as string;
  const named = { kind: expect.stringMatching(/^[A-Z_]+$/) as string, from: id, to: id };
  expect(edges).toEqual(edges.map(() => named));
});
