import type { Capability } from "../capability.ts";
import { printable } from "../printable.ts";
import { actionOf, inputOf, inputText } from "./inputs.ts";
import { stepCapability, type StepScope } from "./scope.ts";
import type { Step } from "./step.ts";

export const PERSISTED_CREDENTIALS_KIND = "github.step.persisted-credentials";

const DEFAULT_TOKEN = "GITHUB_TOKEN";

/**
 * Whether a checkout leaves its credentials in the work tree for every later step: `persisted` by
 * default, `cleared` where `persist-credentials` is literally false. The name is the secret's, or
 * `GITHUB_TOKEN`; with a token and a key of its own, a checkout leaves both.
 *
 * Source: github.com/actions/checkout, README.
 */
export function readPersistedCredentials(scope: StepScope): Capability[] {
  return scope.steps
    .filter((step) => actionOf(step) === "actions/checkout")
    .flatMap((step) => credentialsOf(step).map((name) => credentialOf(scope, step, name)));
}

function credentialOf(scope: StepScope, step: Step, name: string): Capability {
  const input = inputOf(step, "persist-credentials");
  const isCleared = inputText(input).toLowerCase() === "false";
  return stepCapability(scope, step, {
    kind: PERSISTED_CREDENTIALS_KIND,
    name,
    level: isCleared ? "cleared" : "persisted",
    line: input?.key.line ?? step.uses?.line ?? step.line,
    endLine: input?.value.endLine ?? step.uses?.endLine ?? step.line,
    certainty: "exact",
  });
}

function credentialsOf(step: Step): string[] {
  const given = ["token", "ssh-key"]
    .map((input) => inputText(inputOf(step, input)))
    .filter((text) => text !== "")
    .map(credentialName);
  return given.length > 0 ? [...new Set(given)] : [DEFAULT_TOKEN];
}

// `${{secrets.deploy_key}}` is DEPLOY_KEY; all else is shown as written.
function credentialName(text: string): string {
  const expression = /^\$\{\{(.*)\}\}$/s.exec(text)?.[1] ?? text;
  if (expression === "github.token") return DEFAULT_TOKEN;
  const secret = /^secrets\.([\w-]+)$/.exec(expression)?.[1]?.toUpperCase();
  return secret ?? printable(expression);
}
