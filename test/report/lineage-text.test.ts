import fc from "fast-check";
import { expect, test } from "vitest";
import { recordFragment } from "../../ledger/lineage/fragment.ts";
import { joinLineages } from "../../ledger/lineage/graph.ts";
import type { ReplayedRecord } from "../../ledger/replay.ts";
import { lineageJson } from "../../report/lineage-json.ts";
import { lineageText } from "../../report/lineage-text.ts";
import { hostile } from "./escape/arbitrary.ts";
import { approval, judgementOf, reasonOf } from "./judgement.ts";
import { delta, executionRecord, otherRecord, type PhaseOfRun, verdictRecord } from "./recorded.ts";

const lineageOf = (...records: readonly ReplayedRecord[]) =>
  joinLineages(records.map(recordFragment));
const told = (...records: readonly ReplayedRecord[]) =>
  lineageText(lineageOf(...records), { colour: false });

test("a denial that an approval turned is told from action to outcome", () => {
  const denied = verdictRecord(judgementOf([reasonOf()]));
  const settled = judgementOf([reasonOf({ settledBy: [approval] })]);
  const turned = verdictRecord(settled, { supersedes: denied.leaf }, 13);
  expect(told(denied, turned)).toBe(`pull request 42 of acme/shop by ann: Release from a tag
├─ index 12: DENY, new-permissions (2026-11-22T10:00:06Z, by the app)
│  ├─ change 1f2e3d4c1f2e on 9a8b7c6d9a8b
│  │  └─ raised jobs.release: contents read → write (.github/workflows/release.yml:14)
│  ├─ failed new-permissions
│  │  ├─ policy of .github/bailiff.yml at 9a8b7c6d9a8b, sha256 d0d0d0d0d0d0
│  │  └─ DENY .github/workflows/release.yml:14 jobs.release: contents read → write
│  ├─ passed untrusted-code
│  │  └─ policy of .github/bailiff.yml at 9a8b7c6d9a8b, sha256 d0d0d0d0d0d0
│  ├─ outcome: blocked
│  └─ leaf ${denied.leaf}
└─ index 13: ALLOW (2026-11-22T10:00:06Z, by the app)
   ├─ change 1f2e3d4c1f2e on 9a8b7c6d9a8b
   │  └─ raised jobs.release: contents read → write (.github/workflows/release.yml:14)
   ├─ approved new-permissions
   │  ├─ policy of .github/bailiff.yml at 9a8b7c6d9a8b, sha256 d0d0d0d0d0d0
   │  └─ DENY settled .github/workflows/release.yml:14 jobs.release: contents read → write
   ├─ passed untrusted-code
   │  └─ policy of .github/bailiff.yml at 9a8b7c6d9a8b, sha256 d0d0d0d0d0d0
   ├─ approved by bo of 1f2e3d4c1f2e, 2026-11-22T10:00:00Z, review 77
   ├─ supersedes index 12, DENY
   ├─ outcome: allowed
   └─ leaf ${turned.leaf}
`);
});

test("policies of one document that passed are told in one line", () => {
  const judgement = judgementOf([]);
  const [check] = judgement.checks;
  if (check === undefined) throw new Error("no check ran");
  const checks = [check, { ...check, policyId: "secrets" }];
  const text = told(verdictRecord({ ...judgement, checks }));
  expect(text).toMatch(/passed 2: (?:secrets, untrusted-code|untrusted-code, secrets)\n/);
  expect(text.match(/policy of/g)).toHaveLength(1);
});

test("verdicts are told in index order, whatever the graph's", () => {
  const text = told(verdictRecord(judgementOf([]), {}, 13), verdictRecord(judgementOf([]), {}, 12));
  expect(text.indexOf("index 12")).toBeLessThan(text.indexOf("index 13"));
});

test.each([
  {
    what: "a simulation",
    record: verdictRecord(judgementOf([reasonOf()], { simulation: true })),
    says: "by the app in simulation)",
  },
  {
    what: "what was removed",
    record: verdictRecord(judgementOf([]), {
      capabilities: [{ ...delta, delta: "removed", side: "base", after: null }],
    }),
    says: "removed jobs.release: contents read (.github/workflows/release.yml:14, before the change)",
  },
  {
    what: "reasons that were too many to record",
    record: verdictRecord(judgementOf([]), {
      checks: [
        {
          policyId: "p",
          document: "d0".repeat(32),
          outcome: "fail",
          reasons: { digest: "ab".repeat(32), count: 900 },
        },
      ],
    }),
    says: "900 reasons, recorded as a digest",
  },
  {
    what: "an approval of a head that is not recorded",
    record: verdictRecord(judgementOf([reasonOf({ settledBy: [approval] })]), {
      external: { reviews: null, statuses: null },
    }),
    says: "approved by bo, 2026-11-22T10:00:00Z, review 77",
  },
  {
    what: "another kind of record",
    record: otherRecord("trust", 0),
    says: `index 0: trust (2026-11-22T10:00:06Z, leaf ${"00".repeat(32)})`,
  },
])("$what is told", ({ record, says }) => {
  expect(told(record)).toContain(says);
});

test("a run of a command is told apart by its attempt", () => {
  const { action } = verdictRecord(judgementOf([])).verdict;
  const run = { kind: "command", name: "deploy", attempt: "a1" } as const;
  const command = { ...action, ...run, number: null, author: null, title: null };
  const record = verdictRecord(judgementOf([]), { action: command });
  expect(told(record)).toMatch(/^command deploy of acme\/shop by ann \(run a1\)\n/u);
});

const run = { startedLeaf: "0d".repeat(32), exitCode: 7, signal: null, failure: null };
const dirty = { allowDirty: true, differences: { digest: "0".repeat(64), count: 2 } };
test.each<{ what: string; phases: readonly PhaseOfRun[]; says: string }>([
  {
    what: "with its start and its end",
    phases: [{ phase: "started" }, { phase: "ended", ...run }],
    says: "execution started (AT, index 13); ended with exit code 7 (AT, index 14)",
  },
  {
    what: "with what its work tree was allowed",
    phases: [{ phase: "started", workTree: dirty }],
    says: "execution started (AT, index 13, 2 differences allowed); no end recorded",
  },
  {
    what: "that a signal ended",
    phases: [{ phase: "started" }, { phase: "ended", ...run, exitCode: 143, signal: "SIGTERM" }],
    says: "; ended by SIGTERM (AT, index 14)",
  },
  {
    what: "of a command that was nowhere",
    phases: [{ phase: "started" }, { phase: "ended", ...run, failure: "not-found" }],
    says: "; ended without having run: there is no such command (AT",
  },
  {
    what: "that was blocked",
    phases: [{ phase: "blocked", cause: "denied" }],
    says: "execution blocked: the verdict is a denial (AT, index 13)",
  },
])("a run is told $what, under its verdict and nowhere else", ({ phases, says }) => {
  const judged = verdictRecord(judgementOf([]));
  const text = told(
    judged,
    ...phases.map((phase, place) => executionRecord(judged.leaf, phase, 13 + place)),
  );
  expect(text).toContain(`├─ ${says}`.replace("├─ ;", ";").replaceAll("AT", judged.predicate.at));
  expect(text).not.toMatch(/^index/mu);
});

test("a run without its verdict is a record among others", () => {
  const text = told(executionRecord("0".repeat(64), { phase: "blocked", cause: "denied" }));
  expect(text).toMatch(/^index 13: execution /);
});

test("more deltas than a reader takes in are counted", () => {
  const capabilities = Array.from({ length: 25 }, (_, place) => ({
    ...delta,
    name: `scope-${place}`,
  }));
  const text = told(verdictRecord(judgementOf([]), { capabilities }));
  expect(text).toContain("scope-19");
  expect(text).not.toContain("scope-20");
  expect(text).toContain("│  └─ and 5 more\n");
});

test("no match is said", () => {
  expect(told()).toBe("No record matches.\n");
});

test("colours appear only when asked for", () => {
  const lineage = lineageOf(verdictRecord(judgementOf([reasonOf()])));
  expect(lineageText(lineage, { colour: true })).toContain("\u{1b}[31mDENY\u{1b}[0m");
  expect(lineageText(lineage, { colour: false })).not.toContain("\u{1b}");
});

test("no recorded text can add a branch or command a terminal", () => {
  const branches = (text: string) => text.split("\n").length;
  const plain = branches(told(recordSaying("x")));
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = told(recordSaying(text));
      expect(branches(shown)).toBe(plain);
      expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 40 },
  );
});

test("the JSON form is one document of nodes and edges", () => {
  const lineage = lineageOf(verdictRecord(judgementOf([reasonOf()])));
  expect(JSON.parse(lineageJson(lineage))).toEqual(JSON.parse(JSON.stringify(lineage)));
});

// Records hold well-formed text only: their form refuses lone surrogates.
function recordSaying(hostileText: string): ReplayedRecord {
  const text = hostileText.toWellFormed();
  const act = { ...approval, actor: text };
  const reasons = [
    reasonOf({ policyId: text, message: text, path: text }),
    reasonOf({ settledBy: [act] }),
  ];
  const judgement = judgementOf(reasons);
  const { verdict } = verdictRecord(judgement);
  const action = { ...verdict.action, title: text, name: text };
  return verdictRecord(judgement, {
    action,
    capabilities: [{ ...delta, holder: text, path: text }],
  });
}
