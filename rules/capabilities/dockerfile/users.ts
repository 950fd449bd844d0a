import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { type Stage, takenFrom, userIn } from "./stages.ts";

export const USER_KIND = "docker.user";

/**
 * Who runs what a Dockerfile makes: each image that it can be built to (`the image`), and each step
 * of the stages that such an image is made of (`RUN make`).
 *
 * An image is the last stage, and every other one that nothing is copied out of: it can be named as
 * the build's target. So can each stage with a name, whatever is copied out of it (`the stage`): what
 * was the last one is not out of sight once another stands behind it.
 */
export function readUsers(stages: readonly Stage[]): Capability[] {
  const images = imagesOf(stages);
  const parts = new Set(images.flatMap(lineage));
  return [
    ...images.map((stage) => endUser(stage, { name: "the image", holder: stage.label })),
    ...stages.flatMap(namedUser),
    ...[...parts].flatMap((stage) => [...stepUsers(stage), ...laterUser(stage)]),
  ];
}

function imagesOf(stages: readonly Stage[]): Stage[] {
  const froms = stages.flatMap(({ steps }) => steps.flatMap(takenFrom));
  const taken = new Set(froms.map((from) => from.toLowerCase()));
  const isTaken = ({ name }: Stage, index: number): boolean =>
    (name !== "" && taken.has(name)) || taken.has(String(index));
  return stages.filter((stage, index) => index === stages.length - 1 || !isTaken(stage, index));
}

/** A stage and all that it begins from. */
function lineage(stage: Stage): Stage[] {
  const found: Stage[] = [];
  for (let part: Stage | null = stage; part !== null; part = part.parent) found.push(part);
  return found;
}

function namedUser(stage: Stage): Capability[] {
  if (stage.name === "") return [];
  return [endUser(stage, { name: "the stage", holder: `stage ${stage.name}` })];
}

function endUser(stage: Stage, { name, holder }: Pick<Capability, "name" | "holder">): Capability {
  const { level, line, text } = stage.user;
  const others = stage.steps
    .filter(({ instruction }) => instruction.keyword !== "USER")
    .map(({ instruction }) => `${instruction.keyword} ${instruction.text}`);
  return {
    ...{ kind: USER_KIND, name, holder: printable(holder) },
    context: text === "" ? "" : printable(`USER ${text}`),
    ...{ level, line, certainty: text.includes("$") ? "heuristic" : "exact" },
    reach: [],
    holderContent: contentDigest(stage.image ?? "", ...others),
  };
}

/** A step by its own text: one that is edited is another, and one that is gone grants nothing. */
function stepUsers({ label, steps }: Stage): Capability[] {
  return steps
    .filter(({ instruction }) => instruction.keyword === "RUN" && !instruction.isOnBuild)
    .map(({ instruction, user }) => {
      const { text, flags, heredocs, line, endLine } = instruction;
      const bodies = heredocs.flatMap(({ lines }) => lines.map((body) => body.text));
      return {
        ...{ kind: USER_KIND, name: printable(`RUN ${text}`), holder: printable(label) },
        context: user.text === "" ? "" : printable(`USER ${user.text}`),
        ...{ level: user.level, line, endLine, certainty: "exact", reach: [] },
        holderContent: contentDigest(text.replace(/\s+/g, " "), ...flags, ...bodies),
      };
    });
}

/** `ONBUILD USER root`: who runs what is built from the image. */
function laterUser({ label, steps }: Stage): Capability[] {
  return steps
    .filter(({ instruction }) => instruction.keyword === "USER" && instruction.isOnBuild)
    .slice(-1)
    .map((step) => ({
      ...{ kind: USER_KIND, name: "images built from it", holder: printable(label) },
      context: printable(`ONBUILD USER ${step.instruction.text}`),
      level: userIn(step).level,
      ...{ line: step.instruction.line, certainty: "exact", reach: [] },
      holderContent: contentDigest(label),
    }));
}
