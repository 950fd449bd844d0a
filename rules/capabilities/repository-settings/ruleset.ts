import type { Capability } from "../capability.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entriesAt, isTrue, mapsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { grantedToEach } from "./granted.ts";
import { approvals, guard } from "./protection.ts";

/**
 * What an active ruleset requires, of which references, and who is let past it. One that is
 * disabled, or only evaluated, requires nothing.
 *
 * Source: docs.github.com/en/rest/repos/rules#create-a-repository-ruleset.
 */
export function ruleset(set: DataMap, named: DataScalar): Capability[] {
  const holder = `ruleset ${named.text}`;
  if (scalarAt(set, "enforcement")?.text !== "active") return [];
  return [
    guard(holder, "protection", named),
    ...covered(holder, set),
    ...mapsAt(set, "rules").flatMap((rule) => requirementsOf(holder, rule)),
    ...exceptions(holder, named, set),
  ];
}

function covered(holder: string, set: DataMap): Capability[] {
  return entriesAt(set, "conditions").flatMap(({ value }) =>
    scalarsAt(value, "include").map((name) => guard(holder, `covers ${name.text}`, name)),
  );
}

function requirementsOf(holder: string, rule: DataMap): Capability[] {
  const type = scalarAt(rule, "type");
  if (!type) return [];
  const parameters = entriesAt(rule, "parameters");
  return [
    guard(holder, type.text, type, levelOf(type.text, rule)),
    ...parameters
      .filter(({ value }) => isTrue(value))
      .map(({ key }) => guard(holder, `${type.text} ${key.text}`, key)),
    ...mapsAt(rule, "parameters", "required_status_checks")
      .flatMap((check) => scalarsAt(check, "context"))
      .map((name) => guard(holder, `check ${name.text}`, name)),
  ];
}

function levelOf(type: string, rule: DataMap): string | undefined {
  if (type !== "pull_request") return undefined;
  return approvals(scalarAt(rule, "parameters", "required_approving_review_count")?.text ?? "0");
}

function exceptions(holder: string, at: DataNode, set: DataMap): Capability[] {
  const actors = mapsAt(set, "bypass_actors").map((actor) => {
    const words = ["actor_type", "actor_id", "name", "bypass_mode"].flatMap((key) =>
      scalarsAt(actor, key).map(({ text }) => text),
    );
    return { text: words.join(" "), line: actor.line };
  });
  const excluded = entriesAt(set, "conditions").flatMap(({ value }) =>
    scalarsAt(valueAt(value, "exclude")).map(({ text, line }) => ({ text, line })),
  );
  const kind = "settings.bypass";
  return [
    grantedToEach({ kind, name: "rules", holder }, at, actors),
    grantedToEach({ kind, name: "what is left out", holder }, at, excluded),
  ];
}

/** What a deployment to an environment waits for. */
export function environment(settings: DataMap, named: DataScalar): Capability[] {
  const holder = `environment ${named.text}`;
  const guards = settings.entries.filter(({ key, value }) => {
    if (value.type === "list") return key.text === "reviewers" && value.items.length > 0;
    if (value.type === "map") return key.text === "deployment_branch_policy";
    return key.text === "wait_timer" ? Number(value.text) > 0 : isTrue(value);
  });
  return guards.map(({ key }) => guard(holder, key.text, key));
}
