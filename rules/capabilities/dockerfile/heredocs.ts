import { unquoted, wordsOf } from "./words.ts";

/** A here document that an instruction awaits on the lines behind it. */
interface AwaitedHeredoc {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

/**
 * The here documents that `RUN`, `COPY` and `ADD` await: words of the form `<<EOF`, `<<-"EOF"` and
 * `3<<EOF`. `cat<<EOF` is none to the builder, nor is any in an instruction that is a JSON list.
 */
export function heredocsIn(instruction: string): AwaitedHeredoc[] {
  if (!instruction.includes("<<") || !/^\s*(?:onbuild\s+)?(?:run|copy|add)\s/i.test(instruction)) {
    return [];
  }
  if (/^\s*(?:onbuild\s+)?\w+\s+(?:--\S+\s+)*\[/i.test(instruction) && isList(instruction)) {
    return [];
  }
  return (wordsOf(instruction) ?? []).flatMap((word) => {
    const [, dash, rest = ""] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    return rest === "" ? [] : [{ delimiter: unquoted(rest), stripsTabs: dash === "-" }];
  });
}

function isList(instruction: string): boolean {
  return instructionList(instruction.slice(instruction.indexOf("["))) !== null;
}

/** The strings of an instruction's JSON form, `["a", "b"]`; null for any other text. */
export function instructionList(text: string): string[] | null {
  if (!text.trimStart().startsWith("[")) return null;
  try {
    const list: unknown = JSON.parse(text);
    const isStrings = Array.isArray(list) && list.every((item) => typeof item === "string");
    return isStrings ? list : null;
  } catch {
    return null;
  }
}
