import { expect, test } from "vitest";
import { writtenByGithubScript } from "../../../../../rules/capabilities/github-step/taint/github-script-writes.ts";
import type { Taint } from "../../../../../rules/capabilities/github-step/taint/taint.ts";

const taintOf = (path: string): Taint => {
  return { path, level: "outsider", through: "", certainty: "exact" };
};

/** What a script writes whose variables V and W hold texts of their names: `output title: V`. */
function writtenBy(script: string): string[] {
  const { outputs, variables } = writtenByGithubScript(script, {
    expression: () => [],
    variable: (name) => (name === "V" || name === "W" ? [taintOf(name)] : []),
    ownVariables: [taintOf("V"), taintOf("W")],
  });
  const shown = (what: string, values: typeof outputs): string[] =>
    Array.from(
      values,
      ([name, taints]) => `${what} ${name}: ${taints.map(({ path }) => path).join()}`,
    );
  return [...shown("output", outputs), ...shown("variable", variables)];
}

test.each([
  ['core.setOutput("Title.1-a", process.env.V)', ["output title.1-a: V"]],
  ["core.setOutput(`t`, process.env.W)", ["output t: W"]],
  ['core.setOutput("t", text)', ["output t: V,W"]],
  ["core.setOutput(name, process.env.V)", ["output *: V"]],
  ['core.exportVariable("Title", process.env.V)', ["variable Title: V"]],
  ["return process.env.V", ["output result: V"]],
  ["return text", ["output result: V,W"]],
  ['core.setOutput("t", "a $V")', ["output t: V"]],
  ['core.setOutput("t", 1 + text)', ["output t: V,W"]],
])("%s writes %j", (script, written) => {
  expect(writtenBy(script)).toEqual(written);
});

test.each([
  'core.setOutput("t", true)',
  'core.setOutput("t",true)',
  'core.setOutput("t" , false )',
  'core.setOutput("t",  null)',
  'core.setOutput("t", 42)',
  "core.setOutput('t', 'abc')",
  'core.exportVariable("T", "abc")',
  "if (process.env.V)\n  return\n",
  "return true",
  "core.info(process.env.V)",
])("%s writes no text of others", (script) => {
  expect(writtenBy(script)).toEqual([]);
});
