import type { Taken } from "./taken.ts";
import { type HeadSources, isHeadWord, isPullRef } from "./head-references.ts";
import { headSourcesOf } from "./head-sources.ts";
import type { StepScope } from "../scope.ts";
import { linesOfRows } from "../../yaml-node.ts";
import type { Argument } from "../../shell/program.ts";
import type { Step } from "../step.ts";
import { type ScriptCommand, scriptsOf } from "../step-script.ts";

/**
 * What a step's script takes of a pull request's code (heuristic): `gh pr checkout`, a fetch of
 * `pull/…`, its diff that is applied, its archive from the API, or any command of git that puts a head into the work tree, or what a text of outsiders
 * names. One for all of a script's commands, at the first.
 */
export function gitTaken(scope: StepScope, step: Step): Taken | null {
  const { run } = step;
  if (!run) return null;
  const sources = headSourcesOf(scope, step, "repository");
  const commands = scriptsOf(scope, step).flat();
  const fetchesHead = commands.some(
    (command) => isGit(command, ["fetch"]) && namesHead(command, sources),
  );
  const bringsPatch = commands.some((command) => printsPatch(command, sources));
  const taking = commands.filter(
    (command) =>
      (isGit(command, ["apply", "am"]) && bringsPatch) ||
      fetchesArchive(command, sources) ||
      checksOutPullRequest(command) ||
      (isGit(command, ["fetch", "pull", "clone"]) && command.written.some(isPullRef)) ||
      (isGit(command, PLACING) &&
        (namesHead(command, sources) || (fetchesHead && namesFetched(command)))),
  );
  const [first] = taking;
  if (!first) return null;
  const which = taking.map(({ written }) => written.join(" "));
  return { name: "git", which, ...linesOfRows(run, first.row), certainty: "heuristic" };
}

/** What puts another commit's files into the work tree, or a branch of it. */
const PLACING = [
  ...["checkout", "cherry-pick", "clone", "merge", "pull", "rebase", "reset", "restore", "switch"],
  ...["worktree", "read-tree"],
];

function isGit({ name, args }: ScriptCommand, verbs: readonly string[]): boolean {
  return name === "git" && verbs.includes(verbOf(args));
}

// `git -C folder -c key=value checkout …`
function verbOf(args: readonly Argument[]): string {
  const at = args.findIndex(({ text }, index) => {
    const isValue = /^-[cC]$/.test(args[index - 1]?.text ?? "");
    return !text.startsWith("-") && !isValue;
  });
  return args[at]?.text ?? "";
}

function checksOutPullRequest({ name, args }: ScriptCommand): boolean {
  const isClient = name === "gh" || name === "hub";
  return isClient && args[0]?.text === "pr" && ["checkout", "co"].includes(args[1]?.text ?? "");
}

// `gh pr diff 7 | git apply`, `curl "$PATCH_URL" | git am`
function printsPatch(command: ScriptCommand, sources: HeadSources): boolean {
  const { name, args } = command;
  if (name === "gh" && args[0]?.text === "pr" && args[1]?.text === "diff") return true;
  return ["curl", "wget", "gh"].includes(name) && namesHead(command, sources);
}

// `gh api "repos/$REPO/tarball/$SHA"`
function fetchesArchive(command: ScriptCommand, sources: HeadSources): boolean {
  const { name, args, written } = command;
  const isAsked = written.some((word) => /\/(?:tarball|zipball)\//.test(word));
  return name === "gh" && args[0]?.text === "api" && isAsked && namesHead(command, sources);
}

function namesHead({ written }: ScriptCommand, sources: HeadSources): boolean {
  return written.some((word) => isHeadWord(withoutCredentials(word), sources));
}

// `https://${{ github.actor }}:$TOKEN@github.com/octo/x`
function withoutCredentials(word: string): string {
  return word.replace(/:\/\/[^/]*@/, "://");
}

function namesFetched({ written }: ScriptCommand): boolean {
  return written.includes("FETCH_HEAD");
}
