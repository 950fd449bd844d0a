import type { PlacedRecord } from "../../ledger/record.ts";
import type { FileFact } from "../../rules/facts/facts.ts";
import type { Judgement } from "../../rules/evidence.ts";
import type { CheckOutcome, PolicyCheck, Reason, Settlement } from "../../rules/verdict/verdict.ts";

export const release = ".github/workflows/release.yml";

export const record: PlacedRecord = {
  index: 12,
  leaf: "9d".repeat(32),
  pin: `bailiff.dev/ledger/4c1f 13 ${"q".repeat(43)}= ${"7a".repeat(32)}`,
  appended: true,
};

export const approval: Settlement = {
  kind: "approval",
  id: "77",
  actor: "bo",
  at: "2026-11-22T10:00:00Z",
};

/** A denial at line 14 of the release workflow, unless told otherwise. */
export function reasonOf(changes: Partial<Reason> = {}): Reason {
  return {
    policyId: "new-permissions",
    decision: "DENY",
    message: "jobs.release: contents read → write",
    path: release,
    side: "head",
    line: 14,
    endLine: 14,
    remedy: "an approval of 1f2e3d4 by someone who may write",
    settledBy: [],
    ...changes,
  };
}

export function fileOf(changes: Partial<FileFact> = {}): FileFact {
  return {
    path: release,
    previousPath: null,
    status: "modified",
    baseMode: "100644",
    headMode: "100644",
    baseSize: 400,
    headSize: 420,
    binary: false,
    addedLines: null,
    removedLines: null,
    owners: null,
    previousOwners: null,
    ...changes,
  };
}

interface Told {
  readonly files?: readonly FileFact[];
  readonly simulation?: boolean;
  readonly omitted?: number;
}

/** A judgement as `rules/` would give it for these reasons, in their order. */
export function judgementOf(reasons: readonly Reason[], told: Told = {}): Judgement {
  const open = reasons.filter((reason) => reason.settledBy.length === 0);
  const policyIds = [...new Set(open.map((reason) => reason.policyId))].sort();
  const denied = open.some((reason) => reason.decision === "DENY");
  return {
    verdict: {
      decision: denied ? "DENY" : open.length > 0 ? "WARN" : "ALLOW",
      policyIds,
      reasons,
      reasonsOmitted: told.omitted ?? 0,
      provenance: { origin: "app", confidence: 1, simulation: told.simulation ?? false },
    },
    checks: checksOf(reasons),
    facts: factsOf(told.files ?? [fileOf()]),
    factsDigest: "fa".repeat(32),
  };
}

function checksOf(reasons: readonly Reason[]): readonly PolicyCheck[] {
  const passed = ["untrusted-code", [] as Reason[]] as const;
  return [...Map.groupBy(reasons, (reason) => reason.policyId), passed].map(([policyId, own]) => ({
    policyId,
    document: "d0".repeat(32),
    outcome: outcomeOf(own),
    reasons: own,
  }));
}

function outcomeOf(reasons: readonly Reason[]): CheckOutcome {
  if (reasons.length === 0) return "pass";
  return reasons.every((reason) => reason.settledBy.length > 0) ? "approved" : "fail";
}

function factsOf(files: readonly FileFact[]): Judgement["facts"] {
  const base = "9a8b7c6d".repeat(5);
  const head = "1f2e3d4c".repeat(5);
  return {
    schema: "bailiff.dev/facts/v1",
    action: {
      kind: "pull_request",
      name: null,
      number: 42,
      actor: null,
      author: null,
      title: null,
      body: null,
      labels: [],
      draft: false,
      fork: false,
      baseBranch: "main",
      headBranch: "release",
      at: "2026-11-22T10:00:05Z",
    },
    repository: {
      host: "github.com",
      id: "1",
      name: "acme/shop",
      defaultBranch: "main",
      defaultTokenPermissions: "read",
      properties: null,
    },
    change: {
      ...{ base, head, mergeBase: base, headTree: base, filesCount: files.length, files },
      ...{ addedLines: null, removedLines: null, commitsCount: null, lines: null },
    },
    capabilities: [],
    dependencies: [],
    commits: null,
    reviews: null,
    contributors: null,
    statuses: null,
    completeness: { relevant: 2, read: 2, unread: [] },
  };
}
