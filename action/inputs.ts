import { ActionError } from "./errors.ts";

/** What a workflow gives the step under `with:`. Nothing here can soften what policies decide. */
export interface Inputs {
  /** Packs, and policy files by their path on the default branch, beside the repository's own. */
  readonly policies: readonly string[];
  /** Revisions that stand for the ends of the change; null leaves them to the event. */
  readonly base: string | null;
  readonly head: string | null;
  /** The weakest decision that fails the step. */
  readonly failOn: "deny" | "warn";
  /** Where SARIF is written, null for nowhere. */
  readonly sarif: string | null;
  readonly token: string | null;
}

/** Reads the inputs, by their names in `action.yml`. Throws INPUT_INVALID for a value that is none. */
export function readInputs(inputOf: (name: string) => string): Inputs {
  const given = (name: string): string | null => inputOf(name).trim() || null;
  return {
    policies: linesOf(inputOf("policy")),
    base: given("base"),
    head: given("head"),
    failOn: failOn(given("fail-on") ?? "deny"),
    sarif: given("sarif"),
    token: given("token"),
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function failOn(text: string): Inputs["failOn"] {
  if (text === "deny" || text === "warn") return text;
  const what = `the input fail-on is ${JSON.stringify(text)}`;
  throw new ActionError("INPUT_INVALID", what, "Set it to `deny` or `warn`.");
}
