import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import {
  entryOf,
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
} from "../data/data-node.ts";

/** An event of `on`; `filters` is null where the event stands alone. */
export interface Trigger {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly filters: DataNode | null;
}

export interface Job {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  readonly body: DataMap;
  /** The digest of what it is but for its name and permissions: for `Capability.holderContent`. */
  readonly content: string;
}

export interface Workflow {
  readonly root: DataMap;
  /** Without doubles, in the order of the file. */
  readonly triggers: readonly Trigger[];
  readonly jobs: readonly Job[];
}

const MAX_TRIGGERS = 100;
const MAX_JOBS = 1000;

/**
 * A job id, an event or a scope. GitHub refuses job ids of another form; events and scopes that
 * we do not know yet look like this too.
 */
export function isName({ resolved, text }: DataScalar): boolean {
  return resolved === "string" && /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/.test(text);
}

/**
 * Finds the triggers and jobs of a parsed workflow file. Throws `NotUnderstood` where it has
 * none, or in a form that GitHub would refuse too.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `on` and `jobs`.
 */
export function findWorkflow(root: DataNode): Workflow {
  if (root.type !== "map") throw new NotUnderstood("no-workflow", "not a map of keys", root);
  return { root, triggers: findTriggers(root), jobs: findJobs(root) };
}

function findTriggers(root: DataMap): readonly Trigger[] {
  const on = entryOf(root, "on");
  if (!on) throw new NotUnderstood("no-triggers", "a workflow without `on`", root);
  const triggers = new Map(listTriggers(on.value).map((trigger) => [trigger.name, trigger]));
  if (triggers.size === 0) throw new NotUnderstood("no-triggers", "`on` names no event", on.key);
  if (triggers.size > MAX_TRIGGERS) {
    throw new NotUnderstood("too-many-triggers", `more than ${MAX_TRIGGERS} events`, on.key);
  }
  // GitHub refuses them as one key twice, so that they could only make many ways of one event.
  if (new Set([...triggers.keys()].map((name) => name.toLowerCase())).size < triggers.size) {
    throw new NotUnderstood("trigger-form", "`on` names an event twice, in other letters", on.key);
  }
  return [...triggers.values()];
}

// `on: push`, `on: [push, fork]`, `on: {push: {branches: [main]}}`
function listTriggers(on: DataNode): readonly Trigger[] {
  if (on.type === "scalar") return [triggerOf(on, null)];
  if (on.type === "list") return on.items.map((item) => triggerOf(item, null));
  return on.entries.map(({ key, value }) => triggerOf(key, value));
}

function triggerOf(event: DataNode, filters: DataNode | null): Trigger {
  if (event.type !== "scalar" || !isName(event)) {
    throw new NotUnderstood("trigger-form", "`on` holds something that is no event", event);
  }
  const endLine = filters?.endLine ?? event.endLine;
  const isWritten = filters !== null && !(filters.type === "scalar" && filters.text === "");
  return { name: event.text, line: event.line, endLine, filters: isWritten ? filters : null };
}

function findJobs(root: DataMap): readonly Job[] {
  const jobs = entryOf(root, "jobs");
  if (!jobs) throw new NotUnderstood("no-jobs", "a workflow without `jobs`", root);
  if (jobs.value.type !== "map" || jobs.value.entries.length === 0) {
    throw new NotUnderstood("no-jobs", "`jobs` is no map of jobs", jobs.key);
  }
  if (jobs.value.entries.length > MAX_JOBS) {
    throw new NotUnderstood("too-many-jobs", `more than ${MAX_JOBS} jobs`, jobs.key);
  }
  return jobs.value.entries.map(jobOf);
}

function jobOf({ key, value }: DataEntry): Job {
  if (!isName(key)) throw new NotUnderstood("job-form", "a job id that GitHub refuses", key);
  if (value.type !== "map") throw new NotUnderstood("job-form", "a job that is no map", key);
  const content = contentDigest(canonicalText(value, ["name", "permissions"]));
  return { id: key.text, line: key.line, endLine: value.endLine, body: value, content };
}
