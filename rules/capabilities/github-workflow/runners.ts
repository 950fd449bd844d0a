import type { Capability } from "../capability.ts";
import { embeddedIn } from "../github-expression/embedded.ts";
import { sourceAt } from "../github-expression/sources.ts";
import { yieldedPathsIn } from "../github-expression/yielded-paths.ts";
import { compareBytes } from "../../change/path-order.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { entryOf, type DataEntry, type DataNode } from "../data/data-node.ts";
import type { Matrix } from "./evaluate.ts";
import { isHosted, isSelfHosted } from "./hosted-labels.ts";
import { holdersOf } from "./jobs.ts";
import { matrixOf } from "./matrix.ts";
import { possibleValues } from "./possible-values.ts";
import { combinations, textsOf } from "./value-nodes.ts";
import type { Workflow } from "./workflow.ts";

export const RUNNER_KIND = "github.workflow.runner";

/** One run has no more jobs. */
const MAX_RUNNERS = 256;

/** What a job may run on: labels of which a machine has all, of a group where one is named. */
interface Choice {
  readonly group: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

/**
 * Machines that jobs run on and that are not GitHub's own: one capability a job and choice, named
 * by its labels, or by its group.
 *
 * `self-hosted` where that label says so, another that such machines have by default, or a text of
 * outsiders; `custom` for any other label or group, which may be a larger runner of GitHub's or somebody's machine, and for what only a run knows. Values of the
 * matrix stand where they are written. Throws `NotUnderstood` for more choices than a run has jobs.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `jobs.<job_id>.runs-on`.
 */
export function readRunners(workflow: Workflow): Capability[] {
  return holdersOf(workflow).flatMap(({ job, ...holder }) => {
    const runsOn = entryOf(job.body, "runs-on");
    if (!runsOn) return [];
    return [...namedChoices(runsOn, matrixOf(job.body))].map(
      ([name, { group, labels, line, endLine }]): Capability => {
        const isNamed = labels.includes("self-hosted");
        const isOwn =
          isNamed || (group === "" && labels.some(isSelfHosted)) || labels.some(isOutsiders);
        return {
          kind: RUNNER_KIND,
          name: printable(name),
          level: isOwn ? "self-hosted" : "custom",
          certainty: isNamed ? "exact" : "heuristic",
          line,
          endLine,
          ...holder,
        };
      },
    );
  });
}

// `runs-on: ${{ github.event.comment.body }}`: any machine there is.
function isOutsiders(label: string): boolean {
  const paths = embeddedIn(label).flatMap(({ inner }) => yieldedPathsIn(inner));
  return paths.some((path) => sourceAt(path)?.level === "outsider");
}

/** The choices that are not hosted, by name. */
function namedChoices(runsOn: DataEntry, matrix: Matrix): Map<string, Choice> {
  const named = new Map<string, Choice>();
  for (const value of possibleValues(runsOn.value, matrix)) {
    for (const choice of choicesOf(value, matrix)) {
      const name = nameOf(choice);
      if (name === "" || named.has(name)) continue;
      named.set(name, isWithin(value, runsOn) ? { ...choice, ...spanOf(runsOn) } : choice);
    }
    if (named.size <= MAX_RUNNERS) continue;
    throw new NotUnderstood("too-many-runners", `more than ${MAX_RUNNERS} runners`, runsOn.key);
  }
  return named;
}

/** "" where GitHub runs the machine. */
function nameOf({ group, labels }: Choice): string {
  const text = labels.join(", ");
  if (group !== "") return `group ${[group, text].filter((part) => part !== "").join(": ")}`;
  return labels.every(isHosted) ? "" : text;
}

// `ubuntu-24.04`, `[self-hosted, gpu]`, `{group: big, labels: [gpu]}`
function choicesOf(value: DataNode, matrix: Matrix): Choice[] {
  const { line, endLine } = value;
  if (value.type !== "map") {
    return labelChoices(value, matrix).map((labels) => ({ group: "", labels, line, endLine }));
  }
  const group = entryOf(value, "group")?.value;
  const groups = group ? textsOf(possibleValues(group, matrix)) : [""];
  const written = entryOf(value, "labels")?.value;
  const choices = written ? labelChoices(written, matrix) : [[]];
  return groups.flatMap((name) =>
    choices.map((labels) => ({ group: name.trim(), labels, line, endLine })),
  );
}

function labelChoices(value: DataNode, matrix: Matrix): (readonly string[])[] {
  return possibleValues(value, matrix).flatMap((labels) => {
    const items = labels.type === "list" ? labels.items : [labels];
    const choices = items.map((item) => textsOf(possibleValues(item, matrix)));
    return (combinations(choices) ?? [textsOf(items)]).map(inOneSpelling);
  });
}

function inOneSpelling(labels: readonly string[]): readonly string[] {
  const written = labels.map((label) => label.trim().toLowerCase()).filter((label) => label !== "");
  return [...new Set(written)].sort(compareBytes);
}

function isWithin(value: DataNode, { key, value: whole }: DataEntry): boolean {
  return value.line >= key.line && value.endLine <= whole.endLine;
}

function spanOf({ key, value }: DataEntry): { line: number; endLine: number } {
  return { line: key.line, endLine: value.endLine };
}
