import type { Capability } from "../capability.ts";
import { isLiteralSecret, isSecretName } from "../container/secret-names.ts";
import { plainGrant } from "../plain-grant.ts";
import { pairsOf, type Stage, type Step, type WrittenPair } from "./stages.ts";

export const SECRET_KIND = "docker.secret";

/** Weakest first: in the history of a build, or in the environment of all that the image runs. */
export const SECRET_LEVELS = ["build", "image"];

/**
 * Variables that are named as a secret and hold one (heuristic): a value in the file, or an argument
 * that is kept in the image's environment. Values are never told.
 */
export function readSecrets(stages: readonly Stage[], escape: string): Capability[] {
  return stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      ["ARG", "ENV"].includes(step.instruction.keyword)
        ? pairsOf(step.instruction, escape)
            .filter((pair) => holdsSecret(step, pair))
            .map(({ name }) => secret(stage, step, name))
        : [],
    ),
  );
}

function holdsSecret({ instruction, expand, variables }: Step, { name, value }: WrittenPair) {
  if (value === null || !isSecretName(name)) return false;
  const { text, isKnown } = expand(value);
  if (isKnown) return isLiteralSecret(text);
  const [, argument = ""] = /^["']?\$\{?([A-Za-z_]\w*)/.exec(value) ?? [];
  return instruction.keyword === "ENV" && variables.isArgument(argument);
}

function secret({ label }: Stage, { instruction }: Step, name: string): Capability {
  const { keyword, line, endLine } = instruction;
  const told = { holder: label, context: keyword, level: keyword === "ENV" ? "image" : "build" };
  const grant = plainGrant({ kind: SECRET_KIND, name, ...told, line, certainty: "heuristic" });
  return { ...grant, endLine };
}
