import type { ExpressionPath } from "../../github-expression/yielded-paths.ts";
import { actionOutput } from "./action-outputs.ts";
import { inputTaints } from "./input-taints.ts";
import { neededBy } from "./job-order.ts";
import { type ContextTaints, type EnvTaints, taintsOfEnv, taintsOfNode } from "./known-taints.ts";
import { matrixTaints } from "./matrix-taints.ts";
import type { StepScope } from "../scope.ts";
import { ANY_KEY, openEntriesOf, type Step } from "../step.ts";
import { guessed, mergeTaints, type Taint } from "./taint.ts";
import { emptyStore, type TaintStore } from "./taint-store.ts";

/** What is known of a whole file: its inputs, its outermost `env`, and the outputs of jobs read so far. */
export interface FileTaints {
  /** By name in lower case. */
  readonly inputs: TaintStore;
  readonly env: EnvTaints;
  /** By job and name, both in lower case. */
  readonly outputs: TaintStore;
}

/** What is known of a scope between two of its steps: what they write is added. */
export interface ScopeTaints {
  /** `inputs`, `needs` and `matrix`, the same for every step. */
  readonly contexts: ContextTaints;
  /** The `env` around the steps, the innermost first. */
  readonly env: readonly EnvTaints[];
  /** By the step's id, `outputs` and name, all in lower case. */
  readonly outputs: TaintStore;
  /** What steps wrote to the environment of later ones. */
  readonly variables: TaintStore;
  /** The steps so far whose action is known to hand on texts of others, by id in lower case. */
  readonly actions: Map<string, Step>;
}

/** A file before its first scope is read. What every scope repeats is read once. */
export function enterFile([first]: readonly StepScope[]): FileTaints {
  const inputs = inputTaints(first?.inputs ?? []);
  const env = taintsOfEnv(first?.env[0] ?? [], { inputs: inputs.at });
  return { inputs, env, outputs: emptyStore() };
}

/** A scope before its first step; the jobs that it needs are read. */
export function enterScope(scope: StepScope, file: FileTaints): ScopeTaints {
  const needs = neededTaints(neededBy(scope), file);
  const inputs = file.inputs.at;
  const matrix = matrixTaints(scope.body, { inputs, needs });
  const contexts = { inputs, needs, matrix: matrix.at };
  return {
    contexts,
    env: [taintsOfEnv(openEntriesOf(scope.body, "env"), contexts), file.env],
    outputs: emptyStore(),
    variables: emptyStore(),
    actions: new Map(),
  };
}

/** What the contexts hold for a step with this `env` of its own. */
export function contextsAt(scope: ScopeTaints, stepEnv: EnvTaints): ContextTaints {
  return {
    ...scope.contexts,
    env: (path) => variableTaints(scope, stepEnv, path),
    steps: (path) => outputTaints(scope, path),
  };
}

/** Adds the outputs of a job whose last step is read: `outputs: {title: ${{ steps.x.outputs.y }}}`. */
export function leaveScope(scope: StepScope, taints: ScopeTaints, file: FileTaints): void {
  const contexts = contextsAt(taints, NO_ENV);
  for (const { key, value } of openEntriesOf(scope.body, "outputs")) {
    const keys = [scope.id.toLowerCase(), key.text.toLowerCase()];
    file.outputs.add(keys, taintsOfNode(value, contexts));
  }
}

/** The `env` of a step that has none. */
export const NO_ENV: EnvTaints = { byName: new Map(), all: [] };

// `needs.build.outputs.title`
function neededTaints(
  needed: ReadonlySet<string>,
  { outputs }: FileTaints,
): (path: ExpressionPath) => readonly Taint[] {
  const all = guessed(mergeTaints([...needed].map((id) => outputs.at([id]))));
  return ([job, part, ...name]) => {
    if (!isOutputs(part)) return [];
    if (typeof job !== "string") return all;
    return needed.has(job) ? guessed(outputs.at([job, ...name])) : [];
  };
}

// `steps.read.outputs.title`
function outputTaints({ outputs, actions }: ScopeTaints, path: ExpressionPath): readonly Taint[] {
  const [id, part, name] = path;
  if (!isOutputs(part)) return [];
  const action = typeof id === "string" ? actions.get(id) : undefined;
  return action ? actionOutput(action, name ?? null) : guessed(outputs.at(path));
}

function isOutputs(part: string | null | undefined): boolean {
  return part === "outputs" || part === null || part === undefined;
}

// `env.TITLE`: of its own step first, then what earlier steps wrote, then the job's and the workflow's.
function variableTaints(
  { env, variables }: ScopeTaints,
  stepEnv: EnvTaints,
  [name]: ExpressionPath,
): readonly Taint[] {
  if (typeof name !== "string") {
    const around = env.map(({ all }) => all);
    return mergeTaints([stepEnv.all, guessed(variables.at([])), ...around]);
  }
  const own = variableIn(stepEnv, name);
  if (own) return own;
  const setting = env.find((around) => variableIn(around, name));
  const set = setting && variableIn(setting, name);
  // What was written under a name that cannot be told is taken for a new variable.
  const written = !set || variables.has(name) ? guessed(variables.at([name])) : [];
  return mergeTaints([set ?? [], written]);
}

function variableIn({ byName }: EnvTaints, name: string): readonly Taint[] | undefined {
  return byName.get(name) ?? byName.get(ANY_KEY);
}
