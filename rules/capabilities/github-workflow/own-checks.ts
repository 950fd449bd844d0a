import type { Capability } from "../capability.ts";
import { entryOf, type DataEntry, type DataMap, type DataNode } from "../data/data-node.ts";
import { firstOfEach } from "../first-of-each.ts";
import { actionReference } from "../github-step/reference.ts";
import { type Step, stepsOf } from "../github-step/step.ts";
import { canonicalText } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { isForgiven } from "./job-brakes.ts";
import type { Job, Trigger, Workflow } from "./workflow.ts";

export const OWN_CHECK_KIND = "bailiff.check";
export const OWN_CONDITION_KIND = "bailiff.condition";

/** Where Bailiff judges: a step of a job, or a job that calls a workflow named after it. */
interface OwnCheck {
  readonly job: Job;
  readonly line: number;
  /** The job, and the step where there is one: what may keep the check from being asked. */
  readonly around: readonly DataMap[];
  readonly inputs: readonly DataEntry[];
  readonly isHeuristic: boolean;
}

type Told = Pick<Capability, "kind" | "name" | "line">;

/**
 * Where a workflow has Bailiff judge.
 *
 * `bailiff.check` is a guard: one for each event (`on pull_request`), for each policy that the Action
 * is given (`policy bailiff:recommended@1`), and `records` where it signs. `bailiff.condition` is
 * what leaves changes out or lets a denial pass: `if`, `continue-on-error`, filters of the event,
 * another base or head, a ledger that is off.
 */
export function readOwnChecks(workflow: Workflow): readonly Capability[] {
  const checks = workflow.jobs.flatMap(checksOf).filter(({ around }) => !around.some(isNever));
  const told = checks.flatMap((check) => {
    const { job, isHeuristic } = check;
    const all = [...guardsOf(workflow, check), ...conditionsOf(workflow, check)];
    const certainty = isHeuristic ? "heuristic" : "exact";
    return all.map((one) => plainGrant({ ...one, holder: `jobs.${job.id}`, certainty }));
  });
  return firstOfEach(told, ({ kind, name }) => `${kind} ${name}`);
}

function checksOf(job: Job): OwnCheck[] {
  const calls = entryOf(job.body, "uses")?.value;
  if (calls?.type === "scalar") {
    return OWN_WORKFLOW.test(calls.text) ? [checkOf(job, { line: calls.line })] : [];
  }
  return stepsOf(job.body).flatMap((step) => {
    if (isOwnAction(step)) return [checkOf(job, step)];
    return OWN_COMMAND.test(step.run?.text ?? "")
      ? [{ ...checkOf(job, step), isHeuristic: true }]
      : [];
  });
}

function checkOf(job: Job, step: Pick<Step, "line"> & Partial<Step>): OwnCheck {
  const around = step.body ? [job.body, step.body] : [job.body];
  return { job, line: step.line, around, inputs: step.inputs ?? [], isHeuristic: false };
}

const OWN_WORKFLOW = /\/bailiff\.ya?ml(?:@|$)/i;
const OWN_COMMAND = /(?:^|[\s/;&|(])bailiff\s+(?:check|run)(?:\s|$)/m;

function isOwnAction({ uses }: Step): boolean {
  const name = uses ? actionReference(uses.text, "")?.name : undefined;
  return name !== undefined && /^[^/]+\/bailiff$/.test(name);
}

function isNever(owner: DataMap): boolean {
  const condition = entryOf(owner, "if")?.value;
  return (
    condition?.type === "scalar" && /^(?:\$\{\{)?\s*false\s*(?:\}\})?$/i.test(condition.text.trim())
  );
}

function guardsOf({ triggers }: Workflow, { inputs, line }: OwnCheck): Told[] {
  const policies = inputs.filter(({ key }) => isInput(key.text, "policy")).flatMap(linesOf);
  return [
    ...triggers.map(({ name }) => guard(`on ${name}`, line)),
    ...policies.map((policy) => guard(`policy ${policy}`, line)),
    ...inputs.filter(isSigning).map(({ key }) => guard("records", key.line)),
  ];
}

function guard(name: string, line: number): Told {
  return { kind: OWN_CHECK_KIND, name, line };
}

function linesOf({ value }: DataEntry): string[] {
  const text = value.type === "scalar" ? value.text : "";
  return text.split("\n").flatMap((line) => line.trim() || []);
}

function isSigning({ key, value }: DataEntry): boolean {
  return isInput(key.text, "signing-key") && textOf(value) !== "";
}

function conditionsOf({ triggers }: Workflow, { around, inputs }: OwnCheck): Told[] {
  const asked = around.flatMap((owner) => entryOf(owner, "if") ?? []);
  const forgiven = around
    .filter(isForgiven)
    .flatMap((owner) => entryOf(owner, "continue-on-error") ?? []);
  const turned = inputs.filter((input) => isInput(input.key.text, "base", "head") || isOff(input));
  return [
    ...[...asked, ...forgiven, ...turned].map((entry) => condition(entry)),
    ...triggers.flatMap(filtersOf),
  ];
}

function filtersOf({ name, filters }: Trigger): Told[] {
  return filters?.type === "map"
    ? filters.entries.map((entry) => condition(entry, `${name}.`))
    : [];
}

function condition({ key, value }: DataEntry, prefix = ""): Told {
  const name = `${prefix}${key.text}: ${textOf(value)}`;
  return { kind: OWN_CONDITION_KIND, name, line: key.line };
}

function isOff({ key, value }: DataEntry): boolean {
  return isInput(key.text, "ledger") && textOf(value).toLowerCase() === "off";
}

function isInput(key: string, ...names: readonly string[]): boolean {
  return names.includes(key.toLowerCase());
}

function textOf(value: DataNode): string {
  return value.type === "scalar" ? value.text.trim() : canonicalText(value);
}
