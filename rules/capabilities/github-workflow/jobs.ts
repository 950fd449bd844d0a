import { compareBytes } from "../../change/path-order.ts";
import type { Capability } from "../capability.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { entryOf, type YamlNode } from "../yaml-node.ts";
import { conjunctsOf } from "./conjuncts.ts";
import { isPrivileged } from "./triggers.ts";
import type { Job, Workflow } from "./workflow.ts";

/** A job as the holder of capabilities. */
interface JobHolder extends Pick<Capability, "holder" | "context" | "reach" | "holderContent"> {
  readonly job: Job;
}

/**
 * The jobs of a workflow as holders.
 *
 * `context`: the sorted events, then what else stands between them and the job
 * (`on push; environment prod; if guarded; calls octo/ci/.github/workflows/x.yml@v1`).
 * `reach`: each event that outsiders cause, with the job's `if`, and `run` with the environment
 * whose reviewers and branches are certain to stand before the job: an expression may come out
 * empty, and another environment has other reviewers, a new one none. An `if` counts before outsiders
 * alone: whoever may push may edit the steps as well.
 */
export function holdersOf(workflow: Workflow): JobHolder[] {
  const events = workflow.triggers.map((trigger) => trigger.name).sort(compareBytes);
  const privileged = events.filter(isPrivileged).map((event) => `trigger:${event}`);
  return workflow.jobs.map((job) => {
    const environment = environmentOf(job);
    return {
      job,
      holder: `jobs.${job.id}`,
      context: [`on ${events.join(", ")}`, ...guardsOf(job, environment)].join("; "),
      reach: [
        isCertain(environment) ? `run; environment ${contentDigest(environment)}` : "run",
        ...privileged.map((way) => `${way}${conditionOf(job)}`),
      ],
      holderContent: contentDigest(canonicalText(job.body, ["name", "permissions"])),
    };
  });
}

function guardsOf({ body }: Job, environment: string): string[] {
  const calls = textOf(entryOf(body, "uses")?.value);
  return [
    environment && `environment ${printable(environment)}`,
    textOf(entryOf(body, "if")?.value) && "if guarded",
    calls && `calls ${printable(calls)}`,
  ].filter((guard) => guard !== "");
}

// `environment: prod` or `environment: {name: prod, url: …}`
function environmentOf({ body }: Job): string {
  const environment = entryOf(body, "environment")?.value;
  return environment?.type === "map"
    ? textOf(entryOf(environment, "name")?.value)
    : textOf(environment);
}

// `if: X` and `if: ${{ X }}` are one. `if: X && Y` asks for more than `if: X`, so it is no raise.
function conditionOf({ body }: Job): string {
  const text = textOf(entryOf(body, "if")?.value);
  const bare = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text)?.[1]?.trim() ?? text;
  if (bare === "") return "";
  const conjuncts = conjunctsOf(bare).map((conjunct) => `; if ${contentDigest(conjunct)}`);
  return [...new Set(conjuncts)].sort().join("");
}

function isCertain(environment: string): boolean {
  return environment !== "" && !environment.includes("${{");
}

function textOf(node: YamlNode | undefined): string {
  return node?.type === "scalar" ? node.text.trim() : "";
}
