import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import type { Reason } from "./verdict.ts";

/** The order of reasons: decision (DENY first), path bytes, line, policyId, message; then all the rest. */
export function compareReasons(left: Reason, right: Reason): number {
  return (
    compareBytes(left.decision, right.decision) ||
    compareBytes(left.path ?? "", right.path ?? "") ||
    (left.line ?? 0) - (right.line ?? 0) ||
    compareBytes(left.policyId, right.policyId) ||
    compareBytes(left.message, right.message) ||
    compareBytes(canonicalJson(left), canonicalJson(right))
  );
}
