import { expect, test } from "vitest";
import {
  ShellVariables,
  variablesNamedIn,
} from "../../../../rules/capabilities/github-step/shell-variables.ts";
import { mapOf } from "../github-workflow/read-workflow.ts";

/** The variables of a script around which these `env` stand, the outermost first. */
function variablesOf(...env: string[]): ShellVariables {
  return new ShellVariables(env.map((layer) => mapOf(layer).entries));
}

test.each([
  ["$URL", ["URL"]],
  ["a ${URL} b", ["URL"]],
  ["$env:URL", ["URL"]],
  ["${env:Url_2}", ["Url_2"]],
  ["$A/$B", ["A", "B"]],
  ["$1", []],
  ["URL", []],
])("%s names the variables %j", (text, names) => {
  expect(variablesNamedIn(text)).toEqual(names);
});

test.each([
  ["$GITHUB_API_URL", "https://api.github.com"],
  ["$GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"],
  ["$GITHUB_SERVER_URL", "https://github.com"],
  ["$ACTIONS_ID_TOKEN_REQUEST_URL", "https://actions.githubusercontent.com/?"],
  ["$ACTIONS_RUNTIME_URL", "https://actions.githubusercontent.com/?"],
  ["$ACTIONS_RESULTS_URL", "https://actions.githubusercontent.com/?"],
  ["$ACTIONS_CACHE_URL", "https://actions.githubusercontent.com/?"],
  ["${{github.api_url}}", "https://api.github.com"],
  ["${{github.graphql_url}}", "https://api.github.com/graphql"],
  ["${{github.server_url}}", "https://github.com"],
])("%s is what GitHub gives each run", (text, value) => {
  expect(variablesOf().resolve(text)).toBe(value);
});

test.each([
  ["$URL/x", "https://a.example/x"],
  ["${URL}/x", "https://a.example/x"],
  ["$env:URL", "https://a.example"],
  ["${env:url}", "https://a.example"],
  ["${{env.URL}}", "https://a.example"],
  ["${URL:-else}", "https://a.example"],
  ["${NONE:-else}", "else"],
  ["${NONE-else}", "else"],
  ["${NONE:=else}", "else"],
  ["${NONE=}", ""],
  ["${NONE}", "${NONE}"],
  ["$NONE", "$NONE"],
  ["${{env.NONE}}", "${{env.NONE}}"],
  ["${{github.sha}}", "${{github.sha}}"],
  ["${URL#https}", "${URL#https}"],
  ["$AGAIN", "$URL"],
  ["$SPELT", "${{inputs.host}}"],
  ["URL", "URL"],
])("%s resolves to %s", (text, value) => {
  const variables = variablesOf(
    "{URL: 'https://a.example', AGAIN: $URL, LIST: [a]}",
    "{SPELT: \"${{ inputs['HOST'] }}\"}",
  );
  expect(variables.resolve(text)).toBe(value);
});

test("the innermost env counts, and what the script assigns before it", () => {
  const variables = variablesOf("{A: outer, B: outer, C: outer}", "{b: inner, C: inner}");
  variables.assign("c", "own");
  expect(variables.resolve("$A $B $C")).toBe("outer inner own");
});

test("a variable that no text is given has no value", () => {
  expect(variablesOf("{A: [a], B: {a: b}}").resolve("$A $B")).toBe("$A $B");
});

test("of a long value the first 300 characters count", () => {
  const variables = variablesOf(`{GIVEN: ${"a".repeat(301)}}`);
  variables.assign("OWN", "b".repeat(301));
  expect(variables.resolve("$GIVEN")).toBe("a".repeat(300));
  expect(variables.resolve("$OWN")).toBe("b".repeat(300));
});

test("one script gets a million characters of values, then its variables stay as they are", () => {
  const variables = variablesOf(`{A: ${"a".repeat(256)}}`);
  const whole = 4096;
  expect(variables.resolve("$A".repeat(whole))).toBe("a".repeat(256 * whole));
  expect(variables.resolve("$A")).toBe("$A");
});
