import { EVERYTHING, type Permission, scoped } from "./permission.ts";

/** What a run of Deno is given: permissions, and sets of them that are named elsewhere. */
export interface DenoRun {
  readonly permissions: readonly Permission[];
  readonly sets: readonly string[];
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["R", "read"],
  ["W", "write"],
  ["N", "net"],
  ["E", "env"],
  ["S", "sys"],
  ["I", "import"],
  ["A", EVERYTHING],
]);

/** `--allow-net`, `--allow-read=a,b`, `--deny-env`, `--ignore-read=a` */
const LONG = /^--(allow|deny|ignore)-([a-z-]+)(?:=(.*))?$/s;

/** `-A`, `-qRW`, `-N=example.org` */
const GROUP = /^-([A-Za-z]+)(?:=(.*))?$/s;

/** `-P`, `-P=build`, `-Pbuild`, `--permission-set=build` */
const SET = /^(?:-P|--permission-set)(?:=?(.+))?$/s;

/** Options whose value is the next word. */
const WITH_VALUE =
  /^(?:-c|-L|--(?:config|import-map|cert|location|seed|port|host|ext|log-level|output|name|preload|require|conditions|filter|target|root|min-dep-age))$/;

/** Commands that keep nothing back where no flag says so. */
const UNKEPT = ["eval", "x"];

/**
 * What the words behind `deno` give. Flags behind the script's name are the script's own: what is
 * allowed there is told as well, as it is not always clear which word is the script, and what is
 * denied there denies nothing.
 *
 * Source: docs.deno.com/runtime/fundamentals/security and /reference/cli; `deno eval` and `deno x`.
 */
export function denoRun(args: readonly string[]): DenoRun {
  const script = scriptAt(args);
  const permissions = args.flatMap((text, at) =>
    flagsOf(text).filter(({ isDenied }) => !isDenied || at < script),
  );
  const sets = args.slice(0, script).flatMap((text) => {
    const set = SET.exec(text);
    return set ? [set[1] ?? "default"] : [];
  });
  const isUnkept =
    UNKEPT.includes(args.find((text) => !text.startsWith("-")) ?? "") &&
    sets.length === 0 &&
    permissions.every(({ isDenied }) => isDenied);
  return {
    permissions: isUnkept ? [...scoped(EVERYTHING, ""), ...permissions] : permissions,
    sets,
  };
}

/** Where the script stands: behind the command, if that is named, and its options. */
function scriptAt(args: readonly string[]): number {
  const operands = [...args.keys()].filter(
    (at) => !args[at]?.startsWith("-") && !WITH_VALUE.test(args[at - 1] ?? ""),
  );
  const [first = args.length, second = args.length] = operands;
  return /^[a-z]+$/.test(args[first] ?? "") ? second : first;
}

function flagsOf(text: string): Permission[] {
  const [, how, long, scopes] = LONG.exec(text) ?? [];
  if (long !== undefined) {
    return scoped(long === "all" ? EVERYTHING : long, scopes, how !== "allow");
  }
  if (SET.test(text)) return [];
  const [, letters = "", value] = GROUP.exec(text) ?? [];
  return Array.from(letters).flatMap((letter, index) => {
    const name = SHORT.get(letter);
    // Of `-RW=a` the value is the last one's.
    return name === undefined ? [] : scoped(name, index === letters.length - 1 ? value : "");
  });
}
