import type { ExpressionPath } from "../../github-expression/yielded-paths.ts";
import { actionOutput } from "./action-outputs.ts";
import { inputTaints } from "./input-taints.ts";
import { neededBy } from "./job-order.ts";
import { ignoresCase } from "./letter-case.ts";
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
  /** The same, and what the job's container adds to the environment of processes. */
  readonly processEnv: readonly EnvTaints[];
  /** Whether names of variables may be the same in other letters. */
  readonly ignoresCase: boolean;
  /** What steps wrote to the environment of later ones, by names as `nameIn` gives them. */
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
  const env = [taintsOfEnv(openEntriesOf(scope.body, "env"), contexts), file.env];
  const taints = {
    contexts,
    env,
    processEnv: env,
    ignoresCase: ignoresCase(scope),
    outputs: emptyStore(),
    variables: emptyStore(),
    actions: new Map(),
  };
  const container = taintsOfEnv(scope.containerEnv, contextsAt(taints, NO_ENV));
  return { ...taints, processEnv: [...env, container] };
}

/** What the contexts hold for a step with this `env` of its own. */
export function contextsAt(scope: ScopeTaints, stepEnv: EnvTaints): ContextTaints {
  return {
    ...scope.contexts,
    env: ([name]) =>
      typeof name === "string"
        ? variableTaints(scope, [stepEnv, ...scope.env], name)
        : allVariables(scope, stepEnv),
    steps: (path) => outputTaints(scope, path),
  };
}

/** What a variable holds for the process of a step. */
export function processVariable(
  scope: ScopeTaints,
  stepEnv: EnvTaints,
  name: string,
): readonly Taint[] {
  return variableTaints(scope, [stepEnv, ...scope.processEnv], name);
}

/** A variable's name, in upper case where letters may not tell it from another. */
export function nameIn(scope: ScopeTaints, name: string): string {
  return scope.ignoresCase ? name.toUpperCase() : name;
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
export const NO_ENV: EnvTaints = { byName: new Map(), inAnyCase: new Map(), all: [] };

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

function allVariables({ env, variables }: ScopeTaints, stepEnv: EnvTaints): readonly Taint[] {
  const around = env.map(({ all }) => all);
  return mergeTaints([stepEnv.all, guessed(variables.at([])), ...around]);
}

// `env.TITLE`: of its own step first, then what earlier steps wrote, then the job's and the workflow's.
function variableTaints(scope: ScopeTaints, env: readonly EnvTaints[], name: string): Texts {
  const ofStep = heldIn(env.slice(0, 1), name, scope.ignoresCase);
  if (ofStep.isSet) return ofStep.taints;
  const held = heldIn(env, name, scope.ignoresCase);
  const key = nameIn(scope, name);
  // What was written under a name that cannot be told is taken for a new variable.
  const isWritten = !held.isSet || scope.variables.has(key);
  const written = isWritten ? guessed(scope.variables.at([key])) : [];
  return mergeTaints([held.taints, written]);
}

type Texts = readonly Taint[];

// The innermost in the same letters hides all around it, in other letters only what is so on Windows.
function heldIn(
  layers: readonly EnvTaints[],
  name: string,
  anyCase: boolean,
): { readonly isSet: boolean; readonly taints: Texts } {
  const held: Texts[] = [];
  for (const { byName, inAnyCase } of layers) {
    const set = byName.get(name) ?? byName.get(ANY_KEY);
    held.push(set ?? [], (anyCase ? inAnyCase.get(name.toUpperCase()) : null) ?? []);
    if (set) return { isSet: true, taints: mergeTaints(held) };
  }
  return { isSet: false, taints: mergeTaints(held) };
}
