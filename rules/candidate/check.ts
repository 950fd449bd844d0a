import type { Evidence } from "../evidence.ts";
import { CASES_PATH, POLICY_PATH } from "../policy/policy-source.ts";
import { MAX_REASONS } from "../verdict/decide.ts";
import { compareReasons } from "../verdict/reason-order.ts";
import { NO_DOCUMENT } from "../verdict/reserved.ts";
import type { PolicyCheck, Reason } from "../verdict/verdict.ts";
import { isDocument } from "./candidate.ts";
import { type TriedCandidate, triedCandidate } from "./tried.ts";

/** The id of reasons about the policies that a change brings. */
const POLICY_CANDIDATE = "bailiff/policy-candidate";

/**
 * The check of the policies that a change brings; none where it brings no others.
 *
 * Policies that cannot be loaded deny at their lines: once they are in, they would deny every later
 * change. Cases beside them that do not come out as wanted, or cannot be tried, warn, and so does
 * leaving no policies. Nothing settles these but an edit, and none of them takes anything back.
 */
export function candidateChecks({
  listing,
  contents,
}: Pick<Evidence, "listing" | "contents">): PolicyCheck[] {
  const candidate = triedCandidate(listing, contents);
  if (candidate === null) return [];
  const all = [...policyReasons(candidate), ...caseReasons(candidate)];
  const reasons = all.sort(compareReasons).slice(0, MAX_REASONS);
  const omitted = all.length - reasons.length;
  return [
    {
      policyId: POLICY_CANDIDATE,
      document: isDocument(candidate.policies) ? candidate.policies.digest : NO_DOCUMENT,
      outcome: reasons.length === 0 ? "pass" : "fail",
      reasons,
      ...(omitted > 0 && { reasonsOmitted: omitted }),
    },
  ];
}

function policyReasons({ policies, problems }: TriedCandidate): Reason[] {
  if (policies === null) return [];
  if (policies === "removed") return [REMOVED];
  if (isDocument(policies)) return problems.map((one) => reason("DENY", one));
  const remedy = "commit a policy file of at most 256 KiB, or take this out of the change";
  return [
    reason("DENY", { ...{ path: POLICY_PATH, line: null, remedy }, message: unusable(policies) }),
  ];
}

function unusable({ why }: { readonly why: string }): string {
  return `the policies that this change brings cannot be read: ${why}`;
}

const REMOVED: Reason = {
  ...reason("WARN", {
    path: POLICY_PATH,
    line: null,
    message:
      "this change leaves no policies: bailiff:recommended would judge in simulation, and deny nothing",
    remedy: "keep a policy file, for example with extends: [bailiff:recommended@1]",
  }),
  side: "base",
};

function caseReasons({ cases, trial }: TriedCandidate): Reason[] {
  if (cases !== null && cases !== "removed" && !isDocument(cases)) {
    const remedy = "commit a file of cases, or take it out";
    const message = `the cases of the policies cannot be read: ${cases.why}`;
    return [reason("WARN", { path: CASES_PATH, line: null, message, remedy })];
  }
  if (trial === null) return [];
  return [
    ...trial.problems.map((problem) => reason("WARN", problem)),
    ...trial.tried.flatMap(({ name, line, misses }) =>
      misses.map((miss) => missReason(`${name}: ${miss}`, line)),
    ),
    ...(trial.untried > 0 ? [untriedReason(trial.untried)] : []),
  ];
}

function missReason(miss: string, line: number): Reason {
  return reason("WARN", {
    ...{ path: CASES_PATH, line, message: `the case ${miss}` },
    remedy: "mend the policies, or say in the case what is wanted now; policy test tries it",
  });
}

function untriedReason(count: number): Reason {
  return reason("WARN", {
    ...{ path: CASES_PATH, line: null },
    message: `${count} cases were not tried: those before them took all that trying may take`,
    remedy: "try them by policy test, or write smaller cases",
  });
}

function reason(
  decision: Reason["decision"],
  told: Pick<Reason, "path" | "line" | "message" | "remedy">,
): Reason {
  const { path, line, message, remedy } = told;
  return {
    ...{ policyId: POLICY_CANDIDATE, decision, message, path, side: "head", line, endLine: line },
    ...{ remedy, settledBy: [] },
  };
}
