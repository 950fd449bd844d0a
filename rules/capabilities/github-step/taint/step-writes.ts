import type { Source } from "../../github-expression/sources.ts";
import { actionOutput } from "./action-outputs.ts";
import { githubScriptOf } from "./github-script.ts";
import { writtenByGithubScript } from "./github-script-writes.ts";
import { type ContextTaints, type EnvTaints, taintsOfExpression } from "./known-taints.ts";
import { writtenByRun } from "./run-writes.ts";
import { nameIn, processVariable, type ScopeTaints } from "./scope-taints.ts";
import type { ScriptSources } from "./script-text.ts";
import type { Step } from "../step.ts";
import type { Taint } from "./taint.ts";
import { nothingWritten, type WrittenValues } from "./written-values.ts";

/** What is known of a step: its own `env`, and what the contexts hold for it. */
export interface StepTaints {
  readonly env: EnvTaints;
  readonly contexts: ContextTaints;
}

/** Adds what a step writes for later ones to what is known of its scope. */
export function leaveStep(step: Step, scope: ScopeTaints, known: StepTaints): void {
  const id = step.id.toLowerCase();
  const handedOn = actionOutput(step, null);
  if (id !== "" && handedOn.length > 0) {
    scope.actions.set(id, step);
    scope.outputs.add([id], handedOn);
  }
  const { outputs, variables } = writtenBy(step, scriptSourcesOf(scope, known));
  if (id !== "")
    for (const [name, taints] of outputs) scope.outputs.add([id, "outputs", name], taints);
  for (const [name, taints] of variables) scope.variables.add([nameIn(scope, name)], taints);
}

function writtenBy(step: Step, sources: ScriptSources): WrittenValues {
  if (step.run) return writtenByRun(step.run.text, sources);
  const script = githubScriptOf(step);
  return script ? writtenByGithubScript(script.text, sources) : nothingWritten();
}

/** Variables that the runner sets by itself, and whose text they hold. */
const DEFAULT_VARIABLES: Readonly<Record<string, Source>> = {
  GITHUB_HEAD_REF: { path: "github.head_ref", level: "outsider" },
  GITHUB_REF: { path: "github.ref", level: "insider" },
  GITHUB_REF_NAME: { path: "github.ref_name", level: "insider" },
};

/** What a step's script can take texts of others from: its variables and its expressions. */
export function scriptSourcesOf(scope: ScopeTaints, { env, contexts }: StepTaints): ScriptSources {
  return {
    expression: (inner) => taintsOfExpression(inner, contexts),
    variable: (name) => defaultTaints(nameIn(scope, name)) ?? processVariable(scope, env, name),
    ownVariables: env.all,
  };
}

function defaultTaints(name: string): readonly Taint[] | null {
  const source = Object.hasOwn(DEFAULT_VARIABLES, name) ? DEFAULT_VARIABLES[name] : undefined;
  return source ? [{ ...source, through: "", certainty: "exact" }] : null;
}
