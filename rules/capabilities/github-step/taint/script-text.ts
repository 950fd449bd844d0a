import { replaceEmbedded } from "../../github-expression/embedded.ts";
import { sourceAt } from "../../github-expression/sources.ts";
import { mergeTaints, type Taint } from "./taint.ts";

/** What a script can take texts of others from. */
export interface ScriptSources {
  /** The taints of an expression in it, by what stands between `${{` and `}}`. */
  readonly expression: (inner: string) => readonly Taint[];
  /** The taints of an environment variable that it may read. */
  readonly variable: (name: string) => readonly Taint[];
  /** The taints of the variables that its own step sets, for code that is not seen reading them. */
  readonly ownVariables: readonly Taint[];
}

/** One line of a script, its continuations joined. */
export interface ScriptLine {
  /** With every expression as `${{N}}`, so that nothing of it looks like the script's own. */
  readonly text: string;
  /** The texts of others that it mentions. */
  readonly taints: readonly Taint[];
}

/** A script as lines, and every text of others that it can hold. */
export interface TaintedScript {
  readonly lines: readonly ScriptLine[];
  readonly all: readonly Taint[];
}

/** Finds the texts of others in a script, in a shell's, PowerShell's, Python's or JavaScript's words. */
export function taintedScript(script: string, sources: ScriptSources): TaintedScript {
  const expressions: (readonly Taint[])[] = [];
  const marked = replaceEmbedded(script, ({ inner }) => {
    expressions.push(sources.expression(inner));
    return `\${{${expressions.length - 1}}}`;
  });
  const lines = joinContinued(marked).map((text) => {
    const taints = mergeTaints([
      ...Array.from(text.matchAll(MARK), ([, at]) => expressions[Number(at)] ?? []),
      ...variablesIn(text).map((name) => sources.variable(name)),
      payloadTaints(text),
    ]);
    return { text, taints };
  });
  const all = mergeTaints([sources.ownVariables, ...lines.map(({ taints }) => taints)]);
  return { lines, all };
}

/** The names of variables that a line reads, each once. */
export function variablesIn(line: string): string[] {
  return [...new Set(Array.from(line.matchAll(VARIABLE), ([, name = ""]) => name))];
}

const MARK = /\$\{\{(\d+)\}\}/g;

// `$T`, `${T}`, `${#T}`, `$env:T`, `%T%`, `process.env.T`, `os.environ["T"]`, `os.getenv("T")`
const VARIABLE =
  /(?:\$(?:env:|\{(?:env:)?[#!]?)?|%|\benv\.|\b(?:env|environ)\[["']|\b(?:getenv|environ\.get)\(["'])([A-Za-z_]\w*)/gi;

function joinContinued(script: string): string[] {
  return script.replace(/\\\r?\n/g, " ").split(/\r?\n/);
}

// `jq -r .issue.title "$GITHUB_EVENT_PATH"`, `context.payload.issue.title`
function payloadTaints(text: string): readonly Taint[] {
  const readsPayload = text.includes("GITHUB_EVENT_PATH") || text.includes("context.payload");
  if (!readsPayload) return [];
  const paths = Array.from(text.matchAll(/(?:\??\.[A-Za-z_]\w*)+/g), ([path]) =>
    path
      .replace(/^\??\.payload\b/, "")
      .split(/\??\./)
      .filter((key) => key !== ""),
  );
  return mergeTaints(paths.map(eventTaint));
}

function eventTaint(keys: readonly string[]): readonly Taint[] {
  const source = keys.length > 1 ? sourceAt(["github", "event", ...keys]) : null;
  return source ? [{ ...source, through: "", certainty: "heuristic" }] : [];
}
