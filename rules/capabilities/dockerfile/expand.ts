/** A text with its variables in place. */
export interface Expanded {
  readonly text: string;
  /** Whether each variable in it was known; the others stand as written. */
  readonly isKnown: boolean;
}

/** What a variable stands for; undefined where nobody knows. */
export type Lookup = (name: string) => string | undefined;

/** Texts that double with each variable would else fill the memory. */
const MAX_LENGTH = 4_096;
const MAX_DEPTH = 8;

/**
 * Puts variables into a word and takes its quotes and escapes away, as the builder does:
 * `"${HOST:-docker.io}/a"`. Forms that cut a value (`${V#v}`) count as unknown.
 *
 * Source: docs.docker.com/reference/dockerfile, "Environment replacement".
 */
export function expand(text: string, lookup: Lookup, escape = "\\"): Expanded {
  return new Expansion(lookup, escape).expand(text, 0);
}

class Expansion {
  readonly #lookup: Lookup;
  readonly #escape: string;

  constructor(lookup: Lookup, escape: string) {
    this.#lookup = lookup;
    this.#escape = escape;
  }

  expand(written: string, depth: number): Expanded {
    const text = written.slice(0, MAX_LENGTH);
    const parts: string[] = [];
    let isKnown = text.length === written.length;
    let length = 0;
    let quote = "";
    const put = (part: string): void => {
      const fitting = part.slice(0, MAX_LENGTH - length);
      isKnown &&= fitting.length === part.length;
      length += fitting.length;
      parts.push(fitting);
    };
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === this.#escape && quote !== "'") {
        at += 1;
        put(text.charAt(at));
      } else if (character === quote) quote = "";
      else if (quote === "" && (character === '"' || character === "'")) quote = character;
      else if (character === "$" && quote !== "'") {
        const variable = this.#variableAt(text, at, depth);
        isKnown &&= variable.isKnown;
        put(variable.text);
        at = variable.end - 1;
      } else put(character);
    }
    return { text: parts.join(""), isKnown };
  }

  #variableAt(text: string, at: number, depth: number): Expanded & { readonly end: number } {
    NAME.lastIndex = at;
    const plain = NAME.exec(text);
    if (plain) {
      const value = this.#lookup(plain[1] ?? "");
      const end = at + plain[0].length;
      return { text: value ?? plain[0], isKnown: value !== undefined, end };
    }
    if (text.charAt(at + 1) !== "{") return { text: "$", isKnown: true, end: at + 1 };
    const end = closerOf(text, at + 2);
    const inner = this.#braced(text.slice(at + 2, end - 1), depth);
    return { text: inner?.text ?? text.slice(at, end), isKnown: inner?.isKnown ?? false, end };
  }

  #braced(inner: string, depth: number): Expanded | null {
    const [, name = "", operator = "", word = ""] = BRACED.exec(inner) ?? [];
    if (name === "" || depth >= MAX_DEPTH) return null;
    const value = this.#lookup(name);
    const isSet = value !== undefined && (value !== "" || !operator.startsWith(":"));
    if (operator.endsWith("+")) return this.expand(isSet ? word : "", depth + 1);
    if (isSet) return { text: value, isKnown: true };
    return operator.endsWith("-") ? this.expand(word, depth + 1) : null;
  }
}

const NAME = /\$([A-Za-z_]\w*)/y;

// `NAME`, `NAME:-word`, `NAME-word`, `NAME:+word`, `NAME:?word`
const BRACED = /^([A-Za-z_]\w*)(?:(:?[-+?])(.*))?$/s;

/** Where `${…}` ends that is open at an offset: behind its own brace, or at the end. */
function closerOf(text: string, start: number): number {
  let open = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "{" && text.charAt(at - 1) === "$") open += 1;
    else if (character === "}") open -= 1;
    if (open === 0) return at + 1;
  }
  return text.length + 1;
}
