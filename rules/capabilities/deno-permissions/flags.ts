import { programOf } from "../shell/program.ts";
import { readShell } from "../shell/read-shell.ts";

/** One permission that a command hands out, for one place or, where `scope` is null, for all. */
export interface RunFlag {
  readonly name: string;
  readonly scope: string | null;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["R", "read"],
  ["W", "write"],
  ["N", "net"],
  ["E", "env"],
  ["S", "sys"],
  ["A", "everything"],
]);

/** `--allow-net`, `--allow-read=a,b` */
const LONG = /^--allow-([a-z-]+)(?:=(.*))?$/s;

/** `-A`, `-RW`, `-N=example.org` */
const GROUP = /^-([RWNESA]+)(?:=(.*))?$/s;

/**
 * The permissions that the commands of a task hand to what deno starts. Flags behind the script's
 * name are the script's own, but are told as well: which word is the script is not always clear.
 */
export function runFlags(command: string): RunFlag[] {
  return readShell(command, "posix")
    .map((words) => programOf(words))
    .filter(({ name }) => name === "deno")
    .flatMap(({ args }) => args.flatMap(({ text }) => flagsOf(text)));
}

function flagsOf(text: string): RunFlag[] {
  const [, long, scopes] = LONG.exec(text) ?? [];
  if (long !== undefined) return scoped(long === "all" ? "everything" : long, scopes);
  const [, letters = "", value] = GROUP.exec(text) ?? [];
  return Array.from(letters).flatMap((letter) => scoped(SHORT.get(letter) ?? letter, value));
}

function scoped(name: string, scopes: string | undefined): RunFlag[] {
  if (scopes === undefined || scopes === "") return [{ name, scope: null }];
  return scopes.split(",").map((scope) => ({ name, scope: scope.trim() }));
}
