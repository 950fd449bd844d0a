import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../ledger/format/canonical.ts";
import type { StandingRecord } from "../../ledger/record.ts";
import { emergenciesIn, grantsIn } from "../../maestro/exceptions.ts";
import { govern } from "../../maestro/govern.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { openFindings } from "../../rules/waivers/open-findings.ts";
import { grantOf, overrideOf, reviewOf, revocationOf } from "../ledger/exception-fixture.ts";
import { policySource } from "../rules/sample-evidence.ts";
import { action, fakePorts } from "./fake-ports.ts";

const HEAD = "b".repeat(40);
const everyRecord = { ledger: "l", observed: { size: 1, root: "AAAA" } };

function record(
  index: number,
  predicate: JsonObject,
  commit: string | null = HEAD,
): StandingRecord {
  const leaf = String(index).repeat(64);
  const subject = commit === null ? null : { commit, tree: "d".repeat(40) };
  return { index, leaf, subject, predicate: { ...everyRecord, id: `id-${index}`, ...predicate } };
}

describe("grants on the record", () => {
  test("a grant is a waiver for its subject's commit", () => {
    const [grant] = grantsIn([record(1, grantOf())]);
    expect(grant).toMatchObject({
      revoked: false,
      waiver: {
        id: "id-1",
        source: "record",
        commit: HEAD,
        owner: "bo",
        grantedBy: { login: "ann" },
      },
    });
  });

  test("a later record revokes exactly the grant that it names", () => {
    const records = [
      record(1, grantOf()),
      record(2, grantOf({ owner: "cy" })),
      record(3, revocationOf("1".repeat(64))),
    ];
    expect(grantsIn(records).map(({ revoked }) => revoked)).toEqual([true, false]);
  });

  test.each([
    { when: "has no commit", one: record(1, grantOf(), null) },
    { when: "is of no act", one: record(1, { ...grantOf(), act: "give" }) },
    { when: "names no findings", one: record(1, grantOf({ findings: [] })) },
    { when: "names nobody", one: record(1, grantOf({ grantedBy: null })) },
  ])("what $when is no waiver", ({ one }) => {
    expect(grantsIn([one])).toEqual([]);
  });
});

describe("emergencies on the record", () => {
  test.each([
    { when: "nobody reviewed it", reviews: [], reviewed: false },
    { when: "somebody else did", reviews: [reviewOf("1".repeat(64), "bo")], reviewed: true },
    { when: "who overrode did", reviews: [reviewOf("1".repeat(64), "ann")], reviewed: false },
    {
      when: "who overrode did, in capitals",
      reviews: [reviewOf("1".repeat(64), "ANN")],
      reviewed: false,
    },
    { when: "another one was", reviews: [reviewOf("9".repeat(64), "bo")], reviewed: false },
  ])("an override is reviewed: $reviewed, where $when", ({ reviews, reviewed }) => {
    const records = [record(1, overrideOf()), ...reviews.map((one, at) => record(at + 2, one))];
    expect(emergenciesIn(records)).toMatchObject([{ reviewed, override: { head: HEAD } }]);
  });
});

describe("a governed run behind a ledger with exceptions", () => {
  const policies = loadPolicies(
    [
      policySource(
        "version: 1\nbreak_glass: { users: [ann] }\npolicies:\n  - { id: no, decision: DENY, only: { action.baseBranch: main } }\n",
      ),
    ],
    false,
  );
  const document = policies.policies[0]?.document ?? "";
  const of = { repository: { id: "7" }, at: "2026-11-21T00:00:00Z" };

  async function judgedWith(standing: Parameters<typeof fakePorts>[2], ledger = true) {
    const { ports, drafts } = fakePorts({}, ledger, standing);
    const governed = await govern(action, { ...ports, policies: () => Promise.resolve(policies) });
    return { ...governed, external: drafts[0]?.predicate["external"] as JsonObject | undefined };
  }

  async function grant(): Promise<JsonObject> {
    const { judgement, listing } = await judgedWith([]);
    const open = openFindings("no", {
      policies: policies.policies,
      facts: judgement.facts,
      listing,
    });
    const findings = open.flatMap((one) => one.findings);
    return grantOf({ ...of, policyId: "no", document, findings, expires: "2026-12-01T00:00:00Z" });
  }

  test("a waiver settles, and the verdict's record holds it", async () => {
    const { judgement, external } = await judgedWith([["waiver", record(1, await grant())]]);
    expect(judgement.verdict.decision).toBe("ALLOW");
    expect(external?.["waivers"]).toMatchObject([{ id: "id-1", policyId: "no", source: "record" }]);
  });

  test("a revoked one settles nothing, and is not in it", async () => {
    const revoked = record(2, revocationOf("1".repeat(64)));
    const { judgement, external } = await judgedWith([
      ["waiver", record(1, await grant())],
      ["waiver", revoked],
    ]);
    expect(judgement.verdict.decision).toBe("DENY");
    expect(external).not.toHaveProperty("waivers");
  });

  test("an override settles and waits for its review; another head's only waits", async () => {
    const mine = record(1, overrideOf(of));
    const { judgement, external } = await judgedWith([["incident", mine]]);
    expect(judgement).toMatchObject({ verdict: { decision: "ALLOW" }, awaitingReview: 1 });
    expect(external?.["overrides"]).toMatchObject([{ id: "id-1", head: HEAD }]);
    const others = await judgedWith([["incident", record(1, overrideOf(of), "c".repeat(40))]]);
    expect(others.judgement).toMatchObject({ verdict: { decision: "DENY" }, awaitingReview: 1 });
    expect(others.external).not.toHaveProperty("overrides");
  });

  test("one that was reviewed settles still, and no longer waits", async () => {
    const { judgement } = await judgedWith([
      ["incident", record(1, overrideOf(of))],
      ["incident", record(2, reviewOf("1".repeat(64), "bo"))],
    ]);
    expect(judgement.verdict.decision).toBe("ALLOW");
    expect(judgement.awaitingReview).toBeUndefined();
  });

  test("without a ledger nothing is excepted", async () => {
    const { judgement } = await judgedWith([["waiver", record(1, await grant())]], false);
    expect(judgement.verdict.decision).toBe("DENY");
  });
});
