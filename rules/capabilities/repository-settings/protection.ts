import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataNode } from "../data/data-node.ts";
import { entryOf } from "../data/data-node.ts";
import { firstOfEach } from "../first-of-each.ts";
import { isTrue, mapsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { granted, grantedToEach } from "./granted.ts";

/** How many approvals can be required; more count as the most. */
const APPROVALS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/** Something is required: so many approvals of it, or it as a whole. */
export const GUARD_LEVELS = [...APPROVALS, "required"];

/** What a protection allows everybody where it is true; it forbids it else. */
const OPENINGS = ["allow_force_pushes", "allow_deletions"];

/**
 * What a branch's protection requires, each requirement a guard by itself, and who is let past it.
 *
 * Source: docs.github.com/en/rest/branches/branch-protection#update-branch-protection.
 */
export function branchProtection(holder: string, at: DataNode, protection: DataMap): Capability[] {
  return [
    guard(holder, "protection", at),
    ...OPENINGS.map((name) => opening(holder, at, name, entryOf(protection, name))),
    ...protection.entries.flatMap((entry) => requirement(holder, entry)),
  ];
}

function requirement(holder: string, { key, value }: DataEntry): Capability[] {
  const name = key.text;
  if (name.startsWith("allow_")) return [];
  if (isTrue(value)) return [guard(holder, name, key)];
  if (value.type !== "map") return [];
  if (name === "required_status_checks") return requiredChecks(holder, value);
  if (name === "required_pull_request_reviews") return requiredReviews(holder, key, value);
  if (name !== "restrictions") return [];
  return [guard(holder, name, key), actorsAt(holder, "push", key, value)];
}

function opening(
  holder: string,
  at: DataNode,
  name: string,
  entry: DataEntry | undefined,
): Capability {
  const everybody =
    entry && isTrue(entry.value) ? [{ text: "everybody", line: entry.key.line }] : [];
  return grantedToEach({ kind: "settings.bypass", name, holder }, at, everybody);
}

/** Something that is required of the branch, environment or ruleset `holder`. */
export function guard(holder: string, name: string, at: DataNode, level = "required"): Capability {
  return granted({ kind: "settings.protection", name, holder, level }, at);
}

function requiredChecks(holder: string, checks: DataMap): Capability[] {
  const strict = entryOf(checks, "strict");
  return [
    ...(strict && isTrue(strict.value) ? [guard(holder, "branch up to date", strict.key)] : []),
    ...firstOfEach(
      [
        ...scalarsAt(checks, "contexts").map((name) => guard(holder, `check ${name.text}`, name)),
        ...mapsAt(checks, "checks").flatMap((check) => checkOf(holder, check, "app_id")),
      ],
      ({ name }) => name,
    ),
  ];
}

/** A check by its name, and by the app that has to say it, where one is named: else anybody may. */
export function checkOf(holder: string, check: DataMap, appKey: string): Capability[] {
  const app = scalarAt(check, appKey);
  return scalarsAt(check, "context").flatMap((name) => [
    guard(holder, `check ${name.text}`, name),
    ...(app && app.text !== "-1"
      ? [guard(holder, `check ${name.text} by app ${app.text}`, app)]
      : []),
  ]);
}

function requiredReviews(holder: string, at: DataNode, reviews: DataMap): Capability[] {
  const count = scalarAt(reviews, "required_approving_review_count");
  const restricted = reviews.entries.find(({ key, value }) => {
    return (
      key.text === "dismissal_restrictions" && value.type === "map" && value.entries.length > 0
    );
  });
  return [
    guard(holder, "approving reviews", count ?? at, approvals(count?.text ?? "1")),
    ...reviews.entries
      .filter(({ value }) => isTrue(value))
      .map(({ key }) => guard(holder, key.text, key)),
    ...(restricted ? [guard(holder, restricted.key.text, restricted.key)] : []),
    ...(restricted ? [actorsAt(holder, "dismissal", restricted.key, restricted.value)] : []),
    actorsAt(holder, "pull requests", at, valueAt(reviews, "bypass_pull_request_allowances")),
  ];
}

/** A number of approvals as a level; what is no number requires none. */
export function approvals(text: string): string {
  const count = Math.trunc(Number(text));
  return String(Math.min(Math.max(Number.isNaN(count) ? 0 : count, 0), APPROVALS.length - 1));
}

function actorsAt(
  holder: string,
  name: string,
  at: DataNode,
  lists: DataNode | undefined,
): Capability {
  const actors = ["users", "teams", "apps"].flatMap((key) =>
    scalarsAt(valueAt(lists, key)).map(({ text, line }) => {
      return { text: `${key.slice(0, -1)} ${text}`, line };
    }),
  );
  return grantedToEach({ kind: "settings.bypass", name, holder }, at, actors);
}
