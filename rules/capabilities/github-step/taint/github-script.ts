import type { DataScalar } from "../../data/data-node.ts";
import { actionOf } from "../inputs.ts";
import type { Step } from "../step.ts";

/** The JavaScript that a step of `actions/github-script` runs; null for any other step. */
export function githubScriptOf(step: Step): DataScalar | null {
  if (actionOf(step) !== "actions/github-script") return null;
  const script = step.inputs.find(({ key }) => key.text.toLowerCase() === "script")?.value;
  return script?.type === "scalar" ? script : null;
}
