import { Composer, type Document, Lexer, LineCounter, Parser } from "yaml";
import { takeFrom } from "./allowance.ts";
import type { Allowance } from "./capability.ts";
import { NotUnderstood } from "./not-understood.ts";
import type { YamlNode } from "./yaml-node.ts";
import { buildTree, placeAt } from "./yaml-tree.ts";

/** How many nodes may be open at once while parsing: composing recurses once for each. */
const MAX_OPEN_NODES = 200;

/** Parsing takes a few microseconds for each; a workflow at GitHub's own limit has fewer. */
const MAX_LEXEMES = 400_000;

/** What not every parser reads alike: a lone CR, NEL, LS and PS end lines only for some. */
const AMBIGUOUS = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF]|\r(?!\n)/u;

/**
 * Parses one YAML 1.2 document of at most `maxBytes` bytes into a small tree with places.
 *
 * What could make it slow is capped before it is composed (bytes, lexemes, open nodes) and while
 * aliases are resolved (expanded nodes, characters and depth). Throws `NotUnderstood` for what
 * is over a cap, what is not UTF-8 or not YAML, and what parsers read differently: directives,
 * tags, merge keys, duplicate keys, several documents, unusual line breaks. A control character
 * at the wrong place would else hide a key from us that the platform's own parser sees. What the
 * document weighs written out is taken from `allowance`, before anybody walks it.
 *
 * Source: YAML 1.2.2; aliases and their limits as in the parser of github.com/actions/runner.
 */
export function parseYaml(
  content: Uint8Array,
  maxBytes: number,
  allowance: Allowance = { characters: Infinity },
): YamlNode {
  const text = decode(content, maxBytes);
  const lines = new LineCounter();
  lines.addNewLine(0);
  const { node, written } = buildTree(compose(text, lines), lines);
  takeFrom(allowance, written);
  return node;
}

function decode(content: Uint8Array, maxBytes: number): string {
  if (content.length > maxBytes) {
    throw new NotUnderstood("too-large", `too large: more than ${maxBytes} bytes`);
  }
  const text = decodeUtf8(content);
  const ambiguous = AMBIGUOUS.exec(text);
  if (!ambiguous) return text;
  const why = "a control character or line break that parsers read differently";
  const before = text.slice(0, ambiguous.index).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  throw new NotUnderstood("ambiguous-character", why, place);
}

function decodeUtf8(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (cause) {
    throw new NotUnderstood("not-utf8", "not UTF-8", null, { cause });
  }
}

function compose(text: string, lines: LineCounter): Document.Parsed {
  // Duplicate keys are found while the tree is built: this option would compare every two keys.
  const composer = new Composer({ schema: "core", uniqueKeys: false });
  // Else every fault becomes an error with a stack: seconds, where a megabyte is full of them.
  // The composer catches what is thrown inside it and asks again, as for another fault.
  let first: NotUnderstood | null = null;
  const onError = (source: FaultPlace, code: string): never => {
    const place = placeAt(offsetOf(source), lines);
    throw (first ??= new NotUnderstood("not-yaml", `not valid YAML: ${code}`, place));
  };
  Object.assign(composer, { onError });
  let only: Document.Parsed | null = null;
  for (const document of composer.compose(tokenize(text, lines), true, text.length)) {
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) {
      const place = placeAt(problem.pos[0], lines);
      throw new NotUnderstood("not-yaml", `not valid YAML: ${problem.code}`, place);
    }
    if (only) {
      const place = placeAt(document.range[0], lines);
      throw new NotUnderstood("documents", "more than one YAML document", place);
    }
    only = document;
  }
  if (!only) throw new NotUnderstood("not-yaml", "not valid YAML: no document");
  return only;
}

/** How the composer says where a fault is. */
type FaultPlace = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetOf(source: FaultPlace): number {
  if (typeof source === "number") return source;
  return "offset" in source ? source.offset : source[0];
}

type Token = ReturnType<Parser["next"]> extends Iterable<infer Item> ? Item : never;

function tokenize(text: string, lines: LineCounter): Token[] {
  const parser = new Parser(lines.addNewLine);
  const tokens: Token[] = [];
  const refusal = (code: string, why: string): NotUnderstood =>
    new NotUnderstood(code, why, placeAt(parser.offset, lines));
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes++;
    if (lexemes > MAX_LEXEMES) throw refusal("too-many-nodes", "too many nodes");
    if (parser.stack.length > MAX_OPEN_NODES) throw refusal("too-deep", "nested too deep");
  }
  tokens.push(...parser.end());
  refuseDirectives(tokens, lines);
  return tokens;
}

// `%YAML 1.1` would change what plain words mean, `%TAG` what tags mean.
function refuseDirectives(tokens: readonly Token[], lines: LineCounter): void {
  const directive = tokens.find((token) => token.type === "directive");
  if (!directive) return;
  throw new NotUnderstood("directive", "a YAML directive", placeAt(directive.offset, lines));
}
