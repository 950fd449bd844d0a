import { expect, test } from "vitest";
import { readUnsecureCommands } from "../../../../rules/capabilities/github-step/unsecure-commands.ts";
import { grantedIn, jobWith } from "./granted.ts";

const NAME = "ACTIONS_ALLOW_UNSECURE_COMMANDS";

function foundIn(workflow: string): string[] {
  return grantedIn(workflow, readUnsecureCommands).map(
    ({ name, level = "", line, certainty }) =>
      `${name === NAME ? "" : name}${level} ${line} ${certainty}`,
  );
}

const set = (value: string): string => `env: {${NAME}: ${value}}`;

test.each([
  ["true", 1],
  ["'true'", 1],
  ["1", 1],
  ["yes", 1],
  ["'${{ inputs.allow }}'", 1],
  ["false", 0],
  ["'FALSE'", 0],
  ["''", 0],
  ["", 0],
  ["0", 0],
  ["' False '", 0],
  ["[false]", 1],
])("%s in a job's env allows: %i", (value, count) => {
  expect(foundIn(jobWith(set(value)))).toHaveLength(count);
});

test.each([
  ['${{ fromJSON(\'{"ACTIONS_ALLOW_UNSECURE_COMMANDS":"true"}\') }}', ["job 4 exact"]],
  ["${{ fromJSON('{\"actions_allow_\\u0075nsecure_commands\":1}') }}", ["job 4 exact"]],
  ["{ \"ACTIONS_ALLOW_UNSECURE_${{ 'COMMANDS' }}\": true }", ["job 4 exact"]],
  ["{ \"${{ 'ACTIONS_ALLOW_UNSECURE_COMMANDS' }}\": true }", ["job 4 exact"]],
  ["${{ fromJSON(format('{0}_UNSECURE_COMMANDS', inputs.a)) }}", ["job 4 heuristic"]],
  ['{ "${{ insert }}": { ACTIONS_ALLOW_UNSECURE_COMMANDS: true } }', ["job 4 exact"]],
  [
    '${{ fromJSON(\'{"ACTIONS_ALLOW_UNSECURE_COMMANDS":1,"Actions_Allow_Unsecure_Commands":0}\') }}',
    ["job 4 exact"],
  ],
  ["{ ACTIONS_ALLOW_UNSECURE_COMMANDS: true, A: b }", ["job 4 exact"]],
  ["{ A: unsecure }", []],
  ['{ "*": { ACTIONS_ALLOW_UNSECURE_COMMANDS: true } }', []],
  ["${{ fromJSON('{\"ACTIONS_ALLOW_UNSECURE_COMMANDS\":false}') }}", []],
  ['${{ fromJSON(\'{"A":"true"}\') }}', []],
  ["{ \"A_${{ 'B' }}\": true }", []],
])("an env that an expression gives allows what it spells: %s", (env, found) => {
  expect(foundIn(jobWith(`env: ${env}`))).toEqual(found);
});

test("each place counts at its line", () => {
  expect(foundIn(`${set("true")}\n${jobWith("steps: []")}`)).toEqual(["job 1 exact"]);
  expect(foundIn(jobWith(set("true")))).toEqual(["job 4 exact"]);
  const steps = `steps:\n  - run: a\n    ${set("true")}\n  - run: b\n    ${set("1")}`;
  expect(foundIn(jobWith(steps))).toEqual(["step 6 exact", "step 8 exact"]);
});

test("the innermost env around the steps counts", () => {
  expect(foundIn(`${set("true")}\n${jobWith(set("false"))}`)).toEqual([]);
  expect(foundIn(`${set("false")}\n${jobWith(set("true"))}`)).toEqual(["job 5 exact"]);
});

test("letters of the name do not matter, other names do", () => {
  expect(foundIn(jobWith("env: {actions_allow_unsecure_commands: true}"))).toHaveLength(1);
  expect(foundIn(jobWith(`env: {MY_${NAME}: true}`))).toEqual([]);
});

test.each([
  [`echo "${NAME}=true" >> "$GITHUB_ENV"`, ["job 6 heuristic"]],
  [`echo ${NAME}=1 >> $GITHUB_ENV`, ["job 6 heuristic"]],
  [`${NAME}=true node old.js`, ["job 6 heuristic"]],
  [`echo ${NAME.toLowerCase()}=true >> $GITHUB_ENV`, ["job 6 heuristic"]],
  [`echo ${NAME}=false >> $GITHUB_ENV`, []],
  [`echo ${NAME}`, []],
  [`{ echo "${NAME}<<E"; echo true; echo E; } >> $GITHUB_ENV`, ["job 6 heuristic"]],
  [`printf '${NAME}<<E\\ntrue\\nE\\n' >> $GITHUB_ENV`, ["job 6 heuristic"]],
  [`cat >> $GITHUB_ENV <<X\n      ${NAME}<<E\n      true\n      E\n      X`, ["job 7 heuristic"]],
  [`{ echo "${NAME}<<E"; echo false; echo E; } >> $GITHUB_ENV`, []],
])("a script that writes it counts for the steps behind it: %s", (script, found) => {
  expect(foundIn(jobWith(`steps:\n  - run: |\n      ${script}`))).toEqual(found);
});

test.each([
  [`core.exportVariable("${NAME}", true)`, ["job 8 heuristic"]],
  [`core.exportVariable('${NAME}', allow)`, ["job 8 heuristic"]],
  [`core.exportVariable("${NAME.toLowerCase()}", "1")`, ["job 8 heuristic"]],
  [`core.exportVariable("${NAME}", "false")`, []],
  [`core.exportVariable("MY_${NAME}", true)`, []],
])("github-script sets it for the steps behind it: %s", (script, found) => {
  const step = (uses: string): string =>
    jobWith(`steps:\n  - uses: ${uses}\n    with:\n      script: |\n        ${script}`);
  expect(foundIn(step("actions/github-script@v7"))).toEqual(found);
  expect(foundIn(step("octo/script@v7"))).toEqual([]);
});

test("an env that an expression gives as a whole says nothing", () => {
  expect(foundIn(jobWith("env: ${{ fromJSON(inputs.env) }}"))).toEqual([]);
});
