import type { Repository } from "../state/repositories.ts";
import type { RequiredCheck, Rule } from "../state/rulesets.ts";

/** One rule with the number of its ruleset in the repository, counted from 1. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly rulesetId: number;
}

/** The rules on a branch, whoever bypasses them. */
export function activeRules(repository: Repository, branch: string): ActiveRule[] {
  return repository.rulesets.flatMap((ruleset, index) => {
    const covers = ruleset.branches.some((pattern) =>
      new RegExp(refExpression(repository, pattern)).test(`refs/heads/${branch}`),
    );
    return covers ? ruleset.rules.map((rule) => ({ rule, rulesetId: index + 1 })) : [];
  });
}

/** The checks that a branch requires. */
export function requiredChecks(repository: Repository, branch: string): RequiredCheck[] {
  return activeRules(repository, branch).flatMap(({ rule }) =>
    rule.type === "required_status_checks" ? rule.checks : [],
  );
}

/** What the pre-receive hook reads: each rule that binds a pusher, with its refs. */
export function rulesForPush(repository: Repository, pushingApp: number | null): string {
  return repository.rulesets
    .filter(({ bypassApps = [] }) => pushingApp === null || !bypassApps.includes(pushingApp))
    .flatMap(({ branches, rules }) =>
      branches.flatMap((branch) =>
        rules.map(({ type }) => `${type} ${refExpression(repository, branch)}`),
      ),
    )
    .join("\n");
}

/** A branch pattern as an expression that both JavaScript and `grep -E` read. */
function refExpression(repository: Repository, pattern: string): string {
  if (pattern === "~ALL") return "^refs/heads/";
  const glob = pattern === "~DEFAULT_BRANCH" ? repository.defaultBranch : pattern;
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.\\+?^${}()|[\]]/g, "\\$&");
  });
  return `^refs/heads/${parts.join("")}$`;
}
