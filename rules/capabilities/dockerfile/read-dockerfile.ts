import type { Capability, CapabilityReader } from "../capability.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import { USER_LEVELS } from "../container/user.ts";
import { BUILD_RIGHT_KIND, BUILD_RIGHT_LEVELS, readBuildRights } from "./build-rights.ts";
import { type Directives, readDirectives } from "./directives.ts";
import { ADD_URL_KIND, ADD_URL_LEVELS, readDownloads } from "./downloads.ts";
import { readImages } from "./images.ts";
import { type Instruction, instructionOf, refuseUnknown } from "./instruction.ts";
import { type LogicalLine, logicalLines } from "./logical-lines.ts";
import { readScripts, REMOTE_SCRIPT_KIND, REMOTE_SCRIPT_LEVELS } from "./scripts.ts";
import { readSecrets, SECRET_KIND, SECRET_LEVELS } from "./secrets.ts";
import { stagesOf } from "./stages.ts";
import { readUsers, USER_KIND } from "./users.ts";

export const dockerfileKinds: CapabilityReader["kinds"] = {
  [USER_KIND]: USER_LEVELS,
  [ADD_URL_KIND]: ADD_URL_LEVELS,
  [REMOTE_SCRIPT_KIND]: REMOTE_SCRIPT_LEVELS,
  [SECRET_KIND]: SECRET_LEVELS,
  [BUILD_RIGHT_KIND]: BUILD_RIGHT_LEVELS,
};

/** What a Dockerfile's text grants and takes in; throws `NotUnderstood`. */
export function readDockerfile(
  text: string,
  isTemplate: boolean,
): { capabilities: Capability[]; dependencies: Dependency[] } {
  const lines = text.split(/\r*\n/);
  const directives = readDirectives(lines);
  const instructions = logicalLines(lines, directives).flatMap((line) =>
    instructionsIn(line, isTemplate, directives),
  );
  const stages = stagesOf(instructions, directives.escape);
  return {
    capabilities: [
      ...readUsers(stages),
      ...readDownloads(stages),
      ...readScripts(stages),
      ...readSecrets(stages, directives.escape),
      ...readBuildRights(stages),
    ],
    dependencies: readImages(stages, directives),
  };
}

// What `# syntax=` names may know instructions that Docker does not.
function instructionsIn(
  line: LogicalLine,
  isTemplate: boolean,
  { escape, syntax }: Directives,
): Instruction[] {
  const instruction = instructionOf(line, escape);
  if (instruction) return [instruction];
  const isForeign = syntax !== null && !DOCKERS_OWN.test(syntax.image);
  const isDirective = isTemplate && /^\s*(?:\{[{%#]|<%|%|\$\{)/.test(line.pieces[0]?.text ?? "");
  return isForeign || isDirective ? [] : refuseUnknown(line);
}

const DOCKERS_OWN = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/;
