/** A call as people write it in a Gemfile: `gem "rack", "~> 3", require: false`. */
export interface RubyCall {
  /** `gem`, or what stands behind the last dot: `add_dependency`. */
  readonly name: string;
  /** Texts before the first option. */
  readonly texts: readonly string[];
  /** Options with texts or symbols: `git: "…"`, `:git => "…"`. */
  readonly options: ReadonlyMap<string, string>;
  /** Symbols before the first option. */
  readonly symbols: readonly string[];
  readonly opensBlock: boolean;
  readonly line: number;
}

/** What begins or ends a block, or is a call. */
export type RubyLine = RubyCall | "opens" | "ends";

/** The longest call that is read: it may go over several lines. */
const MAX_CALL = 4_096;

const OPENS = /^(?:if|unless|case|while|until|begin|def|class|module|for)\b(?!.*\bend\s*$)/;
const ENDS = /^end\b/;
const BLOCK = /\bdo(?:\s*\|[^|]*\|)?\s*$/;
// `gem`, `spec.add_dependency`
const CALL = /^(?:[a-z_]\w*\.)?([a-z_]\w*)[\s(=<+]/;

/** The calls and blocks of Ruby code, as far as lines look familiar; others are left out. */
export function* rubyLines(text: string): Generator<RubyLine> {
  for (const { code, line } of statements(text)) {
    if (ENDS.test(code)) yield "ends";
    else if (OPENS.test(code)) yield "opens";
    else {
      const opensBlock = BLOCK.test(code);
      const [, name] = CALL.exec(code) ?? [];
      if (name !== undefined) yield callOf(name, code, opensBlock, line);
      else if (opensBlock) yield "opens";
    }
  }
}

/** Lines without comments, with those that go on behind a comma, a backslash or an open bracket. */
function* statements(text: string): Generator<{ readonly code: string; readonly line: number }> {
  let [code, start] = ["", 0];
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    if (whole.length > MAX_CALL) continue;
    const part = withoutComment(whole).trim();
    if (part === "") continue;
    if (code === "") start = index + 1;
    code = `${code} ${part.replace(/\\$/, "")}`.trimStart();
    if (/[,\\([]$/.test(part) && code.length < MAX_CALL) continue;
    yield { code, line: start };
    code = "";
  }
  if (code !== "") yield { code, line: start };
}

const TEXT = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/.source;
const PARTS = new RegExp(`(?:${TEXT}|[^"'#])+`, "y");

function withoutComment(line: string): string {
  PARTS.lastIndex = 0;
  return PARTS.exec(line)?.[0] ?? (/^\s*#/.test(line) ? "" : line);
}

// `git: "…"`, `:git => "…"`, `"git" => :x`, a text, a symbol
const ARGUMENT = new RegExp(
  `(?:\\b(\\w+):\\s*|:(\\w+)\\s*=>\\s*)(?:(${TEXT})|:(\\w+)|)|(${TEXT})|:(\\w+)`,
  "g",
);

// %w[a b]
const WORDS = /%[wW](?:\[([^\]]*)\]|\(([^)]*)\))/g;

function quoted(_list: string, square: string | undefined, round: string | undefined): string {
  const words = (square ?? round ?? "").split(/\s+/).filter((word) => /^[^"\\]+$/.test(word));
  return words.map((word) => `"${word}"`).join(", ");
}

function callOf(name: string, code: string, opensBlock: boolean, line: number): RubyCall {
  const [texts, symbols]: [string[], string[]] = [[], []];
  const options = new Map<string, string>();
  for (const match of code.replace(WORDS, quoted).matchAll(ARGUMENT)) {
    const [, key, arrowKey, value, symbolValue, text, symbol] = match;
    const option = key ?? arrowKey;
    if (option !== undefined) options.set(option, value ? unquoted(value) : (symbolValue ?? ""));
    else if (options.size > 0) continue;
    else if (text !== undefined) texts.push(unquoted(text));
    else if (symbol !== undefined) symbols.push(symbol);
  }
  return { name, texts, options, symbols, opensBlock, line };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}
