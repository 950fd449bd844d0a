import type { Taken } from "./taken.ts";
import { type HeadSources, isHeadWord, isPullRef } from "./head-references.ts";
import { headSourcesOf } from "./head-sources.ts";
import type { StepScope } from "../scope.ts";
import { linesOfRows } from "../../data/data-node.ts";
import type { Argument } from "../../shell/program.ts";
import type { Step } from "../step.ts";
import { type ScriptCommand, scriptsOf } from "../step-script.ts";

/**
 * What a step's script takes of a pull request's code (heuristic): `gh pr checkout`, a fetch of
 * `pull/…`, its diff that is applied, its archive from the API, or any command of git that puts a
 * head, or what a text of outsiders names, into the work tree. One for all of a script's commands,
 * at the first.
 */
export function gitTaken(scope: StepScope, step: Step): Taken | null {
  const { run } = step;
  if (!run) return null;
  const sources = headSourcesOf(scope, step, "repository");
  const commands = scriptsOf(scope, step).flat();
  const fetchesHead = commands.some(
    (command) => isGit(command, ["fetch"]) && namesHead(command, sources),
  );
  const takesPatch =
    commands.some(appliesPatch) && commands.some((command) => printsPatch(command, sources));
  const taking = commands.filter(
    (command) =>
      (takesPatch && appliesPatch(command)) ||
      fetchesArchive(command, sources) ||
      checksOutPullRequest(command) ||
      (isGit(command, ["fetch"]) && command.written.some(isPullRef)) ||
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
  return name === "git" && verbs.includes(plainWords(args)[0] ?? "");
}

function appliesPatch(command: ScriptCommand): boolean {
  return isGit(command, ["apply", "am"]);
}

// `gh` comes with the alias `co`.
const CHECKING_OUT = [
  ["gh", "pr", "checkout"],
  ["gh", "pr", "co"],
  ["gh", "co"],
  ["hub", "pr", "checkout"],
];

function checksOutPullRequest(command: ScriptCommand): boolean {
  return CHECKING_OUT.some((words) => beginsWith(command, words));
}

// `gh pr diff 7 | git apply`, `curl "$PATCH_URL" | git am`
function printsPatch(command: ScriptCommand, sources: HeadSources): boolean {
  if (beginsWith(command, ["gh", "pr", "diff"])) return true;
  return ["curl", "wget", "gh"].includes(command.name) && namesHead(command, sources);
}

// `gh api "repos/$REPO/tarball/$SHA"`
function fetchesArchive(command: ScriptCommand, sources: HeadSources): boolean {
  if (!beginsWith(command, ["gh", "api"])) return false;
  const isAsked = command.written.some((word) => /\/(?:tarball|zipball)\//.test(word));
  return isAsked && namesHead(command, sources);
}

function beginsWith({ name, args }: ScriptCommand, words: readonly string[]): boolean {
  if (name !== words[0]) return false;
  const begun = [name, ...plainWords(args)];
  return words.every((word, at) => word === begun[at]);
}

// Neither options nor their values: `git -C folder -c key=value checkout …`, `gh pr -R octo/x checkout 7`.
function plainWords(args: readonly Argument[]): string[] {
  const plain = args.filter(({ text }, index) => {
    const isValue = /^(?:-[cCR]|--repo)$/.test(args[index - 1]?.text ?? "");
    return !text.startsWith("-") && !isValue;
  });
  return plain.map(({ text }) => text);
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
