import { replaceEmbedded } from "../../github-expression/embedded.ts";
import { codeOf, isInterpreter } from "../../shell/interpreters.ts";
import { programOf } from "../../shell/program.ts";

/**
 * Whether what a container is told to start is an interpreter, whose arguments are or hold code:
 * `sh -c …`, `/usr/bin/env -i sh -c …`. No shell splits it, the runner does, at spaces that stand in
 * no double quotes; what stands in them can be split once more (`env -S "sh -c …"`).
 */
export function startsInterpreter(command: string): boolean {
  const text = replaceEmbedded(command, () => "${{}}");
  return [/(?:\\.|[^\s"\\]|"(?:\\.|[^"\\])*"?)+/gs, /[^\s"]+/g].some((word) => {
    const words = (text.match(word) ?? []).map((found) => wordOf(found.replace(/["\\]/g, "")));
    const program = programOf({ words });
    return isInterpreter(program) || codeOf(program).length > 0;
  });
}

function wordOf(text: string): Parameters<typeof programOf>[0]["words"][number] {
  return { text, expanding: text, row: 0, isRedirection: false };
}
