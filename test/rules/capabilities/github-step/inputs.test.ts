import { expect, test } from "vitest";
import { actionOf, inputOf, inputText } from "../../../../rules/capabilities/github-step/inputs.ts";
import { scopeAndStep } from "./granted.ts";

test.each([
  ["{uses: Octo/Action@v1}", "octo/action"],
  ["{uses: ./local}", ""],
  ["{run: x}", ""],
])("the action of %s is %j", (text, action) => {
  expect(actionOf(scopeAndStep(text).step)).toBe(action);
});

test.each([
  ["{fetch-depth: ' 1 '}", "1"],
  ["{Fetch_Depth: 1}", "1"],
  ["{fetch-depth: \" ${{ inputs['Depth'] }} \"}", "${{inputs.depth}}"],
  ["{fetch-depth: [1]}", ""],
  ["{other: 1}", ""],
])("the input of %s is %j", (inputs, text) => {
  const { step } = scopeAndStep(`{uses: o/r@v1, with: ${inputs}}`);
  expect(inputText(inputOf(step, "fetch-depth"))).toBe(text);
});
