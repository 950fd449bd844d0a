import type { CapabilityReader, Claim } from "./capability.ts";
import { USER_LEVELS } from "./container/user.ts";
import { decodeText } from "./data/text.ts";
import {
  BUILD_RIGHT_KIND,
  BUILD_RIGHT_LEVELS,
  readBuildRights,
} from "./dockerfile/build-rights.ts";
import { type Directives, readDirectives } from "./dockerfile/directives.ts";
import { ADD_URL_KIND, ADD_URL_LEVELS, readDownloads } from "./dockerfile/downloads.ts";
import { readImages } from "./dockerfile/images.ts";
import { type Instruction, instructionOf, refuseUnknown } from "./dockerfile/instruction.ts";
import { type LogicalLine, logicalLines } from "./dockerfile/logical-lines.ts";
import { readScripts, REMOTE_SCRIPT_KIND, REMOTE_SCRIPT_LEVELS } from "./dockerfile/scripts.ts";
import { readSecrets, SECRET_KIND, SECRET_LEVELS } from "./dockerfile/secrets.ts";
import { stagesOf } from "./dockerfile/stages.ts";
import { readUsers, USER_KIND } from "./dockerfile/users.ts";
import { claimByFolder } from "./in-folder.ts";
import { understandAll } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads what builds images: who they and the steps of their builds run as, what is taken from
 * servers, registries and git repositories, and secrets that stay in them.
 *
 * Any folder may hold such files, and any letters may name them. Names that a program's source,
 * or a template, may have as well resemble them.
 *
 * Source: docs.docker.com/reference/dockerfile; docs.podman.io, "podman build".
 */
export const dockerfile: CapabilityReader = {
  name: "dockerfile",
  kinds: {
    [USER_KIND]: USER_LEVELS,
    [ADD_URL_KIND]: ADD_URL_LEVELS,
    [REMOTE_SCRIPT_KIND]: REMOTE_SCRIPT_LEVELS,
    [SECRET_KIND]: SECRET_LEVELS,
    [BUILD_RIGHT_KIND]: BUILD_RIGHT_LEVELS,
  },
  maxBytes: MAX_BYTES,
  claims: claimOf,
  read: (path, content) =>
    understandAll(() => {
      const lines = decodeText(content, MAX_BYTES).split(/\r*\n/);
      const directives = readDirectives(lines);
      const instructions = logicalLines(lines, directives).flatMap((line) =>
        instructionsIn(line, claimOf(path) === "resembles", directives),
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
    }),
};

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

function claimOf(path: string): Claim | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = NAMED.exec(name);
  if (!named) {
    const [, template] = SUFFIXED.exec(name) ?? [];
    if (template === undefined) return null;
    return template === "" ? claimByFolder(path) : "resembles";
  }
  const [, file = "", rest = ""] = named;
  if (NO_DOCKERFILE.test(rest)) return null;
  if (SOURCE.test(rest)) return file.startsWith(file.charAt(0).toLowerCase()) ? null : "resembles";
  return TEMPLATE.test(rest) || /^[A-Za-z0-9]/.test(rest) ? "resembles" : claimByFolder(path);
}

// `Dockerfile`, `Containerfile`, `Dockerfile.alpine`, `Dockerfile-dev`, `DockerfileCross.arm64`
const NAMED = /^(dockerfile|containerfile)(.*)$/is;

// `app.Dockerfile`, `app.containerfile`, `app.Dockerfile.j2`
const SUFFIXED = /\.(?:dockerfile|containerfile)((?:\.(?:erb|in|j2|jinja2?|template|tmpl|tpl))?)$/i;

/** What is about such files, and none. */
const NO_DOCKERFILE =
  /^s|\.(?:dockerignore|containerignore|md|html?|json|ya?ml|svg|png|lock|csv|xml|snap|map)$/i;

/** Endings of programs, after which variants are called too: `Dockerfile.go`. */
const SOURCE =
  /\.(?:c|cpp|cs|go|java|js|jsx|kt|lua|mjs|php|pl|py|rb|rs|rst|scala|sh|sql|swift|ts|tsx|txt|vim)$/i;

const TEMPLATE =
  /\.(?:ejs|erb|gotmpl|hbs|in|j2|jinja2?|m4|mustache|njk|template|tera|tmpl|tpl|orig|bak)$/i;
