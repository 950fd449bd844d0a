import { readCall } from "./calls.ts";
import { readList } from "./lists.ts";
import { canonicalDigits } from "./numbers.ts";
import { readObject } from "./objects.ts";
import { precedenceOf } from "./precedence.ts";
import { type HclReading, linesFrom } from "./reading.ts";
import type { HclScanner } from "./scanner.ts";
import { readSteps } from "./steps.ts";
import { readHeredoc, readQuoted } from "./templates.ts";
import type { HclExpression, HclNumber } from "./tree.ts";

/** What reads the expressions of one text, and where it stands. */
export function readingOf(scanner: HclScanner): HclReading {
  const reading: HclReading = { scanner, expression: () => readExpression(reading) };
  return reading;
}

function readExpression(reading: HclReading): HclExpression {
  const { scanner } = reading;
  scanner.enter();
  const { line } = scanner.peek();
  let expression = readOperation(reading, 0);
  if (scanner.skip("?")) {
    const whenTrue = reading.expression();
    scanner.expect(":");
    const whenFalse = reading.expression();
    const branches = { condition: expression, whenTrue, whenFalse };
    expression = { type: "conditional", ...branches, ...linesFrom(line, reading) };
  }
  scanner.leave();
  return expression;
}

function readOperation(reading: HclReading, loosest: number): HclExpression {
  const { line } = reading.scanner.peek();
  let left = readTerm(reading);
  // After the operators of one level only looser ones can follow: tighter ones are in its operands.
  for (;;) {
    const level = nextPrecedence(reading);
    if (level < loosest) return left;
    const operands = [left];
    const operators: string[] = [];
    while (nextPrecedence(reading) === level) {
      operators.push(reading.scanner.read().text);
      operands.push(readOperation(reading, level + 1));
    }
    left = { type: "operation", operators, operands, ...linesFrom(line, reading) };
  }
}

function nextPrecedence({ scanner }: HclReading): number {
  const token = scanner.peek();
  return token.kind === "symbol" ? precedenceOf(token.text) : -1;
}

function readTerm(reading: HclReading): HclExpression {
  const { scanner } = reading;
  const { line, text } = scanner.peek();
  if (!scanner.isNext("-") && !scanner.isNext("!")) return readValue(reading);
  scanner.read();
  scanner.enter();
  const operands = [readTerm(reading)];
  scanner.leave();
  return { type: "operation", operators: [text], operands, ...linesFrom(line, reading) };
}

function readValue(reading: HclReading): HclExpression {
  const { kind, line, text } = reading.scanner.peek();
  const source = kind === "identifier" ? readNamed(reading) : readUnnamed(reading);
  // A name alone takes the steps itself: `(a[*].b)[0]` is not `a[*].b[0]`.
  const isName = kind === "identifier" && source.type === "reference";
  const steps = readSteps(reading);
  if (isName) return { type: "reference", root: text, steps, ...linesFrom(line, reading) };
  return steps.length === 0
    ? source
    : { type: "access", source, steps, ...linesFrom(line, reading) };
}

function readNamed(reading: HclReading): HclExpression {
  const { scanner } = reading;
  const { line, text } = scanner.read();
  if (scanner.isNext("(") || scanner.isNext("::")) return readCall(reading, text, line);
  const lines = linesFrom(line, reading);
  if (text === "true" || text === "false")
    return { type: "bool", value: text === "true", ...lines };
  if (text === "null") return { type: "null", ...lines };
  return { type: "reference", root: text, steps: [], ...lines };
}

function readUnnamed(reading: HclReading): HclExpression {
  const { scanner } = reading;
  const token = scanner.peek();
  if (token.kind === "number") return readNumber(reading);
  if (token.kind === "heredoc") return readHeredoc(reading);
  if (scanner.isNext('"')) return readQuoted(reading);
  if (scanner.isNext("[")) return readList(reading);
  if (scanner.isNext("{")) return readObject(reading);
  if (scanner.isNext("(")) return readParenthesised(reading);
  throw scanner.refuse();
}

function readNumber(reading: HclReading): HclNumber {
  const { line, text } = reading.scanner.peek();
  const digits = canonicalDigits(text);
  if (digits === null) throw reading.scanner.refuse();
  reading.scanner.read();
  return { type: "number", digits, ...linesFrom(line, reading) };
}

function readParenthesised(reading: HclReading): HclExpression {
  const { scanner } = reading;
  scanner.read();
  const newlines = scanner.setNewlines(false);
  const inner = reading.expression();
  scanner.expect(")");
  scanner.setNewlines(newlines);
  return inner;
}
