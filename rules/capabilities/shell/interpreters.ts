import { type Argument, programName, type ShellProgram } from "./program.ts";

const SHELLS = ["ash", "bash", "dash", "fish", "ksh", "sh", "zsh"];
const POWERSHELLS = ["powershell", "pwsh"];

/** Programs that run text, and the options that hand it to them as an argument. */
const INTERPRETERS: ReadonlyMap<string, RegExp> = new Map([
  ...SHELLS.map((shell) => [shell, /^-[a-z]*c[a-z]*$/] as const),
  ...POWERSHELLS.map((shell) => [shell, /^-(?:c|command)$/i] as const),
  ["bun", /^(?:-e|--eval)$/],
  ["deno", /^eval$/],
  ["node", /^(?:-[a-z]*[ep]|--eval|--print)$/],
  ["perl", /^-[a-z]*e$/i],
  ["php", /^-r$/],
  ["python", /^-[a-z]*c$/i],
  ["ruby", /^-[a-z]*e$/],
]);

/** Programs of which every argument is code. */
const EVALUATING = new Set(["eval", "iex", "invoke-expression"]);

/** Programs that run a file as their own code. */
const SOURCING = new Set([".", "source"]);

/** Options that take a value, and so are no sign of a script's name. */
const WITH_VALUE: ReadonlyMap<string, RegExp> = new Map([
  ...SHELLS.map((shell) => [shell, /^(?:-[a-z]*[oO]|--rcfile|--init-file)$/] as const),
  ...POWERSHELLS.map((shell) => [shell, /^-(?:executionpolicy|ep)$/i] as const),
  ["node", /^(?:-[rC]|--(?:require|import|(?:experimental-)?loader|env-file|conditions))$/],
  ["perl", /^-I$/],
  ["php", /^-[cd]$/],
  ["python", /^-[A-Za-z]*[WX]$/],
  ["ruby", /^-[IrC]$/],
]);

/** Whether a program runs text that it is given. */
export function isInterpreter({ name }: Pick<ShellProgram, "name">): boolean {
  return INTERPRETERS.has(name) || isEvaluating(name);
}

/** Whether every argument of a program is code: of `eval` and PowerShell's own. */
export function isEvaluating(name: string): boolean {
  return EVALUATING.has(name) || name.startsWith("[scriptblock]");
}

/**
 * Whether a program runs what it reads: `sh`, `bash -s -- args`, `python -`, `. /dev/stdin`; not
 * `sh file`, `python -c …`.
 */
export function runsInput({ name, args }: ShellProgram): boolean {
  if (name === "iex" || name === "invoke-expression") return args.length === 0;
  if (SOURCING.has(name)) return isInput(args[0]?.text ?? "");
  if (!INTERPRETERS.has(name)) return false;
  if (name === "deno" || name === "bun") return args.some(({ text }) => isInput(text));
  if (codeArguments(name, args).length > 0) return false;
  if (SHELLS.includes(name) && args.some(({ text }) => /^-[a-z]*s/.test(text))) return true;
  const first = firstOperand(name, args);
  return first === undefined || isInput(first.text);
}

/** The arguments of a command that are run as code, wherever in it the interpreter stands. */
export function codeOf(program: ShellProgram): readonly Argument[] {
  const { name, args, input } = program;
  if (isEvaluating(name)) return args;
  const code = INTERPRETERS.has(name) ? codeArguments(name, args) : nestedCode(args);
  return runsInput(program) ? [...code, ...input] : code;
}

/** The file that a command runs: `sh file`, `. file`, `./file`, `$file`; undefined for none. */
export function fileRunBy({ name, called, args }: ShellProgram): Argument | undefined {
  if (SOURCING.has(name)) return args[0];
  if (!INTERPRETERS.has(name)) return called && /[\\/]|^\$/.test(called.text) ? called : undefined;
  if (codeArguments(name, args).length > 0) return undefined;
  const first = firstOperand(name, args);
  const operand =
    first && isSubcommand(name, first) ? firstOperand(name, argumentsBehind(args, first)) : first;
  return operand && !isInput(operand.text) ? operand : undefined;
}

// `bun run FILE`; not `bun file.ts`
function isSubcommand(name: string, { text }: Argument): boolean {
  return (name === "deno" || name === "bun") && /^[a-z]+$/.test(text);
}

function argumentsBehind(args: readonly Argument[], last: Argument): readonly Argument[] {
  return args.slice(args.indexOf(last) + 1);
}

function codeArguments(name: string, args: readonly Argument[]): readonly Argument[] {
  const option = INTERPRETERS.get(name);
  const at = args.findIndex(({ text }) => option?.test(text));
  if (at < 0) return [];
  const before = firstOperand(name, args.slice(0, at));
  if (before !== undefined && name !== "deno") return [];
  const code = SHELLS.includes(name) ? firstOperand(name, args) : args[at + 1];
  return code ? [code] : [];
}

// `docker run image bash -c CODE`, `ssh host bash -c CODE`
function nestedCode(args: readonly Argument[]): readonly Argument[] {
  return args.filter((_argument, index) => {
    const option = INTERPRETERS.get(programName(args[index - 2]?.text ?? ""));
    return option?.test(args[index - 1]?.text ?? "") ?? false;
  });
}

function firstOperand(name: string, args: readonly Argument[]): Argument | undefined {
  const withValue = WITH_VALUE.get(name);
  return args.find(
    ({ text }, index) =>
      (!text.startsWith("-") || text === "-") && !withValue?.test(args[index - 1]?.text ?? ""),
  );
}

function isInput(text: string): boolean {
  return text === "-" || text === "/dev/stdin" || text === "/dev/fd/0";
}
