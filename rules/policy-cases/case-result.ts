import type { GovernanceVerdict, Reason } from "../verdict/verdict.ts";
import type { PolicyCase, WantedReason } from "./case-file.ts";

/** A case that was tried. `misses` say what came otherwise than it was wanted; none where it passed. */
export interface CaseResult {
  readonly name: string;
  readonly misses: readonly string[];
}

/** Holds a verdict against what a case wants: the decision, and, where they are given, policies and reasons. */
export function caseResult(
  { name, want, policies, reasons = [] }: PolicyCase,
  verdict: GovernanceVerdict,
): CaseResult {
  const unsettled = verdict.reasons.filter(({ settledBy }) => settledBy.length === 0);
  return {
    name,
    misses: [
      ...(verdict.decision === want
        ? []
        : [`wanted ${want}, got ${verdict.decision}${becauseOf(unsettled)}`]),
      ...(policies === undefined || sameNames(policies, verdict.policyIds)
        ? []
        : [`wanted of the policies ${listed(policies)}, got ${listed(verdict.policyIds)}`]),
      ...reasons
        .filter((wanted) => !unsettled.some((reason) => isWanted(reason, wanted)))
        .map((wanted) => `no reason is ${JSON.stringify(wanted)}`),
    ],
  };
}

function becauseOf([first]: readonly Reason[]): string {
  return first === undefined ? "" : ` (${first.policyId}: ${first.message})`;
}

function sameNames(wanted: readonly string[], got: readonly string[]): boolean {
  const names = new Set(wanted);
  return names.size === got.length && got.every((name) => names.has(name));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

/** A message is wanted as a part of what is said. */
function isWanted(
  reason: Reason,
  { policy, decision, path, line, message }: WantedReason,
): boolean {
  return (
    (policy === undefined || reason.policyId === policy) &&
    (decision === undefined || reason.decision === decision) &&
    (path === undefined || reason.path === path) &&
    (line === undefined || reason.line === line) &&
    (message === undefined || reason.message.includes(message))
  );
}
