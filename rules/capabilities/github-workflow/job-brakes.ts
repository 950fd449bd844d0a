import type { Brakes } from "../brakes.ts";
import { successAskedBy } from "../github-expression/status.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { onceForEach } from "../once-for-each.ts";
import { entryOf, type DataMap, type DataNode } from "../data/data-node.ts";
import type { Job, Workflow } from "./workflow.ts";

/**
 * What stops a job by failing: the jobs that it needs, as far as its `if` asks for their success,
 * and its steps but for the last. `continue-on-error` takes the brake from a job or a step.
 */
export function brakesOf(workflow: Workflow, { body }: Job): Brakes {
  const steps = entryOf(body, "steps")?.value;
  const before = namedByContent(steps?.type === "list" ? steps.items.slice(0, -1) : []);
  const namesOf = (some: readonly NamedStep[]): ReadonlySet<string> =>
    new Set(some.map(({ name }) => name));
  return {
    jobs: jobsBefore(workflow, body),
    stopping: namesOf(before.filter(({ step }) => !isForgiven(step))),
    forgiven: namesOf(before.filter(({ step }) => isForgiven(step))),
  };
}

interface NamedStep {
  /** Digest of the content, and which of the equal steps this is, counted from 1. */
  readonly name: string;
  readonly step: DataNode;
}

function namedByContent(steps: readonly DataNode[]): readonly NamedStep[] {
  const copies = new Map<string, number>();
  return steps.map((step) => {
    const digest = contentDigest(canonicalText(step, ["continue-on-error", "name"]));
    const copy = (copies.get(digest) ?? 0) + 1;
    copies.set(digest, copy);
    return { name: `${digest} ${copy}`, step };
  });
}

function jobsBefore(workflow: Workflow, body: DataMap): ReadonlyMap<string, string> {
  const asked = successAskedBy(entryOf(body, "if"));
  const needs = entryOf(body, "needs")?.value;
  const items = needs?.type === "list" ? needs.items : needs ? [needs] : [];
  const ids = items.map((item) => (item.type === "scalar" ? item.text.toLowerCase() : ""));
  const jobs = jobsById(workflow);
  return new Map(
    ids
      .filter((id) => asked.ofAll || asked.ofJobs.has(id))
      .flatMap((id) => jobs.get(id) ?? [])
      .filter((job) => !isForgiven(job.body))
      .map((job) => [job.id.toLowerCase(), job.content]),
  );
}

const jobsById = onceForEach(
  ({ jobs }: Workflow) => new Map(jobs.map((job) => [job.id.toLowerCase(), job])),
);

/** Whether a job or a step goes on where it fails; an expression may say so. */
export function isForgiven(owner: DataNode): boolean {
  const forgives = owner.type === "map" ? entryOf(owner, "continue-on-error")?.value : undefined;
  if (!forgives) return false;
  return forgives.type !== "scalar" || !/^(?:false)?$/i.test(forgives.text.trim());
}
