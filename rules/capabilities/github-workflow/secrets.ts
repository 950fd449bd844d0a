import type { Capability } from "../capability.ts";
import { guardedBy } from "../github-step/scope.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { distinctWays } from "../reach.ts";
import { entryOf, type DataEntry, type DataMap } from "../data/data-node.ts";
import { holdersOf } from "./jobs.ts";
import { NO_MATRIX } from "./evaluate.ts";
import { matrixOf } from "./matrix.ts";
import { conditionScalars } from "./scalars.ts";
import { ALL_SECRETS, type SecretUse, secretUses } from "./secret-uses.ts";
import type { Workflow } from "./workflow.ts";

export const SECRET_KIND = "github.workflow.secret";

/** A run gets no more: 100 of its organization, 100 of the repository, 100 of an environment. */
const MAX_SECRETS = 300;

/** A use of a secret, and the `if` of the step that it stands in. */
interface GuardedUse extends SecretUse {
  readonly condition: DataEntry | undefined;
}

/** A secret where its name stands first, and the `if` of each step that it stands in. */
interface Reached extends Pick<SecretUse, "line" | "endLine"> {
  readonly conditions: Set<DataEntry | undefined>;
}

/**
 * The secrets that each job can reach: one capability a job and secret, where its name stands
 * first; `*` at level `all` where a job gets whatever secret there is (`secrets: inherit`, the
 * whole context, an index that only a run knows).
 *
 * Before outsiders it counts with the `if` of each step that uses it; one of them gone is a raise.
 * The workflow's `env` reaches every job. GITHUB_TOKEN is none of them: `permissions` say what
 * it may do. Throws `NotUnderstood` for a job that names more secrets than a run can have.
 *
 * Source: docs.github.com, "Secrets reference", limits; "Contexts reference", `secrets`.
 */
export function readSecrets(workflow: Workflow): Capability[] {
  const env = entryOf(workflow.root, "env")?.value;
  const ofAllJobs = secretUses(env, new Set(), NO_MATRIX).map(unguarded);
  return holdersOf(workflow).flatMap(({ job, ...holder }) =>
    [...byName([...ofAllJobs, ...usesOf(job.body)])].map(([name, { conditions, ...lines }]) => ({
      kind: SECRET_KIND,
      name: printable(name),
      level: name === ALL_SECRETS ? "all" : "named",
      ...lines,
      certainty: "exact" as const,
      ...holder,
      reach: distinctWays([...conditions].flatMap((one) => guardedBy(holder.reach, one))),
    })),
  );
}

function byName(uses: readonly GuardedUse[]): ReadonlyMap<string, Reached> {
  const named = new Map<string, Reached>();
  for (const { name, line, endLine } of uses.toSorted(byLine)) {
    if (!named.has(name)) named.set(name, { line, endLine, conditions: new Set() });
    if (named.size <= MAX_SECRETS) continue;
    const place = { line, column: 1 };
    throw new NotUnderstood("too-many-secrets", `more than ${MAX_SECRETS} secrets`, place);
  }
  // In the order of the format, however the file is written.
  for (const { name, condition } of uses) named.get(name)?.conditions.add(condition);
  return named;
}

function byLine(left: SecretUse, right: SecretUse): number {
  return left.line - right.line;
}

function usesOf(job: DataMap): GuardedUse[] {
  const conditions = new Set(conditionScalars(job));
  const matrix = matrixOf(job);
  const around = { ...job, entries: job.entries.filter(({ key }) => key.text !== "steps") };
  const outside = [...inherited(job), ...secretUses(around, conditions, matrix)].map(unguarded);
  const steps = entryOf(job, "steps")?.value;
  const inside = (steps?.type === "list" ? steps.items : []).flatMap((step) => {
    const condition = step.type === "map" ? entryOf(step, "if") : undefined;
    return secretUses(step, conditions, matrix).map((use) => ({ ...use, condition }));
  });
  return [...outside, ...inside];
}

function unguarded(use: SecretUse): GuardedUse {
  return { ...use, condition: undefined };
}

// `secrets: inherit`
function inherited(job: DataMap): SecretUse[] {
  const handed = entryOf(job, "secrets");
  if (handed?.value.type !== "scalar" || handed.value.text !== "inherit") return [];
  return [{ name: ALL_SECRETS, line: handed.key.line, endLine: handed.value.endLine }];
}
