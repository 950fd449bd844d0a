import type { NamedActor } from "../rules/waivers/waiver.ts";
import { UsageError } from "./terminal.ts";

/** The options of every command that puts an exception, or the end of one, on the record. */
export const EXCEPTION_OPTIONS = {
  repo: { type: "string" },
  by: { type: "string" },
  because: { type: "string" },
  key: { type: "string" },
  root: { type: "string" },
  "repository-id": { type: "string" },
} as const;

/** Those that say which change, and by which policies. */
export const CHANGE_OPTIONS = {
  base: { type: "string" },
  head: { type: "string" },
  policies: { type: "string", multiple: true },
} as const;

const MAX_WORDS = 1024;

/** An option that has to say something; throws a `UsageError` where it does not. */
export function requiredWords(
  command: string,
  values: Readonly<Record<string, unknown>>,
  option: string,
): string {
  const value = values[option];
  if (typeof value === "string" && value.trim() !== "" && value.length <= MAX_WORDS) return value;
  throw new UsageError(
    `${command}: --${option} is missing, empty or longer than ${MAX_WORDS} characters`,
    `see \`bailiff ${command} --help\``,
  );
}

/** Whoever `--by` names: the word of the key's holder, which nothing proves. */
export function namedBy(command: string, values: Readonly<Record<string, unknown>>): NamedActor {
  const login = requiredWords(command, values, "by").replace(/^@/, "");
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]{0,98}(?:\[bot\])?$/.test(login)) {
    return { login, proven: false, via: [] };
  }
  throw new UsageError(`${command}: --by ${login} is no login`, "give one login, such as ann");
}

/** The same as a record has it. */
export function recordedActor({ login, proven, via }: NamedActor) {
  return { login, proven, via: [...via] };
}
