import * as z from "zod";
import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import { RulesError } from "../rules-error.ts";
import { isUnsettled, MAX_REASONS, policyIdsOf, worstOf } from "./decide.ts";
import type { GovernanceVerdict } from "./verdict.ts";

const line = z.int().min(1).nullable();

const settlement = z.strictObject({
  kind: z.enum(["approval", "waiver", "override"]),
  id: z.string(),
  actor: z.string(),
  at: z.string(),
  until: z.string().optional(),
  reason: z.string().optional(),
});

const reason = z.strictObject({
  policyId: z.string().min(1),
  decision: z.enum(["WARN", "DENY"]),
  message: z.string(),
  path: z.string().nullable(),
  side: z.enum(["base", "head"]).nullable(),
  line,
  endLine: line,
  remedy: z.string().min(1),
  settledBy: z.array(settlement),
});

/** The shape of a GovernanceVerdict; unknown keys are refused. */
export const verdictShape = z.strictObject({
  decision: z.enum(["ALLOW", "WARN", "DENY"]),
  policyIds: z.array(z.string().min(1)),
  reasons: z.array(reason).max(MAX_REASONS),
  reasonsOmitted: z.int().min(0),
  provenance: z.strictObject({
    origin: z.enum(["app", "action", "cli"]),
    confidence: z.number().min(0).max(1),
    simulation: z.boolean(),
  }),
});

/**
 * Reads a verdict that somebody wrote as JSON.
 *
 * Refuses with `VERDICT_INVALID` what has not its shape, and a decision or policyIds that do not
 * follow from the reasons shown.
 */
export function parseVerdict(json: string): GovernanceVerdict {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new RulesError("VERDICT_INVALID", "a verdict is a JSON document", { cause });
  }
  const parsed = verdictShape.safeParse(value);
  if (!parsed.success) {
    throw new RulesError("VERDICT_INVALID", z.prettifyError(parsed.error), { cause: parsed.error });
  }
  refuseContradiction(parsed.data);
  return parsed.data;
}

/** The verdict's canonical JSON (RFC 8785): the same bytes on every machine. */
export function canonicalVerdict(verdict: GovernanceVerdict): string {
  return canonicalJson(verdict);
}

function refuseContradiction(verdict: GovernanceVerdict): void {
  const { decision, policyIds, reasons, reasonsOmitted } = verdict;
  const unsettled = reasons.filter(isUnsettled);
  const shown = policyIdsOf(unsettled);
  // Settled reasons are left out first: where one is shown, all unsettled ones are.
  const isWhole = reasonsOmitted === 0 || reasons.length > unsettled.length;
  const follows =
    decision === worstOf(unsettled) &&
    isSortedSet(policyIds) &&
    shown.every((id) => policyIds.includes(id)) &&
    (!isWhole || shown.length === policyIds.length);
  if (follows) return;
  throw new RulesError("VERDICT_INVALID", "the decision does not follow from the reasons");
}

function isSortedSet(ids: readonly string[]): boolean {
  return ids.every((id, index) => index === 0 || compareBytes(ids[index - 1] ?? "", id) < 0);
}
