import type { Override } from "../rules/break-glass/override.ts";
import type { Waiver } from "../rules/waivers/waiver.ts";
import { counted } from "./counted.ts";
import { terminalText } from "./escape/terminal.ts";

/** A waiver, and whether it has been ended: by its date, or by somebody. */
export interface ListedWaiver {
  readonly waiver: Waiver;
  readonly state: "open" | "expired" | "revoked";
}

/** Waivers for a terminal, two lines each. */
export function waiversText(listed: readonly ListedWaiver[]): string {
  if (listed.length === 0) return "No waiver is on the record.\n";
  return listed
    .map(({ waiver, state }) => {
      const { id, policyId, owner, expires, findings, commit, reason, grantedBy } = waiver;
      const by = grantedBy === null ? "" : `, granted by ${grantedBy.login}`;
      const what = `${counted(findings.length, "finding")} of ${policyId} at ${commit.slice(0, 7)}`;
      return [
        `${state} until ${expires}: ${what}, waiver ${id}`,
        `  owner ${owner}${by}: ${reason}`,
      ];
    })
    .flat()
    .map((line) => `${terminalText(line)}\n`)
    .join("");
}

/** An emergency override, and whether somebody else has looked at it since. */
export interface ListedOverride {
  readonly override: Override;
  readonly state: "open" | "reviewed";
}

/** Emergency overrides for a terminal, two lines each. */
export function overridesText(listed: readonly ListedOverride[]): string {
  if (listed.length === 0) return "No emergency override is listed.\n";
  return listed
    .flatMap(({ override: { id, head, by, at, reason }, state }) => [
      `${state}: ${head.slice(0, 7)} overridden by ${by.login}, ${at}, incident ${id}`,
      `  ${reason}`,
    ])
    .map((line) => `${terminalText(line)}\n`)
    .join("");
}
