import { expect, test } from "vitest";
import { githubScriptOf } from "../../../../../rules/capabilities/github-step/taint/github-script.ts";
import { scopeAndStep } from "../granted.ts";

test.each([
  ["{uses: actions/github-script@v7, with: {github-token: a, Script: b}}", "b"],
  ["{uses: actions/github-script@v7, with: {script: [b]}}", null],
  ["{uses: actions/github-script@v7, with: {github-token: a}}", null],
  ["{uses: octo/github-script@v7, with: {script: b}}", null],
  ["{run: b}", null],
])("the JavaScript that %s runs is %j", (text, script) => {
  const found = githubScriptOf(scopeAndStep(text).step);
  expect(found && found.text).toBe(script);
});
