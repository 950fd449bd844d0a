import { expect, test } from "vitest";
import type { Capability } from "../../../../rules/capabilities/capability.ts";
import { readPersistedCredentials } from "../../../../rules/capabilities/github-step/persisted-credentials.ts";
import { grantedIn, jobWith, shortly } from "./granted.ts";

const capabilitiesIn = (step: string): Capability[] =>
  grantedIn(jobWith(`steps:\n  - ${step.replace(/\n/g, "\n    ")}`), readPersistedCredentials);

const foundIn = (step: string): string[] => capabilitiesIn(step).map(shortly);

test.each([
  ["uses: actions/checkout@v4", ["GITHUB_TOKEN persisted 5"]],
  ["name: x\nuses: Actions/Checkout@v4", ["GITHUB_TOKEN persisted 6"]],
  ["uses: actions/checkout@v4\nwith: {fetch-depth: 0}", ["GITHUB_TOKEN persisted 5"]],
  ["uses: actions/setup-node@v4", []],
  ["uses: octo/checkout@v4", []],
])("%s leaves its token", (step, found) => {
  expect(foundIn(step)).toEqual(found);
});

test("what a checkout leaves is told exactly", () => {
  expect(capabilitiesIn("uses: actions/checkout@v4")).toMatchObject([{ certainty: "exact" }]);
});

test.each([
  ["false", "cleared"],
  ["'false'", "cleared"],
  ["'False'", "cleared"],
  ["true", "persisted"],
  ["''", "persisted"],
  ["no", "persisted"],
  ["${{ inputs.keep }}", "persisted"],
])("persist-credentials: %s is %s, at its line", (value, level) => {
  const step = `uses: actions/checkout@v4\nwith:\n  Persist-Credentials: ${value}`;
  expect(foundIn(step)).toEqual([`GITHUB_TOKEN ${level} 7`]);
});

test.each([
  ["token: '${{ secrets.bot_pat }}'", ["BOT_PAT"]],
  ["token: \"${{ secrets['Bot_Pat'] }}\"", ["BOT_PAT"]],
  ["token: '${{ github.token }}'", ["GITHUB_TOKEN"]],
  ["token: '${{ secrets.GITHUB_TOKEN }}'", ["GITHUB_TOKEN"]],
  ["token: ''", ["GITHUB_TOKEN"]],
  ["ssh-key: '${{ secrets.KEY }}'", ["KEY"]],
  ["token: '${{ secrets.A }}', ssh-key: '${{ secrets.B }}'", ["A", "B"]],
  ["token: '${{ steps.app.outputs.token }}'", ["steps.app.outputs.token"]],
  ["token: '${{ secrets.A || github.token }}'", ["secrets.a || github.token"]],
  ["token: '${{ inputs.token || secrets.A }}'", ["inputs.token || secrets.a"]],
  ["token: 'x${{ secrets.A }}'", ["x${{secrets.a}}"]],
  ["token: '${{ secrets.A }}x'", ["${{secrets.a}}x"]],
])("with %s it leaves %j", (inputs, names) => {
  const found = foundIn(`uses: actions/checkout@v4\nwith: {${inputs}}`);
  expect(found).toEqual(names.map((name) => `${name} persisted 5`));
});
