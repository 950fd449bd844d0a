import { expect, test } from "vitest";
import { queryLineage, type LineageQuery } from "../../../ledger/lineage/query.ts";
import { fakeClone } from "../fake-clone.ts";
import { executionPredicateOf, PHASES } from "../execution-fixture.ts";
import { batchFiles, leafOf, type FixtureRecord } from "../signed-batches.ts";
import { objectIdOf, verdictPredicateOf, type VerdictFixture } from "../verdict-fixture.ts";

function verdict(fixture: VerdictFixture): FixtureRecord {
  return { kind: "verdict", predicate: verdictPredicateOf(fixture) };
}

const head = objectIdOf("the denied head");
const other = objectIdOf("another head");
const root: FixtureRecord = {
  kind: "incident",
  predicate: {
    id: "i",
    ledger: "somewhere",
    at: "2026-01-02T03:04:05Z",
    observed: { size: 0, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
  },
};
const denied = verdict({ id: "1", head });
const warned = verdict({ id: "2", head: other, number: 43, decision: "WARN", author: "cy" });
const allowed = verdict({
  id: "3",
  head,
  decision: "ALLOW",
  approvedBy: "Bo",
  supersedes: leafOf(denied),
});
const quiet = verdict({ id: "4", head: objectIdOf("quiet"), number: null, decision: "ALLOW" });

const clone = fakeClone([
  { message: "", files: batchFiles([[root], [denied, warned], [allowed, quiet]]) },
]);

/** The indices of the records in the graph that a query gives. */
async function found(query: LineageQuery): Promise<readonly number[]> {
  const { nodes } = await queryLineage(clone, query);
  return nodes.filter((node) => node.kind === "record").map(({ index }) => index);
}

test.each<{ when: string; query: LineageQuery; indices: readonly number[] }>([
  { when: "nothing asked: every record", query: {}, indices: [0, 1, 2, 3, 4] },
  { when: "a commit's prefix", query: { commit: head.slice(0, 7) }, indices: [1, 3] },
  { when: "a commit in capitals", query: { commit: head.toUpperCase() }, indices: [1, 3] },
  { when: "a commit that nobody judged", query: { commit: "0000000" }, indices: [] },
  { when: "a pull request", query: { pullRequest: 43 }, indices: [2] },
  {
    when: "a policy that fired or was settled",
    query: { policy: "new-permissions" },
    indices: [1, 2, 3],
  },
  { when: "a policy that only passed", query: { policy: "untrusted-code" }, indices: [] },
  { when: "a decision", query: { decision: "WARN" }, indices: [2] },
  { when: "a decision that was superseded", query: { decision: "DENY" }, indices: [1, 3] },
  { when: "an author's login, in any case", query: { actor: "CY" }, indices: [2] },
  { when: "an author's id", query: { actor: "id-of-cy" }, indices: [2] },
  { when: "an approver", query: { actor: "bo" }, indices: [1, 3] },
  { when: "two filters that hold", query: { commit: head, decision: "DENY" }, indices: [1, 3] },
  {
    when: "two filters of which one does not",
    query: { commit: other, decision: "DENY" },
    indices: [],
  },
  { when: "as of an index before the approval", query: { commit: head, asOf: 2 }, indices: [1] },
  {
    when: "as of an index before the approval, by approver",
    query: { actor: "bo", asOf: 2 },
    indices: [],
  },
  { when: "as of the first record", query: { asOf: 0 }, indices: [0] },
])("$when", async ({ query, indices }) => {
  expect(await found(query)).toEqual(indices);
});

test("what was executed stands with its verdict, and with none of another", async () => {
  const [judged, other] = [verdict({ id: "1" }), verdict({ id: "2", head: objectIdOf("other") })];
  const executed = [judged, other].map((record): FixtureRecord => {
    return { kind: "execution", predicate: executionPredicateOf(leafOf(record), PHASES.blocked) };
  });
  const ledger = fakeClone([{ message: "", files: batchFiles([[judged, other], executed]) }]);
  const { nodes } = await queryLineage(ledger, { commit: objectIdOf("other") });
  const indices = nodes.filter((node) => node.kind === "record").map(({ index }) => index);
  expect(indices).toEqual([1, 3]);
});

test("what is not connected is not told", async () => {
  const { nodes } = await queryLineage(clone, { pullRequest: 43 });
  expect(nodes.filter(({ kind }) => kind === "change")).toHaveLength(1);
  expect(nodes.filter(({ kind }) => kind === "approval")).toHaveLength(0);
});

test.each<{ when: string; query: LineageQuery }>([
  { when: "six digits of a commit", query: { commit: "abcdef" } },
  { when: "a commit that is no hex", query: { commit: "main~20" } },
  { when: "pull request 0", query: { pullRequest: 0 } },
  { when: "half a pull request", query: { pullRequest: 1.5 } },
  { when: "a negative index", query: { asOf: -1 } },
])("$when is refused", async ({ query }) => {
  await expect(queryLineage(clone, query)).rejects.toMatchObject({ code: "QUERY_INVALID" });
});
