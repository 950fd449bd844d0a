import type { Capability } from "../capability.ts";
import { firstOfEach } from "../first-of-each.ts";
import { runsOf } from "../github-step/remote-runs.ts";
import { REMOTE_SCRIPT_LEVELS } from "../github-step/remote-scripts.ts";
import { scriptsIn } from "../github-step/step-script.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";
import type { Dialect } from "../shell/command.ts";
import { instructionList } from "./heredocs.ts";
import type { Instruction } from "./instruction.ts";
import type { Stage, Step } from "./stages.ts";

export const REMOTE_SCRIPT_KIND = "docker.remote-script";

export { REMOTE_SCRIPT_LEVELS };

/**
 * Scripts that a step of the build, its shell, or what the image starts, downloads and runs (heuristic): by
 * their source, once a stage, as `github.step.remote-script` tells them of workflows.
 */
export function readScripts(stages: readonly Stage[]): Capability[] {
  return stages.flatMap((stage) => {
    const found = stage.steps.flatMap((step) => runsIn(stage, step));
    return firstOfEach(found, ({ name, level, reach }) =>
      JSON.stringify([name, level, reach[0]?.cause]),
    );
  });
}

function runsIn({ label, steps }: Stage, step: Step): Capability[] {
  const script = scriptOf(step.instruction);
  if (!script || !MAY_RUN.test(script.text)) return [];
  return scriptsIn(expanded(script.text, step), dialectIn(steps, step), [])
    .flatMap(runsOf)
    .map(({ source, row, content }) => {
      const line = script.lines[row] ?? step.instruction.line;
      return plainGrant({
        ...{ kind: REMOTE_SCRIPT_KIND, name: source.name, holder: label, line },
        ...{ level: source.level, certainty: "heuristic", context: step.instruction.keyword },
        reach: content === "" ? [] : [wayTo(`script:${content}`, line)],
      });
    });
}

/** Without one of these no text comes from elsewhere, or is decoded. */
const MAY_RUN =
  /curl|wget|http|fetch|aria2|iwr|irm|invoke-|download|base(?:32|64)|openssl|xxd|frombase|encoded/i;

/** What a shell runs, and the line of the file that each of its rows stands at. */
interface ShellText {
  readonly text: string;
  readonly lines: readonly number[];
}

function scriptOf(instruction: Instruction): ShellText | null {
  const { keyword, heredocs } = instruction;
  if (!["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL"].includes(keyword)) return null;
  const { text, pieces } = keyword === "HEALTHCHECK" ? withoutCommand(instruction) : instruction;
  const list = instructionList(text);
  if (list) return { text: list.map(quoted).join(" "), lines: [pieces[0]?.line ?? 1] };
  const bodies = heredocs.flatMap(({ lines, delimiter, endLine }) => [
    ...lines,
    { text: delimiter, line: endLine },
  ]);
  const [only] = heredocs;
  if (only && /^\d*<<-?\s*\S+$/.test(text))
    return isForeign(only.lines[0]?.text) ? null : rows(only.lines);
  // The shell puts lines together that a backslash parts, as the builder did.
  const command = pieces.map(({ text: part }) => part).join("\\\n");
  const lines = pieces.map(({ line }) => line);
  const { text: body, lines: bodyLines } = rows(bodies);
  return { text: `${command}\n${body}`, lines: [...lines, ...bodyLines] };
}

// `HEALTHCHECK CMD curl …`
function withoutCommand({ text, pieces }: Instruction): Pick<Instruction, "text" | "pieces"> {
  const cut = (part: string): string => part.replace(/^\s*CMD(?=\s)/i, "");
  return {
    text: cut(text).trim(),
    pieces: pieces.map((piece, index) =>
      index === 0 ? { ...piece, text: cut(piece.text) } : piece,
    ),
  };
}

function rows(parts: readonly { readonly text: string; readonly line: number }[]): ShellText {
  return { text: parts.map(({ text }) => text).join("\n"), lines: parts.map(({ line }) => line) };
}

// `#!/usr/bin/env python3`
function isForeign(first = ""): boolean {
  return first.startsWith("#!") && !/sh\b/.test(first);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Variables in the words of addresses: what the shell sets itself stands as it is written. */
function expanded(text: string, { variables }: Step): string {
  return text.replace(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (whole, braced, plain) => {
    const value = variables.lookup(String(braced ?? plain));
    return value === undefined || value.length > MAX_VALUE ? whole : value;
  });
}

const MAX_VALUE = 300;

// `SHELL ["powershell", "-Command"]`
function dialectIn(steps: readonly Step[], step: Step): Dialect {
  const shell = steps
    .slice(0, steps.indexOf(step))
    .findLast(({ instruction }) => instruction.keyword === "SHELL");
  return /powershell|pwsh|cmd/i.test(shell?.instruction.text ?? "") ? "powershell" : "posix";
}
