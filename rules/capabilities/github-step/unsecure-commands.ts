import type { Capability, Certainty } from "../capability.ts";
import { NO_MATRIX } from "../github-workflow/evaluate.ts";
import { possibleValues } from "../github-workflow/possible-values.ts";
import { linesAt, type DataEntry } from "../data/data-node.ts";
import { githubScriptOf } from "./taint/github-script.ts";
import { onceForEach } from "../once-for-each.ts";
import { type EnvLayer, stepCapability, type StepScope } from "./scope.ts";
import { ANY_KEY, type Step } from "./step.ts";

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
 * `core.exportVariable`. Where an expression gives the whole of an `env` its keys count, and else
 * its text, where that has UNSECURE in it (heuristic).
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

/** What one `env` says of it. */
interface Setting {
  readonly allows: boolean;
  readonly line: number;
  readonly endLine: number;
  readonly certainty: Certainty;
}

function allowedBy(
  scope: StepScope,
  step: Step | null,
  setting: Setting | undefined,
): Capability[] {
  if (!setting?.allows) return [];
  const { line, endLine, certainty } = setting;
  return [
    stepCapability(scope, step, {
      kind: UNSECURE_COMMANDS_KIND,
      name: NAME,
      level: step ? "step" : "job",
      line,
      endLine,
      certainty,
    }),
  ];
}

/** What counts of several `env`, the outermost first. */
function settingIn(layers: readonly EnvLayer[]): Setting | undefined {
  return layers.map(settingOf).findLast((setting) => setting !== undefined);
}

const settingOf = onceForEach((layer: EnvLayer) =>
  layer.map(settingBy).findLast((setting) => setting !== undefined),
);

function settingBy(entry: DataEntry): Setting | undefined {
  const { key, value } = entry;
  const place = { line: key.line, endLine: value.endLine };
  if (isNamed(entry)) return { ...place, allows: isAllowed(entry), certainty: "exact" };
  if (key.text !== ANY_KEY || value.type !== "scalar") return undefined;
  const given = possibleValues(value, NO_MATRIX).flatMap((node) =>
    node.type === "map" ? node.entries.filter(isNamed) : [],
  );
  if (given.length > 0) return { ...place, allows: given.some(isAllowed), certainty: "exact" };
  return /unsecure/i.test(value.text)
    ? { ...place, allows: true, certainty: "heuristic" }
    : undefined;
}

function isNamed({ key }: DataEntry): boolean {
  return key.text.toUpperCase() === NAME;
}

// What the runner takes as false, or as nothing.
function isAllowed({ value }: DataEntry): boolean {
  return value.type !== "scalar" || !/^(?:\$?false|0|)$/i.test(value.text.trim());
}

function allowedByText(scope: StepScope, step: Step): Capability[] {
  const text = step.run ?? githubScriptOf(step);
  if (!text) return [];
  const at = text.text.search(step.run ? WRITES : EXPORTS);
  if (at < 0) return [];
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
