import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from "@actions/expressions/ast";
import { Lexer, type Token, TokenType } from "@actions/expressions/lexer";
import { Parser } from "@actions/expressions/parser";
import type { Expression } from "./expression.ts";

/**
 * The parser nests one level for each comparison of a row; it caps every other nesting at 50, and
 * the lexer what it reads at 21,000 characters.
 */
const MAX_COMPARISONS = 500;

/**
 * Parses what stands between `${{` and `}}`, or in an `if`; null for what GitHub would refuse as
 * well: what is no expression, is empty, too long or nested too deep. Contexts and functions that
 * are not known yet are taken as they are. Never throws.
 *
 * Source: docs.github.com, "Evaluate expressions in workflows and actions"; the parser is GitHub's own.
 */
export function parseExpression(text: string): Expression | null {
  if (text.length > MAX_KEPT_CHARACTERS) return parseAnew(text);
  const kept = parsed.get(text);
  if (kept !== undefined) return kept;
  const expression = parseAnew(text);
  if (parsed.size >= MAX_KEPT) parsed.clear();
  parsed.set(text, expression);
  return expression;
}

// Files use the same few expressions over and over, and so do both sides of a change.
const parsed = new Map<string, Expression | null>();
const MAX_KEPT = 1000;
const MAX_KEPT_CHARACTERS = 200;

function parseAnew(text: string): Expression | null {
  try {
    const { tokens } = new Lexer(text).lex();
    if (tokens.length <= 1 || countComparisons(tokens) > MAX_COMPARISONS) return null;
    return expressionOf(parse(tokens));
  } catch {
    // All that the parser throws says that this is no expression.
    return null;
  }
}

function parse(tokens: Token[]): Expr {
  // Only names are looked up among them.
  const names = tokens.map(({ lexeme }) => lexeme);
  const functions = names.map((name) => ({ name, minArgs: 0, maxArgs: Infinity }));
  return new Parser(tokens, names, functions).parse();
}

const COMPARISONS: ReadonlySet<TokenType> = new Set([
  TokenType.BANG_EQUAL,
  TokenType.EQUAL_EQUAL,
  TokenType.GREATER,
  TokenType.GREATER_EQUAL,
  TokenType.LESS,
  TokenType.LESS_EQUAL,
]);

function countComparisons(tokens: readonly Token[]): number {
  return tokens.filter(({ type }) => COMPARISONS.has(type)).length;
}

function expressionOf(node: Expr): Expression {
  if (node instanceof Grouping) return expressionOf(node.group);
  if (node instanceof Literal) return { type: "literal", value: valueOf(node.token) };
  if (node instanceof ContextAccess) return { type: "context", name: lowerCase(node.name) };
  if (node instanceof IndexAccess) return indexOf(node);
  if (node instanceof Unary) return { type: "not", operands: [expressionOf(node.expr)] };
  if (node instanceof Logical) return logicalOf(node);
  if (node instanceof FunctionCall) {
    const operands = node.args.map(expressionOf);
    return { type: "call", name: lowerCase(node.functionName), operands };
  }
  if (node instanceof Binary) {
    const operands = [expressionOf(node.left), expressionOf(node.right)] as const;
    return { type: "compare", operator: node.operator.lexeme, operands };
  }
  throw new TypeError("a part of an expression that is not known");
}

// The lexer's own value of a text keeps all but its first doubled quote doubled.
function valueOf({ type, lexeme, value }: Token): string | number | boolean | null {
  if (type === TokenType.STRING) return lexeme.slice(1, -1).replaceAll("''", "'");
  if (type === TokenType.NUMBER) return Number(value);
  if (type === TokenType.TRUE || type === TokenType.FALSE) return type === TokenType.TRUE;
  return type === TokenType.NULL ? null : lexeme;
}

function lowerCase({ lexeme }: Token): string {
  return lexeme.toLowerCase();
}

function indexOf({ expr, index }: IndexAccess): Expression {
  const of = expressionOf(expr);
  if (index instanceof Star) return { type: "index", of, key: "*" };
  const key = expressionOf(index);
  if (key.type !== "literal") return { type: "index", of, key };
  const text = String(key.value);
  const keepsLetters = of.type === "context" && of.name === "env";
  const value = keepsLetters ? text : text.toLowerCase();
  return { type: "index", of, key: { type: "literal", value } };
}

function logicalOf({ operator, args }: Logical): Expression {
  const type = operator.type === TokenType.AND ? "all" : "any";
  const operands = args
    .map(expressionOf)
    .flatMap((operand) => (operand.type === type ? operand.operands : [operand]));
  return { type, operands };
}
