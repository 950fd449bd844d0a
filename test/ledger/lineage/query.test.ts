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
  { when: "more than the id of a commit", query: { commit: "a".repeat(65) } },
  { when: "a commit with something before it", query: { commit: "/abcdef0" } },
  { when: "half an index", query: { asOf: 0.5 } },
  { when: "a negative index", query: { asOf: -1 } },
])("$when is refused", async ({ query }) => {
  await expect(queryLineage(clone, query)).rejects.toMatchObject({ code: "QUERY_INVALID" });
});

const omitted = { digest: "0".repeat(64), count: 9 };
const queued = verdict({ id: "5", head: objectIdOf("queued"), decision: "ALLOW" });
const basis = queued.predicate;
const odd = fakeClone([
  {
    message: "",
    files: batchFiles([
      [
        withAction({ kind: "merge_group", number: 43 }),
        verdict({ id: "6", more: { checks: omitted } }),
      ],
      [
        withAction({ actor: null, author: null }),
        withAction({ actor: { id: "7", login: "Dee", bot: false } }),
      ],
      [
        {
          kind: "verdict",
          predicate: {
            ...basis,
            change: { ...(basis["change"] as object), head: "ab".repeat(32) },
          },
        },
      ],
    ]),
  },
]);

function withAction(changed: object): FixtureRecord {
  const action = { ...(basis["action"] as object), number: 9, ...changed };
  return { kind: "verdict", predicate: { ...basis, action } };
}

test.each<{ when: string; query: LineageQuery; indices: readonly number[] }>([
  { when: "a queue's entry of a pull request's number", query: { pullRequest: 43 }, indices: [] },
  { when: "the number of some pull requests", query: { pullRequest: 9 }, indices: [2, 3] },
  {
    when: "a policy that a verdict names whose checks stand as a digest",
    query: { policy: "new-permissions" },
    indices: [1],
  },
  { when: "who acted for another author", query: { actor: "dee" }, indices: [3] },
  { when: "who acted, by id", query: { actor: "7" }, indices: [3] },
  { when: "an author, where who acted is another", query: { actor: "ANN" }, indices: [0, 1, 3, 4] },
  { when: "an id in another case", query: { actor: "ID-OF-ANN" }, indices: [] },
  { when: "a whole id of sha256", query: { commit: "ab".repeat(32) }, indices: [4] },
  {
    when: "the end of a commit's id",
    query: { commit: objectIdOf("queued").slice(7) },
    indices: [],
  },
  { when: "the first pull request", query: { pullRequest: 1 }, indices: [] },
])("asked for $when", async ({ query, indices }) => {
  const { nodes } = await queryLineage(odd, query);
  const records = nodes.filter((node) => node.kind === "record");
  expect(records.map(({ index }) => index)).toEqual(indices);
});

test("a filter leaves out the records that are no verdicts, and so does a chain", async () => {
  expect(await found({ decision: "ALLOW" })).toEqual([1, 3, 4]);
  expect(await found({ decision: "ALLOW", asOf: 1 })).toEqual([]);
});

test("a verdict that supersedes what is not there begins a chain of its own", async () => {
  const lost = verdict({ id: "1", supersedes: "0".repeat(64) });
  const next = verdict({ id: "2", decision: "ALLOW", supersedes: leafOf(lost) });
  const last = verdict({ id: "3", decision: "WARN", supersedes: leafOf(next) });
  const ledger = fakeClone([{ message: "", files: batchFiles([[lost], [next, quiet, last]]) }]);
  const { nodes } = await queryLineage(ledger, { decision: "WARN" });
  const records = nodes.filter((node) => node.kind === "record");
  expect(records.map(({ index }) => index)).toEqual([0, 1, 3]);
});

test("a policy whose one reason was settled fired, though the verdict does not name it", async () => {
  const settled = verdict({ id: "1", decision: "ALLOW", approvedBy: "bo" });
  const ledger = fakeClone([{ message: "", files: batchFiles([[settled, quiet]]) }]);
  const { nodes } = await queryLineage(ledger, { policy: "new-permissions" });
  const records = nodes.filter((node) => node.kind === "record");
  expect(records.map(({ index }) => index)).toEqual([0]);
});

test.each<{ query: LineageQuery; named: RegExp }>([
  { query: { commit: "x" }, named: /^commit: / },
  { query: { pullRequest: 0 }, named: /^pull request: / },
  { query: { asOf: -1 }, named: /^as of: / },
])("the refusal of $query names the filter", async ({ query, named }) => {
  await expect(queryLineage(clone, query)).rejects.toThrow(named);
});
