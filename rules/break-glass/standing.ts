import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import { instantOf } from "../waivers/instant.ts";
import { isSameLogin } from "../facts/same-login.ts";
import type { NamedActor } from "../waivers/waiver.ts";
import type { Override } from "./override.ts";
import type { BreakGlass } from "./people.ts";

/** What overrides are held against. `breakGlass` is null where the policies name nobody. */
export interface OverrideContext {
  readonly breakGlass: BreakGlass | null;
  readonly repositoryId: string | null;
  readonly head: string;
  readonly at: string;
}

/** Whether the policies name somebody: a login is the word of whoever signs, a team has to be proven. */
export function mayOverride(breakGlass: BreakGlass | null, by: NamedActor): boolean {
  if (breakGlass === null) return false;
  return breakGlass.every(
    ({ users, teams }) =>
      users.some((user) => isSameLogin(user, by.login)) ||
      teams.some((team) => by.proven && by.via.includes(`team:${team}`)),
  );
}

/** The overrides that stand for this head now, in one order whatever theirs was. */
export function standingOverrides(
  overrides: readonly Override[],
  context: OverrideContext,
): readonly Override[] {
  const standing = overrides.filter((override) => isStanding(override, context));
  const byText = new Map(standing.map((override) => [canonicalJson(override), override]));
  return [...byText].sort(([one], [other]) => compareBytes(one, other)).map(([, each]) => each);
}

function isStanding(override: Override, context: OverrideContext): boolean {
  const [at, now] = [instantOf(override.at), instantOf(context.at)];
  return (
    override.repositoryId === context.repositoryId &&
    override.head === context.head &&
    override.reason.trim() !== "" &&
    at !== null &&
    now !== null &&
    at <= now &&
    mayOverride(context.breakGlass, override.by)
  );
}
