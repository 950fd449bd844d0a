import { Composer, type Document, Lexer, LineCounter, Parser, type YAMLError } from "yaml";
import { takeFrom } from "../allowance.ts";
import type { Allowance } from "../capability.ts";
import { NotUnderstood } from "../not-understood.ts";
import type { DataNode } from "./data-node.ts";
import { decodeText } from "./text.ts";
import { buildTree, MAX_NODES, placeAt, type YamlDialect } from "./yaml-tree.ts";

/** How many nodes may be open at once while parsing: composing recurses once for each. */
const MAX_OPEN_NODES = 200;

/** Parsing takes a few microseconds for each; a workflow at GitHub's own limit has fewer. */
const LEXEMES_OF_A_NODE = 8;

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
): DataNode {
  const dialect = { maxBytes, documents: "one" } as const;
  const [only] = parseYamlDocuments(content, dialect, allowance);
  if (!only) throw new NotUnderstood("not-yaml", "not valid YAML: no document");
  return only;
}

/**
 * Parses every document of a YAML file, as `parseYaml` does one, in the dialect that its readers on
 * the other side speak. A document that holds nothing is a scalar of null.
 */
export function parseYamlDocuments(
  content: Uint8Array,
  dialect: YamlDialect,
  allowance: Allowance = { characters: Infinity },
): DataNode[] {
  return parseYamlText(decodeText(content, dialect.maxBytes), dialect, allowance);
}

/** As `parseYamlDocuments`, for a text that is a part of a file, from line `firstLine` on. */
export function parseYamlText(
  text: string,
  dialect: YamlDialect,
  allowance: Allowance = { characters: Infinity },
  firstLine = 1,
): DataNode[] {
  const lines = countFrom(firstLine);
  return compose(text, lines, dialect).map((document) => {
    const { node, written } = buildTree(document, lines, dialect);
    takeFrom(allowance, written);
    return node;
  });
}

function countFrom(firstLine: number): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const { linePos } = lines;
  lines.linePos = (offset) => {
    const { line, col } = linePos(offset);
    return { line: line + firstLine - 1, col };
  };
  return lines;
}

function compose(text: string, lines: LineCounter, dialect: YamlDialect): Document.Parsed[] {
  // Duplicate keys are found while the tree is built: this option would compare every two keys.
  const composer = new Composer({ schema: "core", uniqueKeys: false });
  // Else every fault becomes an error with a stack: seconds, where a megabyte is full of them.
  // The composer catches what is thrown inside it and asks again, as for another fault.
  let first: NotUnderstood | null = null;
  const onError = (source: FaultPlace, code: string, _message: string, isWarning = false): void => {
    if (isWarning && isKept(code, dialect)) return;
    const place = placeAt(offsetOf(source), lines);
    throw (first ??= new NotUnderstood("not-yaml", `not valid YAML: ${code}`, place));
  };
  Object.assign(composer, { onError });
  const tokens = tokenize(text, lines, dialect);
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens, true, text.length)) {
    const problem = problemOf(document);
    if (problem) {
      const place = placeAt(problem.pos[0], lines);
      throw new NotUnderstood("not-yaml", `not valid YAML: ${problem.code}`, place);
    }
    if (dialect.documents === "one" && documents.length > 0) {
      const place = placeAt(document.range[0], lines);
      throw new NotUnderstood("documents", "more than one YAML document", place);
    }
    documents.push(document);
  }
  return documents;
}

function problemOf({ errors, warnings }: Document.Parsed): YAMLError | undefined {
  return errors[0] ?? warnings[0];
}

// A tag of its own, of which the composer only warns that it does not know it.
function isKept(code: string, { tags }: YamlDialect): boolean {
  return tags === "kept" && code === "TAG_RESOLVE_FAILED";
}

/** How the composer says where a fault is. */
type FaultPlace = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetOf(source: FaultPlace): number {
  if (typeof source === "number") return source;
  return "offset" in source ? source.offset : source[0];
}

type Token = ReturnType<Parser["next"]> extends Iterable<infer Item> ? Item : never;

function tokenize(text: string, lines: LineCounter, dialect: YamlDialect): Token[] {
  const { maxNodes = MAX_NODES, effort = { lexemes: Infinity } } = dialect;
  const parser = new Parser(lines.addNewLine);
  const tokens: Token[] = [];
  const refusal = (code: string, why: string): NotUnderstood =>
    new NotUnderstood(code, why, placeAt(parser.offset, lines));
  const maxLexemes = maxNodes * LEXEMES_OF_A_NODE;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes++;
    effort.lexemes--;
    if (lexemes > maxLexemes || effort.lexemes < 0)
      throw refusal("too-many-nodes", "too many nodes");
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
