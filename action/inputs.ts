import { LEDGER_BRANCH } from "../git/ledger-tip.ts";
import { parseSigningKey, type SigningKey } from "../ledger/format/keys.ts";
import type { FailOn } from "../maestro/enforcement.ts";
import { ActionError } from "./errors.ts";

/** What a workflow gives the step under `with:`. Nothing here can soften what policies decide. */
export interface Inputs {
  /** Packs, and policy files by their path on the default branch, beside the repository's own. */
  readonly policies: readonly string[];
  /** Revisions that stand for the ends of the change; null leaves them to the event. */
  readonly base: string | null;
  readonly head: string | null;
  /** The weakest decision that fails the step. */
  readonly failOn: FailOn;
  /** Whether the verdict is kept as a comment on the pull request. */
  readonly comment: boolean;
  /** Where SARIF is written, null for nowhere. */
  readonly sarif: string | null;
  readonly token: string | null;
  /** The script of a command that is started if the change is allowed. */
  readonly run: string | null;
  /** What it takes to record, null where nothing is to be. */
  readonly ledger: { readonly key: SigningKey; readonly root: string } | null;
  /** The key as it was given, "" for none: whatever else runs must not have it. */
  readonly secret: string;
}

/** Reads the inputs, by their names in `action.yml`. Throws INPUT_INVALID for a value that is none. */
export function readInputs(inputOf: (name: string) => string): Inputs {
  const given: Given = (name) => inputOf(name).trim() || null;
  return {
    policies: linesOf(inputOf("policy")),
    base: revision("base", given),
    head: revision("head", given),
    failOn: failOn(given("fail-on") ?? "deny"),
    comment: comment(given("comment") ?? "off"),
    sarif: given("sarif"),
    token: given("token"),
    run: given("run"),
    ledger: ledger(given),
    secret: inputOf("signing-key"),
  };
}

/** GitHub takes no longer ones. */
const MAX_BRANCH_CHARACTERS = 255;

/** Privileged runs that anybody's change can start. */
const STARTED_BY_ANYBODY: readonly string[] = ["workflow_run", "pull_request_target"];

/** Refuses inputs that an event cannot be given with: a check for one commit says nothing of another. */
export function refuseUnfit(inputs: Inputs, event: string): void {
  if (inputs.run !== null && STARTED_BY_ANYBODY.includes(event)) {
    throw unfit(
      "run",
      event,
      "Start commands on push, merge_group, deployment or workflow_dispatch.",
    );
  }
  if (event.startsWith("pull_request") && inputs.head !== null && !isCommit(inputs.head)) {
    const remedy =
      "Give a commit's full id, or leave it out: a fork's branch is none of this repository.";
    throw refused("head", inputs.head, remedy);
  }
  if (event !== "workflow_run") return;
  const named = (["base", "head"] as const).find((name) => inputs[name] !== null);
  if (named !== undefined)
    throw unfit(named, event, "Leave it out: GitHub tells the pull request.");
}

/** A commit's id or a branch's name; a key that was put into the wrong input is neither. */
function revision(name: string, given: Given): string | null {
  const text = given(name);
  if (text === null || (!/\s/.test(text) && text.length <= MAX_BRANCH_CHARACTERS)) return text;
  throw refused(name, text, "Give a commit's full id, or a branch's name.");
}

/** A name is a branch's. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

function unfit(name: string, event: string, remedy: string): ActionError {
  return new ActionError("INPUT_INVALID", `The input ${name} is not for ${event}.`, remedy);
}

type Given = (name: string) => string | null;

function ledger(given: Given): Inputs["ledger"] {
  const branch = given("ledger") ?? LEDGER_BRANCH;
  if (branch !== "off" && branch !== LEDGER_BRANCH) {
    throw refused("ledger", branch, `Set it to \`${LEDGER_BRANCH}\` or \`off\`.`);
  }
  const [key, root] = [given("signing-key"), given("ledger-root")];
  if (branch === "off" || (key === null && root === null)) return null;
  if (key === null || root === null) {
    const what = "The inputs signing-key and ledger-root go together.";
    throw new ActionError("INPUT_INVALID", what, "Give both, or set ledger to `off`.");
  }
  if (/^[0-9a-f]{64}$/.test(root)) return { key: signingKey(key), root };
  throw refused(
    "ledger-root",
    root,
    "Give the sha256 that `bailiff ledger init` told, the last field of the pin.",
  );
}

/** What it holds is not printed: it may be a key that lost its first line. */
function signingKey(pem: string): SigningKey {
  try {
    return parseSigningKey(pem);
  } catch (cause) {
    throw new ActionError(
      "INPUT_INVALID",
      "The input signing-key holds no Ed25519 key in PEM.",
      "Put what `bailiff keys generate` wrote into the secret, as it is.",
      { cause },
    );
  }
}

function refused(name: string, value: string, remedy: string): ActionError {
  return new ActionError("INPUT_INVALID", `The input ${name} is ${shownValue(value)}.`, remedy);
}

/** An input's value as a message may show it: what may be a key in a wrong place is only described. */
export function shownValue(value: string): string {
  return /^[\w./@:-]{1,40}$/.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function failOn(text: string): Inputs["failOn"] {
  if (text === "deny" || text === "warn") return text;
  throw refused("fail-on", text, "Set it to `deny` or `warn`.");
}

function comment(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw refused("comment", text, "Set it to `on` or `off`.");
}
