import type { Capability } from "../capability.ts";
import { canonicalExpression } from "../github-expression/canonical-expression.ts";
import { embeddedIn, replaceEmbedded } from "../github-expression/embedded.ts";
import { contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import { linesOfRows, type DataScalar } from "../data/data-node.ts";
import {
  type EvaluatedText,
  evaluatedByProgram,
  evaluatedByShell,
} from "./taint/evaluated-texts.ts";
import { setByShell } from "./taint/environment-writes.ts";
import { githubScriptOf } from "./taint/github-script.ts";
import { inOrderOfNeeds } from "./taint/job-order.ts";
import {
  type ContextTaints,
  taintsOfEnv,
  taintsOfExpression,
  taintsOfNode,
} from "./taint/known-taints.ts";
import { launchedIn } from "./taint/launched-variables.ts";
import { type EnvLayer, stepCapability, type StepGrant, type StepScope } from "./scope.ts";
import {
  contextsAt,
  enterFile,
  enterScope,
  type FileTaints,
  leaveScope,
  NO_ENV,
} from "./taint/scope-taints.ts";
import { defaultShells, sinksOf } from "./taint/sinks.ts";
import type { ScriptSources } from "./taint/script-text.ts";
import type { Step } from "./step.ts";
import { isForeign, scriptsOf } from "./step-script.ts";
import { leaveStep, scriptSourcesOf } from "./taint/step-writes.ts";
import { guessed, isSurer, passThrough, type Taint } from "./taint/taint.ts";

export const INJECTION_KIND = "github.step.injection";

/** More than any real job has; what is over it is not passed over but not understood. */
const MAX_INJECTIONS = 200;

/**
 * Text of others that a step runs as code: `run`, its shell, and inputs of actions that run them.
 * One capability for each source and each text that it reaches, named after the source wherever it
 * came through, at the first line where it stands.
 *
 * A value that reaches a script as an environment variable is data; `${{ env.X }}` in the script
 * is code again, and so (a guess) is what the script hands to an interpreter (`eval "$X"`), what it
 * writes so that later steps run it (a body to `$GITHUB_ENV`), and what programs run by themselves
 * (`NODE_OPTIONS`). Outputs and variables that steps write are followed
 * by reading their scripts, a guess. An edit of a script that already runs a text of others is a
 * raise.
 * Throws `NotUnderstood` for more than 200 of them in one job.
 *
 * Source: docs.github.com, "Script injections".
 */
export function readInjections(scopes: readonly StepScope[]): Capability[] {
  const file = enterFile(scopes);
  return inOrderOfNeeds(scopes).flatMap((scope) => injectionsOf(scope, file));
}

function injectionsOf(scope: StepScope, file: FileTaints): Capability[] {
  const taints = enterScope(scope, file);
  const around = contextsAt(taints, NO_ENV);
  const capabilities = [
    ...defaultShells(scope).flatMap((sink) => grantsOf(sink, around)),
    ...[...scope.env, scope.containerEnv].flatMap((layer) => launchedGrants(layer, around)),
  ].map((grant) => stepCapability(scope, null, grant));
  for (const step of scope.steps) {
    const env = taintsOfEnv(step.env, contextsAt(taints, NO_ENV));
    const contexts = contextsAt(taints, env);
    const sources = scriptSourcesOf(taints, { env, contexts });
    for (const grant of [
      ...sinksOf(step).flatMap((sink) =>
        grantsOf(sink, contexts, evaluatedIn(scope, step, { sink, sources })),
      ),
      ...launchedGrants(step.env, contexts),
    ]) {
      capabilities.push(stepCapability(scope, step, grant));
    }
    if (capabilities.length > MAX_INJECTIONS) {
      const why = `more than ${MAX_INJECTIONS} injections in one job`;
      throw new NotUnderstood("too-many-injections", why, step.body);
    }
    leaveStep(step, taints, { env, contexts });
  }
  leaveScope(scope, taints, file);
  return capabilities;
}

/** A text of others in a script, and where it is used there. */
interface Found {
  readonly taint: Taint;
  readonly place: { readonly line: number; readonly endLine: number };
}

function grantsOf(
  sink: DataScalar,
  contexts: ContextTaints,
  evaluated: readonly EvaluatedText[] = [],
): StepGrant[] {
  const found = new Map<string, Found>();
  const add = (one: Found): void => {
    const known = found.get(one.taint.path);
    if (!known || isSurer(one.taint, known.taint)) found.set(one.taint.path, one);
  };
  for (const { inner, lineBreaks } of embeddedIn(sink.text)) {
    const place = linesOfRows(sink, lineBreaks);
    for (const taint of taintsOfExpression(inner, contexts)) add({ taint, place });
  }
  for (const { taint, row } of evaluated) add({ taint, place: linesOfRows(sink, row) });
  if (found.size === 0) return [];
  return grantsIn([...found.values()], canonicalScript(sink, contexts, evaluated));
}

function grantsIn(found: readonly Found[], script: string): StepGrant[] {
  const cause = `script:${contentDigest(script)}`;
  return found.map(({ taint, place }) => ({
    kind: INJECTION_KIND,
    name: printable(taint.path),
    level: taint.level,
    certainty: taint.certainty,
    ...place,
    ...(taint.through !== "" && { context: `through ${printable(taint.through)}` }),
    does: [wayTo(cause, place.line)],
  }));
}

// `NODE_OPTIONS: --require ${{ github.head_ref }}`
function launchedGrants(layer: EnvLayer, contexts: ContextTaints): StepGrant[] {
  return launchedIn(layer).flatMap(({ key, value }) => {
    const place = { line: key.line, endLine: value.endLine };
    const through = passThrough(guessed(taintsOfNode(value, contexts)), `$${key.text}`);
    const found = through.map((taint) => ({ taint, place }));
    if (value.type !== "scalar") return [];
    return grantsIn(found, `${key.text}=${canonicalScript(value, contexts, [])}`);
  });
}

/** What a sink runs out of variables. Those that a shell or a program reads are a guess. */
function evaluatedIn(
  scope: StepScope,
  step: Step,
  { sink, sources }: { readonly sink: DataScalar; readonly sources: ScriptSources },
): EvaluatedText[] {
  const isProgram = sink === githubScriptOf(step) || (sink === step.run && isForeign(scope, step));
  const found = isProgram
    ? evaluatedByProgram(sink.text, sources)
    : sink === step.run
      ? [evaluatedByShell, setByShell].flatMap((find) => find(scriptsOf(scope, step), sources))
      : [];
  return found.map((one) => ({ ...one, taint: { ...one.taint, certainty: "heuristic" } }));
}

/**
 * A script with its expressions in one spelling each. What a text came through counts as the text's
 * sources, so that a step or an output that is renamed leaves the script the same.
 */
function canonicalScript(
  sink: DataScalar,
  contexts: ContextTaints,
  evaluated: readonly EvaluatedText[],
): string {
  const canonical = replaceEmbedded(sink.text, ({ inner }) => {
    const expression = canonicalExpression(inner);
    const taints = taintsOfExpression(inner, contexts);
    const isFollowed = taints.length > 0 && taints.every(({ through }) => through === expression);
    const sources = taints.map(({ path }) => path).sort();
    return `\${{ ${isFollowed ? sources.join() : expression} }}`;
  });
  return withoutNames(canonical.trim(), evaluated);
}

// A variable counts as the sources of its text, as an output does.
function withoutNames(script: string, evaluated: readonly EvaluatedText[]): string {
  const sources = new Map<string, Set<string>>();
  for (const { taint } of evaluated) {
    const paths = sources.get(taint.through) ?? new Set();
    sources.set(taint.through, paths.add(taint.path));
  }
  return script.replace(/[A-Za-z_]\w*/g, (name) => {
    const paths = sources.get(`$${name}`);
    return paths ? `\0${[...paths].sort().join()}` : name;
  });
}
