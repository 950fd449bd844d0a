import { codeOf } from "../shell/interpreters.ts";
import { type Argument, programName, programOf } from "../shell/program.ts";
import { readShell } from "../shell/read-shell.ts";

/** A runtime that a task starts, with the words behind its name. */
export interface Started {
  readonly name: "deno" | "node";
  readonly args: readonly string[];
  /** What `NODE_OPTIONS=` before it holds. */
  readonly nodeOptions: string;
}

/** How deep commands in words of commands are read: `concurrently "sh -c 'deno run x'"`. */
const MAX_DEPTH = 3;

/**
 * The runs of Deno and Node that a task's command makes, by themselves or by what starts other
 * programs: `npx deno run -A x`, `cross-env A=b node x`, `concurrently "deno run -A x"`.
 */
export function startedBy(command: string, depth = 0): Started[] {
  if (depth > MAX_DEPTH) return [];
  return readShell(command, "posix").flatMap((words) => {
    const program = programOf(words);
    const called = [...(program.called ? [program.called] : []), ...program.args];
    const code = new Set(codeOf(program));
    const inside = called.filter((word) => code.has(word) || /\s/.test(word.text));
    return [
      ...ownRun(called, program.assigned),
      ...inside.flatMap(({ text }) => startedBy(text, depth + 1)),
    ];
  });
}

/** Behind another program's name only the plain name of a runtime is one: `npx deno`, not `ls ./deno`. */
function ownRun(words: readonly Argument[], assigned: readonly Argument[]): Started[] {
  const at = words.findIndex(({ text }, index) =>
    runtimeOf(index === 0 ? programName(text) : text),
  );
  const name = runtimeOf(programName(words[at]?.text ?? ""));
  if (!name || (at > 0 && at === words.length - 1)) return [];
  const behind = words.slice(at + 1).map(({ text }) => text);
  const settings = [...assigned, ...words.slice(0, at)].map(({ text }) => text);
  const options = settings.flatMap((text) => /^NODE_OPTIONS=(.*)$/s.exec(text)?.[1] ?? []);
  const isShort = words[at]?.text.endsWith("dx") ?? false;
  return [{ name, args: isShort ? ["x", ...behind] : behind, nodeOptions: options.join(" ") }];
}

/** `dx` is `deno x`. */
function runtimeOf(name: string): Started["name"] | null {
  if (name === "deno" || name === "dx") return "deno";
  return name === "node" || name === "nodejs" ? "node" : null;
}
