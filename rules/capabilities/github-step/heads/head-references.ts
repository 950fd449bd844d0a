import type { Certainty } from "../../capability.ts";
import { pathsIn, respell } from "../expression-text.ts";
import { variablesNamedIn } from "../shell-variables.ts";
import { surer } from "./head-variables.ts";
import { outsidersChoice, type Sought } from "./outsiders-choice.ts";

/** Where a text may have a head from, besides what it says itself, and what counts as one. */
export interface HeadSources {
  readonly sought: Sought;
  /** Whether a path (`env.REF`, `matrix.ref`, `steps.pr.outputs.v`) names a head, and how surely. */
  ofPath(path: string): Certainty | null;
  /** As `ofPath`, of a shell's variable; undefined for one that nothing here sets. */
  ofVariable(name: string): Certainty | null | undefined;
}

/**
 * Whether a text names the head of a pull request or of the run that started this one, or what
 * outsiders choose where that is sought, and how sure that is: a context says so, an output or a
 * variable only sounds like it. null for neither.
 */
export function headReference(text: string, sources: HeadSources): Certainty | null {
  if (isPullRef(text)) return "exact";
  const paths = pathsIn(text);
  if (paths.some(isHeadPath)) return "exact";
  const led = paths
    .map((path) => surer(sources.ofPath(path), outsidersChoice(path, sources.sought)))
    .reduce(surer, null);
  if (led) return led;
  // `fromJSON(steps.pr.outputs.data).head.sha`: an answer of the API.
  const isAnswer = /\)\.head\.(?:sha|ref|repo)\b/.test(respell(text));
  return isAnswer || isPutTogether(text) || paths.some(soundsLikeHead) ? "heuristic" : null;
}

/** Whether a shell's text names a head, in an expression or in a variable. */
export function isHeadWord(text: string, sources: HeadSources): boolean {
  if (headReference(text, sources)) return true;
  return variablesNamedIn(text).some((name) => {
    const found = sources.ofVariable(name);
    if (found !== undefined) return found !== null;
    return HEAD_VARIABLE.test(name) || outsidersChoice(contextOf(name), sources.sought) !== null;
  });
}

// `GITHUB_ACTOR`
function contextOf(variable: string): string {
  return variable.toLowerCase().replace(/^github_/, "github.");
}

/** `refs/pull/7/merge`, `pull/${{ github.event.number }}/head`, also as a text that an expression formats. */
export function isPullRef(text: string): boolean {
  return /(?:^|[\s'"/:+,(])pull\/(?:[^\s/]|\$\{\{)/.test(text);
}

// `refs/${{ env.KIND }}/7/head`, `join(fromJSON('["refs", "pull", "7", "head"]'), '/')`
function isPutTogether(text: string): boolean {
  if (!text.includes("${{")) return false;
  const isOpen = /^refs\/[^/]*\$\{\{/.test(text) && /\/(?:head|merge)$/.test(text);
  return isOpen || /["']pull["']/.test(text);
}

/** Where a head stands: to hold it, or to reach it by a key that only a run knows, is a guess. */
const HEADS = [
  ["github", "event", "pull_request", "head"],
  ["github", "event", "workflow_run", "head_sha"],
].map((keys) => keys.map((key) => new Set([key, "*"])));

const HEAD_PATH = new RegExp(
  [
    "^github\\.head_ref$",
    "^github\\.event\\.pull_request\\.head(?:\\.|$)",
    "^github\\.event\\.pull_request\\.(?:merge_commit_sha|patch_url|diff_url)$",
    // Of a pull request whose branch was pushed to.
    "^github\\.event\\.after$",
    "^github\\.event\\.workflow_run\\.head_(?:branch|sha|commit|repository)(?:\\.|$)",
    "^github\\.event\\.workflow_run\\.pull_requests\\.[^.]+\\.head(?:\\.|$)",
    "^github\\.event\\.(?:check_run|check_suite)\\.(?:.*\\.)?head",
  ].join("|"),
);

// `steps.pr.outputs.head_sha`, `needs.find.outputs.pr-ref`
const HEAD_OUTPUT =
  /[._-](?:head|pr|pull|pull_request|fork)[._-]?(?:sha|ref|branch|commit|repo|repository|repo_full_name|full_name)(?:$|[._-])/;

/** An output that is only a `sha` or `ref`, of a step or job that is called after a pull request. */
const PLAIN_OUTPUT =
  /[._-](?:pr|pull|head|comment)(?:[_-][^.]*)?\.outputs\.(?:sha|ref|branch|commit)$/;

const HEAD_VARIABLE =
  /^(?:GITHUB_HEAD_REF|(?:PR|PULL|PULL_REQUEST)?_?HEAD_?(?:SHA|REF|BRANCH|COMMIT|REPO\w*)|PR_(?:SHA|REF|BRANCH|COMMIT))$/i;

function isHeadPath(path: string): boolean {
  return HEAD_PATH.test(path);
}

function soundsLikeHead(path: string): boolean {
  const keys = path.split(".");
  if (HEADS.some((head) => head.every((names, at) => names.has(keys[at] ?? "*")))) return true;
  if (!/^(?:steps|needs|jobs)\./.test(path)) return false;
  return HEAD_OUTPUT.test(path) || PLAIN_OUTPUT.test(path);
}
