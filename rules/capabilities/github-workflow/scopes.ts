/** A level of a token's scope that is a grant: `none` is not. */
export type TokenLevel = "read" | "write";

/** What a scope knows, and whether a token without `permissions` can have it. */
interface Scope {
  readonly levels: readonly TokenLevel[];
  readonly inDefaultToken: boolean;
}

const full: Scope = { levels: ["read", "write"], inDefaultToken: true };
const readOnly: Scope = { levels: ["read"], inDefaultToken: true };
const writeOnly: Scope = { levels: ["write"], inDefaultToken: true };

/**
 * Every scope of GITHUB_TOKEN that GitHub's own parser knows.
 *
 * Source: `Permissions.cs` of github.com/actions/runner and `workflow-v1.0.json` of
 * github.com/actions/languageservices; `id-token` is never part of a default token.
 */
export const SCOPES: ReadonlyMap<string, Scope> = new Map([
  ["actions", full],
  ["artifact-metadata", full],
  ["attestations", full],
  ["checks", full],
  ["contents", full],
  ["copilot-requests", writeOnly],
  ["deployments", full],
  ["discussions", full],
  ["id-token", { levels: ["write"], inDefaultToken: false }],
  ["issues", full],
  ["models", readOnly],
  ["packages", full],
  ["pages", full],
  ["pull-requests", full],
  ["repository-projects", full],
  ["security-events", full],
  ["statuses", full],
  ["vulnerability-alerts", readOnly],
  ["workflows", writeOnly],
]);

/** What GitHub's restricted default token may read; it writes nothing. */
const RESTRICTED_DEFAULT = new Set(["contents", "packages"]);

/**
 * The level that `read-all` or `write-all` gives a known scope, null for none: `read-all` gives
 * nothing of a scope that only knows write, `write-all` the most that a scope knows.
 */
export function levelOfAll(scope: string, all: TokenLevel): TokenLevel | null {
  const levels = SCOPES.get(scope)?.levels ?? [];
  if (all === "read") return levels.includes("read") ? "read" : null;
  return levels.at(-1) ?? null;
}

/** The level that a token without `permissions` gives a scope, null for none. */
export function levelOfDefault(scope: string, setting: TokenLevel): TokenLevel | null {
  if (setting === "read") return RESTRICTED_DEFAULT.has(scope) ? "read" : null;
  return SCOPES.get(scope)?.inDefaultToken ? levelOfAll(scope, "write") : null;
}
