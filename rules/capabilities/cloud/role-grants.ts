import type { Capability } from "../capability.ts";
import type { Way } from "../reach.ts";
import type { ConfigText } from "./config-value.ts";
import { grantedTo, type Holder } from "./granted.ts";
import type { RoleLevel } from "./roles.ts";

/** A role that is given to members on a scope. */
export interface RoleGrant {
  readonly role: ConfigText;
  readonly level: RoleLevel;
  readonly members: readonly ConfigText[];
  /** On what, as text; `widerScopes` are those that it lies in. */
  readonly scope: string;
  readonly widerScopes: readonly string[];
  readonly conditions: readonly string[];
}

const EVERYBODY = new Set(["allusers", "allauthenticatedusers"]);

/** What giving a role grants: it is a capability of the resource that gives it, and open to all where its members are. */
export function roleGrants(holder: Holder, grant: RoleGrant): Capability[] {
  const { role, level, members, conditions } = grant;
  const open = members.filter(({ text }) => EVERYBODY.has(text.toLowerCase()));
  const named = members.filter((member) => !open.includes(member));
  const shown = named
    .map(({ text }) => text)
    .sort()
    .slice(0, MAX_SHOWN);
  const context = [`${shown.join(", ")} on ${grant.scope}`, ...conditions].join(" if ");
  const given = grantedTo(holder, {
    kind: "cloud.role",
    ...{ name: role.text, level, line: role.line, context },
    certainty: role.literal ? "exact" : "heuristic",
    reach: named.map((member) => wayOf(member, grant)),
  });
  return [
    ...(named.length > 0 ? [given] : []),
    ...open.map(({ text, line }) => {
      const name = `${role.text} to ${text}`;
      const level = grant.level === "read" ? "readable" : "writable";
      return grantedTo(holder, { kind: "cloud.public", name, level, line, reach: [] });
    }),
  ];
}

const MAX_SHOWN = 16;

function wayOf({ text, line }: ConfigText, grant: RoleGrant): Way {
  const { scope, widerScopes, conditions } = grant;
  return {
    cause: `${text} on ${scope}`,
    bounds: widerScopes.map((wider) => `${text} on ${wider}`),
    conditions: [...conditions].sort(),
    ...{ line, guardLine: line },
  };
}
