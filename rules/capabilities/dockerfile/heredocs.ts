import { NotUnderstood } from "../not-understood.ts";
import { type InstructionPlace, readHead } from "./head.ts";
import { unquoted, wordsOf } from "./words.ts";

/** A here document that an instruction awaits on the lines behind it. */
interface AwaitedHeredoc {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

/** The here documents that an instruction awaits. */
interface Awaited {
  readonly heredocs: readonly AwaitedHeredoc[];
  /** Whether builders that know no space behind `<<` await none. */
  readonly isOfNewer: boolean;
}

/**
 * The here documents that `RUN`, `COPY` and `ADD` await: words of the form `<<EOF`, `<<-"EOF"`,
 * `3<<EOF` and `<< EOF`. `cat<<EOF` is none to the builder, nor is any in an instruction that is a
 * JSON list. Throws `NotUnderstood` where builders await others.
 */
export function heredocsIn(instruction: string, place: InstructionPlace): Awaited {
  const none = { heredocs: [], isOfNewer: false };
  const head = instruction.includes("<<") ? readHead(instruction, place) : null;
  if (!head || !["RUN", "COPY", "ADD"].includes(head.keyword)) return none;
  if (instructionList(instruction.slice(head.length)) !== null) return none;
  const known = heredocWords(instruction);
  const heredocs = heredocWords(instruction.replace(/<<\s+/g, "<<"));
  if (heredocs.length === 0 && known.length === 0) return none;
  if (JSON.stringify(heredocs) === JSON.stringify(known)) return { heredocs, isOfNewer: false };
  if (known.length === 0) return { heredocs, isOfNewer: true };
  throw unclearHeredoc(place);
}

function heredocWords(instruction: string): AwaitedHeredoc[] {
  return (wordsOf(instruction) ?? []).flatMap((word) => {
    const [, dash, rest = ""] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    return rest === "" ? [] : [{ delimiter: unquoted(rest), stripsTabs: dash === "-" }];
  });
}

/** The refusal of a here document that not all builders await. */
export function unclearHeredoc({ line }: InstructionPlace): NotUnderstood {
  const why = "a here document that builders read differently";
  return new NotUnderstood("heredoc-space", why, { line, column: 1 });
}

/** The strings of an instruction's JSON form, `["a", "b"]`; null for any other text. */
export function instructionList(text: string): string[] | null {
  if (!text.trimStart().startsWith("[")) return null;
  try {
    const list: unknown = JSON.parse(text.trim());
    const isStrings = Array.isArray(list) && list.every((item) => typeof item === "string");
    return isStrings ? list : null;
  } catch {
    return null;
  }
}
