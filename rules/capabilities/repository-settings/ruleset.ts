import type { Capability } from "../capability.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import {
  entriesAt,
  isTrue,
  itemsAt,
  mapsAt,
  scalarAt,
  scalarsAt,
  valueAt,
} from "../data/values.ts";
import { grantedToEach } from "./granted.ts";
import { approvals, checkOf, guard } from "./protection.ts";

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
  const target = scalarAt(set, "target")?.text ?? "branch";
  const what = target === "branch" ? "covers" : `covers ${target}`;
  return entriesAt(set, "conditions").flatMap(({ value }) =>
    scalarsAt(value, "include").map((name) => guard(holder, `${what} ${name.text}`, name)),
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
    ...mapsAt(rule, "parameters", "required_status_checks").flatMap((check) =>
      checkOf(holder, check, "integration_id"),
    ),
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
  return [
    ...guards.map(({ key }) => guard(holder, key.text, key)),
    ...guards.flatMap(({ key, value }) => howFar(holder, key, value)),
  ];
}

/** Who may let a deployment through, where from, and how soon: one more, or sooner, is a raise. */
function howFar(holder: string, key: DataScalar, value: DataNode): Capability[] {
  const kind = "settings.bypass";
  if (key.text === "reviewers") {
    const reviewers = mapsAt(value).map((reviewer) => {
      const words = ["type", "id", "username", "name", "slug"].flatMap((word) =>
        scalarsAt(reviewer, word).map(({ text }) => text),
      );
      return { text: words.join(" "), line: reviewer.line };
    });
    return [grantedToEach({ kind, name: "reviewers", holder }, key, reviewers)];
  }
  if (key.text === "deployment_branch_policy") {
    const own = itemsAt(value, "custom_branch_policies").flatMap((branch) => {
      const name = branch.type === "map" ? scalarAt(branch, "name") : scalarAt(branch);
      return name ? [{ text: name.text, line: name.line }] : [];
    });
    const isProtected = isTrue(valueAt(value, "protected_branches"));
    const isOther = isTrue(valueAt(value, "custom_branch_policies"));
    const all = [
      ...(isProtected ? [{ text: "protected branches", line: key.line }] : []),
      ...(isOther ? [{ text: "branches that are named elsewhere", line: key.line }] : []),
    ];
    return [grantedToEach({ kind, name: "branches", holder }, key, [...all, ...own])];
  }
  if (key.text !== "wait_timer" || value.type !== "scalar") return [];
  const minutes = Number(value.text);
  return WAITS.filter((least) => minutes >= least).map((least) =>
    guard(holder, `wait_timer of ${least} minutes`, key),
  );
}

/** Waiting times, in minutes, that are kept up or not. */
const WAITS = [5, 15, 30, 60, 360, 1_440, 10_080, 43_200];
