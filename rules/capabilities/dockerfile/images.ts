import type { Dependency } from "../../dependencies/dependency.ts";
import { imageDependency } from "../container/image.ts";
import type { Directives } from "./directives.ts";
import { type Stage, takenFrom } from "./stages.ts";

/**
 * The images that a Dockerfile takes in: what a stage begins from, what `COPY --from` and `RUN
 * --mount=from` copy out of, and what reads the file (`# syntax=`). The name of a stage is none, nor
 * is an argument that only a build gives.
 */
export function readImages(stages: readonly Stage[], { syntax }: Directives): Dependency[] {
  const names = new Set(stages.map(({ name }) => name));
  const isStage = (from: string): boolean => names.has(from.toLowerCase()) || /^\d+$/.test(from);
  const found = stages.flatMap(({ label, image, line, steps }) => {
    const bases = image === null ? [] : [imageDependency(image, { group: label, line })];
    const copied = steps.flatMap((step) =>
      takenFrom(step)
        .filter((from) => !isStage(from))
        .map((from) => imageDependency(from, { group: label, line: step.instruction.line })),
    );
    return [...bases, ...copied];
  });
  const reading = syntax && imageDependency(syntax.image, { group: "syntax", line: syntax.line });
  return [reading, ...found].filter((image) => image !== null);
}
