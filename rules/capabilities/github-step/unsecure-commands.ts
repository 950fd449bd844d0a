import type { Capability } from "../capability.ts";
import { linesAt, type YamlEntry } from "../yaml-node.ts";
import { githubScriptOf } from "./taint/github-script.ts";
import { onceForEach } from "../once-for-each.ts";
import { type EnvLayer, stepCapability, type StepScope } from "./scope.ts";
import type { Step } from "./step.ts";

export const UNSECURE_COMMANDS_KIND = "github.step.unsecure-commands";

/** Weakest first: `step` opens one step, `job` all of them. */
export const UNSECURE_COMMANDS_LEVELS = ["step", "job"];

const NAME = "ACTIONS_ALLOW_UNSECURE_COMMANDS";

/**
 * `ACTIONS_ALLOW_UNSECURE_COMMANDS`: whatever a step prints may set its environment, by the
 * commands `set-env` and `add-path` that were taken away for that.
 *
 * One capability for the environment around the steps, where the innermost one counts, and one
 * for each step that sets it, for itself or (heuristic) for those behind it by `$GITHUB_ENV` or
 * `core.exportVariable`. Nothing where an expression gives the whole of an `env`.
 *
 * Source: github.blog, "GitHub Actions: Deprecating set-env and add-path commands".
 */
export function readUnsecureCommands(scope: StepScope): Capability[] {
  return [
    ...allowedBy(scope, null, settingIn(scope.env)),
    ...scope.steps.flatMap((step) => [
      ...allowedBy(scope, step, settingIn([step.env])),
      ...allowedByText(scope, step),
    ]),
  ];
}

function allowedBy(
  scope: StepScope,
  step: Step | null,
  entry: YamlEntry | undefined,
): Capability[] {
  if (!entry || !isAllowed(entry)) return [];
  return [
    stepCapability(scope, step, {
      kind: UNSECURE_COMMANDS_KIND,
      name: NAME,
      level: step ? "step" : "job",
      line: entry.key.line,
      endLine: entry.value.endLine,
      certainty: "exact",
    }),
  ];
}

/** What counts of several `env`, the outermost first. */
function settingIn(layers: readonly EnvLayer[]): YamlEntry | undefined {
  return layers.map(settingOf).findLast((entry) => entry !== undefined);
}

const settingOf = onceForEach((layer: EnvLayer) =>
  layer.findLast(({ key }) => key.text.toUpperCase() === NAME),
);

// What the runner takes as false, or as nothing.
function isAllowed({ value }: YamlEntry): boolean {
  return value.type !== "scalar" || !/^(?:\$?false|0|)$/i.test(value.text.trim());
}

function allowedByText(scope: StepScope, step: Step): Capability[] {
  const text = step.run ?? githubScriptOf(step);
  const at = text?.text.search(step.run ? WRITES : EXPORTS) ?? -1;
  if (!text || at < 0) return [];
  return [
    stepCapability(scope, step, {
      kind: UNSECURE_COMMANDS_KIND,
      name: NAME,
      level: "job",
      ...linesAt(text, at),
      certainty: "heuristic",
    }),
  ];
}

// `echo "ACTIONS_ALLOW_UNSECURE_COMMANDS=true" >> "$GITHUB_ENV"`, `ACTIONS_ALLOW_UNSECURE_COMMANDS<<E`
const WRITES = new RegExp(
  [
    String.raw`${NAME}=["']?(?:\$?true|1)`,
    String.raw`${NAME}<<[^\s\\]{1,100}(?:\\n|\s)[\s"']*(?:echo\s+["']?)?(?:true|1)`,
  ].join("|"),
  "i",
);

// `core.exportVariable("ACTIONS_ALLOW_UNSECURE_COMMANDS", true)`
const EXPORTS = new RegExp(
  String.raw`\bexportVariable\(\s*(["'\x60])${NAME}\1\s*,(?!\s*["'\x60]?(?:false|0)?["'\x60]?\s*\))`,
  "i",
);
