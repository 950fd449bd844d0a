import type { Capability } from "../capability.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { scalarAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import type { Way } from "../reach.ts";
import { type Alternative, MAX_CONDITIONS } from "./condition.ts";

/** How much stands before a merge, from most to nothing. */
export const RULE_LEVELS = ["reviewed", "checked", "unguarded"] as const;

export type RuleLevel = (typeof RULE_LEVELS)[number];

/** What a bot does by itself, and when: `alternatives` are the sets of conditions that let it. */
export interface Rule {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly level?: RuleLevel;
  readonly alternatives: readonly Alternative[];
  readonly at: Place;
  /** Where its conditions stand, or would. */
  readonly guardLine?: number;
  /** What it does besides; a rule of the same content is the same under another name. */
  readonly content?: string;
}

/** A rule as a power with one way for each alternative. */
export function ruleCapability(rule: Rule): Capability {
  const { kind, name, level, at, guardLine = at.line, content = "" } = rule;
  const alternatives = bounded(rule.alternatives);
  const reach = alternatives.map((conditions): Way => {
    return { cause: name, conditions, line: at.line, guardLine };
  });
  const context = alternatives.map((one) => one.join(" and ") || "always").join(", or ");
  return {
    ...{ kind, name: printable(name), holder: printable(rule.holder) },
    ...{ context: printable(context), line: at.line, certainty: "exact", reach },
    ...(level === undefined ? {} : { level }),
    holderContent: contentDigest(kind, content, ...(content === "" ? [rule.holder] : [])),
  };
}

/** Comparing takes as long as the product of both sides' conditions. */
function bounded(alternatives: readonly Alternative[]): readonly Alternative[] {
  const count = alternatives.reduce((sum, one) => sum + one.length, alternatives.length);
  if (count <= 2 * MAX_CONDITIONS) return alternatives;
  const texts = alternatives.map((one) => [...new Set(one)].sort().join(" and "));
  return [[contentDigest(...[...new Set(texts)].sort())]];
}

/** A requirement that a bot checks before it lets a change in. */
export function guardCapability(
  name: string,
  holder: string,
  at: Place,
  level = "required",
): Capability {
  return {
    ...{ kind: "merge.guard", name: printable(name), holder: printable(holder), context: "" },
    ...{ level, line: at.line, certainty: "exact", reach: [] },
    holderContent: contentDigest("merge.guard", holder),
  };
}

/** Rules that another repository holds: what they ask for is not known here. */
export function rulesElsewhere(name: string, repository: DataScalar, content: string): Capability {
  return ruleCapability({
    ...{ kind: "merge.rule", name, holder: repository.text, at: repository, level: "checked" },
    ...{ alternatives: [[contentDigest(content)]], content },
  });
}

/**
 * `remote: acme/policies`, with `path` and `ref` at most: for Palantir's bots a file of nothing else
 * says where the rules stand; in any other file the word has no meaning.
 */
export function remoteRules(root: DataMap): Capability[] {
  const remote = scalarAt(root, "remote");
  const isAlone = root.entries.every(({ key }) => ["remote", "path", "ref"].includes(key.text));
  return remote && isAlone ? [rulesElsewhere("remote", remote, canonicalText(root))] : [];
}
