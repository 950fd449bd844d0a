import type { Capability } from "../capability.ts";
import { NotUnderstood } from "../not-understood.ts";
import { entryOf, type DataEntry, type DataMap } from "../data/data-node.ts";
import { holdersOf } from "./jobs.ts";
import { levelOfAll, SCOPES, type TokenLevel } from "./scopes.ts";
import { isName, type Job, type Workflow } from "./workflow.ts";

export const PERMISSION_KIND = "github.workflow.permission";

/** The level of a scope in a job without `permissions`: the repository's settings decide it. */
export const DEFAULT_LEVEL = "default";

const MAX_SCOPES = 100;

/** What a token may do in one scope, and the lines that say so. */
interface Grant {
  readonly scope: string;
  readonly level: TokenLevel | typeof DEFAULT_LEVEL;
  readonly line: number;
  readonly endLine: number;
}

/**
 * What the token of each job may do: one capability a scope that is not `none`.
 *
 * `permissions` of a job replaces that of the workflow as a whole, and a map gives `none` to
 * every scope that it does not name. Where neither has it, each known scope has the level
 * `default` at the job's line; in a workflow that is only called, that default is its caller's.
 * A job that calls a reusable workflow hands its token on, so it counts like any other. A scope
 * that is not known yet is kept as written. Throws `NotUnderstood` for any other form, which
 * GitHub refuses too.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `permissions`.
 */
export function readPermissions(workflow: Workflow): Capability[] {
  const shared = grantsOf(workflow.root);
  return holdersOf(workflow).flatMap(({ job, ...holder }) => {
    const declared = grantsOf(job.body) ?? shared;
    const context = declared ? holder.context : `${holder.context}; permissions not declared`;
    return (declared ?? defaultGrants(job)).map(({ scope, ...grant }) => ({
      kind: PERMISSION_KIND,
      name: scope,
      certainty: "exact" as const,
      ...grant,
      ...holder,
      context,
    }));
  });
}

function grantsOf(owner: DataMap): readonly Grant[] | null {
  const permissions = entryOf(owner, "permissions");
  if (!permissions) return null;
  if (permissions.value.type !== "map") return grantsOfAll(permissions);
  const { entries } = permissions.value;
  if (entries.length > MAX_SCOPES) {
    throw new NotUnderstood("too-many-scopes", `more than ${MAX_SCOPES} scopes`, permissions.key);
  }
  return entries.map(grantOf).filter((grant) => grant !== null);
}

// `permissions: read-all`
function grantsOfAll({ key, value }: DataEntry): readonly Grant[] {
  const all = value.type === "scalar" ? /^(read|write)-all$/.exec(value.text)?.[1] : undefined;
  if (!all) {
    const why = "`permissions` is no map, read-all or write-all";
    throw new NotUnderstood("permission-form", why, key);
  }
  return [...SCOPES.keys()].flatMap((scope): readonly Grant[] => {
    const level = levelOfAll(scope, all as TokenLevel);
    return level ? [{ scope, level, line: value.line, endLine: value.endLine }] : [];
  });
}

// `contents: write`
function grantOf({ key, value }: DataEntry): Grant | null {
  const level = value.type === "scalar" ? value.text : "";
  if (!isName(key)) throw new NotUnderstood("permission-form", "a scope that is no name", key);
  if (level === "none") return null;
  if (level !== "read" && level !== "write") {
    throw new NotUnderstood("permission-form", "a scope that is not read, write or none", key);
  }
  return { scope: key.text, level, line: key.line, endLine: value.endLine };
}

function defaultGrants({ line }: Job): readonly Grant[] {
  return [...SCOPES.keys()].map((scope) => ({ scope, level: DEFAULT_LEVEL, line, endLine: line }));
}
