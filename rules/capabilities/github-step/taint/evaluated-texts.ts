import { codeOf, fileRunBy, isEvaluating, runsInput } from "../../shell/interpreters.ts";
import { type ScriptSources, variablesIn } from "./script-text.ts";
import type { Script, ScriptCommand } from "../step-script.ts";
import { mergeTaints, passThrough, type Taint } from "./taint.ts";
import { TaintedVariables, TaintFlow } from "./taint-flow.ts";

/** A text of others that a script runs as code out of a variable, and the row where it does. */
export interface EvaluatedText {
  readonly taint: Taint;
  readonly row: number;
}

/**
 * The texts of others that the commands of a step run as code: `eval "$T"`, `bash -c "$T"`,
 * `echo "$T" | sh`, `bash <<< "$T"`, `source <(echo "$T")`, `iex $env:T`. As an argument of any
 * other program a variable is data.
 */
export function evaluatedByShell(
  scripts: readonly Script[],
  sources: ScriptSources,
): EvaluatedText[] {
  const variables = new TaintedVariables(sources.variable);
  return scripts.flatMap((script) => {
    const flow = new TaintFlow(script, variables);
    return script.flatMap((command, index) =>
      runBy(command, index, flow).map((taint) => ({ taint, row: command.row })),
    );
  });
}

function runBy(command: ScriptCommand, index: number, flow: TaintFlow): readonly Taint[] {
  const { called, name } = command;
  const code = codeOf(command).map(({ word }) => flow.heldBy(index, word));
  // `[scriptblock]::Create($env:T)`
  const block = called && isEvaluating(name) ? flow.substitutedIn(index, called.word) : [];
  const file = fileRunBy(command);
  // `source <(echo "$T")`; a file that a variable names is none that it holds.
  const printed = file && file !== called ? flow.substitutedIn(index, file.word) : [];
  // `… | bash`, `bash <<EOF`
  const read = runsInput(command) ? [flow.readBy(index), flow.documentsOf(command)] : [];
  return mergeTaints([...code, block, printed, ...read]);
}

/**
 * The same in JavaScript or Python, by reading lines: `eval(process.env.T)`, `new Function(…)`,
 * `exec(os.environ["T"])`, and what hands a text to a shell. Other variables are followed from
 * the lines that assign them.
 */
export function evaluatedByProgram(program: string, sources: ScriptSources): EvaluatedText[] {
  if (!EVALUATES.test(program)) return [];
  const locals = new Map<string, readonly Taint[]>();
  return program.split("\n").flatMap((line, row) => {
    const taints = taintsOf(line, sources, locals);
    for (const name of assignedIn(line)) locals.set(name, taints);
    return EVALUATES.test(line) ? taints.map((taint) => ({ taint, row })) : [];
  });
}

// `eval(`, `new Function(`, `child_process.execSync(`, `os.system(`; not `pattern.exec(`, `exec.exec(`.
const EVALUATES =
  /(?<![\w$.])(?:eval|exec)\s*\(|(?<!\w)(?:Function|execSync|os\.system|runIn(?:New|This)?Context)\s*\(/;

function taintsOf(
  line: string,
  { variable }: ScriptSources,
  locals: ReadonlyMap<string, readonly Taint[]>,
): readonly Taint[] {
  const given = [...variablesIn(line), ...destructuredIn(line)];
  const own = line.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return mergeTaints([
    ...given.map((name) => passThrough(variable(name), `$${name}`)),
    ...own.map((name) => locals.get(name) ?? []),
  ]);
}

// `const t = process.env.T`, `t = os.environ["T"]`, `const { T } = process.env`
function assignedIn(line: string): string[] {
  const name = /^\s*(?:(?:const|let|var)\s+)?([A-Za-z_$][\w$]*)\s*=(?![=>])/.exec(line)?.[1];
  return name === undefined ? destructuredIn(line) : [name];
}

function destructuredIn(line: string): string[] {
  const names = /(?:const|let|var)\s*\{([^{}]*)\}\s*=\s*process\.env\b/.exec(line)?.[1];
  return names?.match(/[A-Za-z_]\w*/g) ?? [];
}
