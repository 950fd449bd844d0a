import type { Capability, Reading } from "../../../../rules/capabilities/capability.ts";
import { githubWorkflow } from "../../../../rules/capabilities/github-workflow.ts";
import {
  findWorkflow,
  type Workflow,
} from "../../../../rules/capabilities/github-workflow/workflow.ts";
import type { DataMap } from "../../../../rules/capabilities/data/data-node.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";
import type { CapabilityFact } from "../../../../rules/facts/facts.ts";
import { diffOf } from "../changes.ts";

const PATH = ".github/workflows/ci.yml";

/** What is made of a workflow's text. */
export function readText(text: string): Reading {
  return githubWorkflow.read(PATH, new TextEncoder().encode(text));
}

/** A workflow's text as its readers are given it. */
export function workflowOf(text: string): Workflow {
  return findWorkflow(parseYaml(new TextEncoder().encode(text), Infinity));
}

/** The capabilities of one kind that a workflow's text grants. */
export function capabilitiesOf(kind: string, text: string): readonly Capability[] {
  const reading = readText(text);
  if (!reading.understood) throw new Error(`${reading.code}: ${reading.why}`);
  return reading.capabilities.filter((capability) => capability.kind === kind);
}

/** The same, `holder name level line` each, without what is missing. */
export function granted(kind: string, text: string): string[] {
  return capabilitiesOf(kind, text).map(({ holder, name, level, line }) =>
    [holder, name, level, line].filter((part) => part !== undefined).join(" "),
  );
}

/** The facts of one kind that a change of a workflow gives. */
export function changed(kind: string, base: string, head: string): CapabilityFact[] {
  return diffOf({ [PATH]: base }, { [PATH]: head }).filter((fact) => fact.kind === kind);
}

/** The map that a YAML text is. */
export function mapOf(text: string): DataMap {
  const root = parseYaml(new TextEncoder().encode(text), 1_000_000);
  if (root.type !== "map") throw new Error("no map");
  return root;
}
