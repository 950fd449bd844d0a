import type { Certainty } from "../../capability.ts";
import { linesAt, linesOfRows } from "../../data/data-node.ts";
import type { Taken } from "./taken.ts";
import { actionOf, inputName, inputOf, inputText } from "../inputs.ts";
import type { StepScope } from "../scope.ts";
import type { Step } from "../step.ts";
import { type ScriptCommand, scriptsOf } from "../step-script.ts";
import { githubScriptOf } from "../taint/github-script.ts";

/** Actions whose only use is another run's artifacts. */
const DOWNLOADERS = new Set([
  "aochmann/actions-download-artifact",
  "bettermarks/action-artifact-download",
  "dawidd6/action-download-artifact",
  "levonet/action-download-last-artifact",
]);

/** The inputs that say which run's artifacts are taken. */
const ORIGINS = ["branch", "commit", "event", "pr", "repo", "repository", "run-id", "workflow"];

/**
 * What a step takes of another run's artifacts, which a pull request may have made: by an action,
 * `gh run download` or the API (heuristic). Those of its own run are none.
 */
export function artifactTaken(scope: StepScope, step: Step): Taken | null {
  return byAction(step) ?? byScript(step) ?? byCommand(scope, step);
}

function byAction(step: Step): Taken | null {
  const action = actionOf(step);
  const run = inputOf(step, "run-id");
  const takes =
    DOWNLOADERS.has(action) ||
    (action === "actions/download-artifact" && isOtherRun(inputText(run)));
  if (!takes || !step.uses) return null;
  const origins = step.inputs.filter((entry) => ORIGINS.includes(inputName(entry)));
  const which = origins.map((entry) => `${inputName(entry)} ${inputText(entry)}`).sort();
  const { line, endLine } = run ? { line: run.key.line, endLine: run.value.endLine } : step.uses;
  return { name: "artifact", which, line, endLine, certainty: "exact" };
}

function isOtherRun(run: string): boolean {
  return run !== "" && run !== "${{github.run_id}}";
}

// `github.rest.actions.downloadArtifact({…})`
function byScript(step: Step): Taken | null {
  const script = githubScriptOf(step);
  if (!script) return null;
  const at = script.text.search(/\bdownloadArtifact\b|\/actions\/artifacts\//);
  return at < 0 ? null : found(linesAt(script, at), []);
}

function byCommand(scope: StepScope, step: Step): Taken | null {
  const { run } = step;
  const command = scriptsOf(scope, step).flat().find(downloads);
  return run && command ? found(linesOfRows(run, command.row), command.written) : null;
}

// `gh run download ID`, `gh api …/actions/artifacts/ID/zip`
function downloads({ name, args }: ScriptCommand): boolean {
  const words = args.map(({ text }) => text);
  if (name === "gh" && words[0] === "run" && words[1] === "download") return true;
  const reads = ["gh", "curl", "wget"].includes(name);
  return reads && words.some((word) => /\/actions\/artifacts\/[^/]+\/zip/.test(word));
}

function found(
  lines: { readonly line: number; readonly endLine: number },
  which: readonly string[],
): Taken {
  const certainty: Certainty = "heuristic";
  return { name: "artifact", which, ...lines, certainty };
}
