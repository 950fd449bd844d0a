import type { Certainty } from "../../capability.ts";
import type { Matrix } from "../../github-workflow/evaluate.ts";
import type { DataEntry } from "../../data/data-node.ts";
import { matrixHeadsOf, type MatrixHeads } from "./head-matrix.ts";
import { headReference, type HeadSources } from "./head-references.ts";
import { HeadVariables, surer } from "./head-variables.ts";
import type { Sought } from "./outsiders-choice.ts";
import { onceForEach } from "../../once-for-each.ts";
import type { EnvLayer, StepScope } from "../scope.ts";
import { ANY_KEY, type Step } from "../step.ts";

/** What is known of a scope's heads, whatever the step. */
interface ScopeHeads {
  readonly sought: Sought;
  readonly variables: HeadVariables;
  readonly matrix: MatrixHeads;
  /** The ids of steps whose outputs may be a head, in lower case. */
  readonly ids: Set<string>;
  /** What steps set for later ones. */
  readonly written: HeadVariables;
}

/**
 * Where the texts of a step may have a head from: `env`, the matrix of the job, and outputs and
 * variables of other steps that mention one (a guess). Without a step, what a job's own have.
 */
export function headSourcesOf(scope: StepScope, step: Step | null, sought: Sought): HeadSources {
  return sourcesIn(HEADS_OF[sought](scope), step?.env ?? []);
}

/** The values of a scope's matrix, where they are few and short. */
export function shortMatrixOf(scope: StepScope, sought: Sought): Matrix {
  return HEADS_OF[sought](scope).matrix.short;
}

const HEADS_OF: Readonly<Record<Sought, (scope: StepScope) => ScopeHeads>> = {
  head: headsFinder("head"),
  ref: headsFinder("ref"),
  repository: headsFinder("repository"),
};

function headsFinder(sought: Sought): (scope: StepScope) => ScopeHeads {
  const sharedVariables = onceForEach((layer: EnvLayer) => variablesOf(layer, sought));
  return onceForEach(({ env: [shared, ...own], body, steps }) => {
    const heads: ScopeHeads = {
      sought,
      variables: new HeadVariables(shared ? sharedVariables(shared) : null),
      matrix: matrixHeadsOf(body, sought),
      ids: new Set(),
      written: new HeadVariables(null),
    };
    setAll(heads.variables, own.flat(), sourcesOver(heads, heads.variables));
    for (const step of steps) leaveStep(step, heads);
    return heads;
  });
}

/** All jobs stand in the workflow's `env`, which knows of no matrix and no steps. */
function variablesOf(layer: EnvLayer, sought: Sought): HeadVariables {
  const variables = new HeadVariables(null);
  const ofVariable = (name: string): Certainty | null | undefined => variables.get(name);
  const ofPath = (path: string): Certainty | null =>
    /^env(?:\.|$)/.test(path) ? (ofVariable(variableIn(path)) ?? null) : null;
  setAll(variables, layer, { sought, ofPath, ofVariable });
  return variables;
}

function sourcesIn(heads: ScopeHeads, env: readonly DataEntry[]): HeadSources {
  if (env.length === 0) return sourcesOver(heads, heads.variables);
  const own = new HeadVariables(heads.variables);
  const sources = sourcesOver(heads, own);
  setAll(own, env, sources);
  return sources;
}

/** In their order: one variable may be made of those before it. */
function setAll(variables: HeadVariables, env: readonly DataEntry[], sources: HeadSources): void {
  for (const { key, value } of env) {
    variables.set(key.text, value.type === "scalar" ? headReference(value.text, sources) : null);
  }
}

function sourcesOver(heads: ScopeHeads, variables: HeadVariables): HeadSources {
  const ofVariable = (name: string): Certainty | null | undefined => {
    const written = heads.written.get(name);
    return written ? surer(variables.get(name) ?? null, written) : variables.get(name);
  };
  return {
    sought: heads.sought,
    ofVariable,
    ofPath: (path) => {
      const [context, name = ""] = path.split(".", 2);
      if (context === "env") return ofVariable(variableIn(path)) ?? null;
      if (context === "steps") return ofOutput(heads, name);
      return context === "matrix" ? heads.matrix.ofPath(path) : null;
    },
  };
}

// `env.REF`; `env` alone is all of them.
function variableIn(path: string): string {
  return path.slice("env.".length) || ANY_KEY;
}

function ofOutput({ ids }: ScopeHeads, id: string): Certainty | null {
  const isFound = ids.has(id) || (ids.size > 0 && (id === ANY_KEY || id === ""));
  return isFound ? "heuristic" : null;
}

/** Notes what a step that mentions a head hands on to later ones. */
function leaveStep(step: Step, heads: ScopeHeads): void {
  const texts = [...(step.run ? [step.run.text] : []), ...textsIn(step.inputs)];
  const names = texts.flatMap(namesSetIn);
  if (step.id === "" && names.length === 0) return;
  const sources = sourcesIn(heads, step.env);
  const isHead = (text: string): boolean =>
    MENTIONS_HEAD.test(text) || headReference(text, sources) !== null;
  if (![...texts, ...textsIn(step.env)].some(isHead)) return;
  if (step.id !== "") heads.ids.add(step.id.toLowerCase());
  for (const name of names) heads.written.set(name, "heuristic");
}

// `headRefName`, `context.payload.pull_request.head.sha`, `GITHUB_HEAD_REF`
const MENTIONS_HEAD = /(?<![a-z])head[._-]?(?:ref|sha|branch|commit|repo)/i;

const SETS_VARIABLE = /GITHUB_ENV|::set-env\b|\bexportVariable\b/;

/** Where a line does not say which, as behind a block, all that the text assigns; else any. */
function namesSetIn(text: string): readonly string[] {
  const setting = text.split("\n").filter((line) => SETS_VARIABLE.test(line));
  const told = setting.map(namesIn);
  if (told.every((names) => names.length > 0)) return told.flat();
  const all = namesIn(text);
  return all.length > 0 ? all : [ANY_KEY];
}

// `echo "V=$X"`, `V<<END`, `::set-env name=V::`, `core.exportVariable("V", x)`
const NAMES =
  /(?<![\w.$-])([A-Za-z_]\w*)(?:=|<<)|\bset-env name=(\w+)|\bexportVariable\(\s*["'`](\w+)["'`]/g;

function namesIn(text: string): string[] {
  return Array.from(
    text.matchAll(NAMES),
    ([, assigned, set, exported]) => set ?? exported ?? assigned ?? "",
  );
}

function textsIn(entries: readonly DataEntry[]): string[] {
  return entries.flatMap(({ value }) => (value.type === "scalar" ? [value.text] : []));
}
