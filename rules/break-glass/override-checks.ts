import { isUnsettled } from "../verdict/decide.ts";
import type { PolicyCheck, Settlement } from "../verdict/verdict.ts";
import type { Override } from "./override.ts";

/** As many as one reason shows. */
const MAX_SHOWN = 5;

/** The checks with every reason that stands settled by the overrides, and shown so. */
export function overrideChecks(
  checks: readonly PolicyCheck[],
  overrides: readonly Override[],
): readonly PolicyCheck[] {
  if (overrides.length === 0) return checks;
  const acts = overrides.slice(0, MAX_SHOWN).map(settlementOf);
  return checks.map((check) => {
    if (!check.reasons.some(isUnsettled)) return check;
    const reasons = check.reasons.map((reason) =>
      isUnsettled(reason) ? { ...reason, settledBy: acts } : reason,
    );
    return { ...check, outcome: "overridden", reasons };
  });
}

function settlementOf({ id, by, at, reason }: Override): Settlement {
  return { kind: "override", id, actor: by.login, at, reason };
}
