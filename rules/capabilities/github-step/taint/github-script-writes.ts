import { type ScriptSources, taintedScript } from "./script-text.ts";
import { ANY_NAME } from "./taint-store.ts";
import { addWritten, nothingWritten, type WrittenValues } from "./written-values.ts";

/**
 * What the script of `actions/github-script` sets for later steps, by reading its lines: a guess.
 *
 * An output, a variable or the result (what the script returns) hands on what its line mentions
 * of others, else all that the script holds of them, unless its value is written out right there:
 * `core.setOutput("ok", true)`.
 */
export function writtenByGithubScript(script: string, sources: ScriptSources): WrittenValues {
  const written = nothingWritten();
  if (!/\b(?:setOutput|exportVariable|return)\b/.test(script)) return written;
  const { lines, all } = taintedScript(script, sources);
  for (const { text, taints } of lines) {
    const told = taints.length > 0 ? taints : all;
    for (const { call, name } of callsIn(text)) {
      if (call === "setOutput") addWritten(written.outputs, name.toLowerCase(), told);
      else addWritten(written.variables, name, told);
    }
    if (RETURNS.test(text)) addWritten(written.outputs, "result", told);
  }
  return written;
}

// `core.setOutput("title", value)`
const SETS = /\b(setOutput|exportVariable)\(\s*(?:["'`]([\w.-]+)["'`])?/g;

const RETURNS = /\breturn\b(?!\s*(?:;|$|true\b|false\b|null\b|\d))/;

/** The calls of a line that set something, but to a value that is written out there. */
function callsIn(line: string): { call: string; name: string }[] {
  const literal = /\s*,\s*(?:true|false|null|\d+|'[^'$]*'|"[^"$]*")\s*\)/y;
  return Array.from(line.matchAll(SETS)).flatMap((match) => {
    const [text, call = "", name = ANY_NAME] = match;
    literal.lastIndex = match.index + text.length;
    return literal.test(line) ? [] : [{ call, name }];
  });
}
