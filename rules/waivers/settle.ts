import { compareBytes } from "../change/path-order.ts";
import type { Found } from "../policy/evaluate.ts";
import type { Item } from "../policy/items.ts";
import { joinAlike } from "../policy/join-alike.ts";
import type { Settlement } from "../verdict/verdict.ts";
import { type ChangeContents, nameFindings } from "./fingerprint.ts";
import type { Waiver } from "./waiver.ts";

/** The waivers that stand, and the change whose findings they may settle. */
export interface Waiving {
  readonly waivers: readonly Waiver[];
  readonly contents: ChangeContents;
}

/** As many as one reason shows. */
const MAX_SHOWN = 5;

/**
 * The rules of one policy with items that are alike joined, those apart that the same waivers settle.
 *
 * A waiver settles the findings that it names and nothing else.
 */
export function settleByWaivers(rules: readonly Found[], waiving: Waiving | null): Found[] {
  const waivers = waiversOf(rules, waiving);
  if (waiving === null || waivers.length === 0) {
    return rules.map((rule) => ({ ...rule, fired: joinAlike(rule.fired) }));
  }
  const byFinding = settlements(waivers);
  const named = nameFindings(rules, waiving.contents);
  return rules.map((rule, index) => {
    const acts = new Map<Item, readonly Settlement[]>();
    const groups = Map.groupBy(named[index] ?? [], ({ fingerprint }) => {
      return JSON.stringify(byFinding.get(fingerprint) ?? []);
    });
    const fired = [...groups].flatMap(([text, findings]) => {
      const alike = joinAlike(findings.map(({ item }) => item));
      for (const item of alike) acts.set(item, JSON.parse(text) as Settlement[]);
      return alike;
    });
    return { ...rule, fired, waived: acts };
  });
}

function waiversOf(rules: readonly Found[], waiving: Waiving | null): readonly Waiver[] {
  const [first] = rules;
  return (waiving?.waivers ?? []).filter(
    ({ policyId, document }) => policyId === first?.policy.id && document === first.policy.document,
  );
}

function settlements(waivers: readonly Waiver[]): ReadonlyMap<string, readonly Settlement[]> {
  const byFinding = new Map<string, Settlement[]>();
  for (const waiver of [...waivers].sort((one, other) => compareBytes(one.id, other.id))) {
    for (const finding of new Set(waiver.findings)) {
      const acts = byFinding.get(finding) ?? [];
      if (acts.length < MAX_SHOWN) byFinding.set(finding, [...acts, settlementOf(waiver)]);
    }
  }
  return byFinding;
}

function settlementOf({ id, grantedBy, owner, at, expires, reason }: Waiver): Settlement {
  return { kind: "waiver", id, actor: grantedBy?.login ?? owner, at, until: expires, reason };
}
