import { readFor } from "./for-expressions.ts";
import { type HclReading, linesFrom } from "./reading.ts";
import type { HclEntry, HclExpression, HclFor, HclObject } from "./tree.ts";

/** Reads `{ a = 1, b : 2 }`, or `{ for … => … }`, from its brace on. */
export function readObject(reading: HclReading): HclObject | HclFor {
  const { scanner } = reading;
  const { line } = scanner.read();
  const newlines = scanner.setNewlines(false);
  const made = scanner.isNext("for") ? readFor(reading, "object") : readEntries(reading);
  scanner.expect("}");
  scanner.setNewlines(newlines);
  return { ...made, ...linesFrom(line, reading) };
}

function readEntries(reading: HclReading): HclObject {
  const { scanner } = reading;
  scanner.setNewlines(true);
  const entries: HclEntry[] = [];
  for (;;) {
    while (scanner.peek().kind === "newline") scanner.read();
    if (scanner.isNext("}")) break;
    entries.push(readEntry(reading));
    if (!scanner.skip(",") && scanner.peek().kind !== "newline") break;
  }
  return { type: "object", entries: winning(entries), ...linesFrom(scanner.line, reading) };
}

function readEntry(reading: HclReading): HclEntry {
  const { scanner } = reading;
  const { line } = scanner.peek();
  const key = readKey(reading);
  if (!scanner.skip("=")) scanner.expect(":");
  const value = reading.expression();
  return { key, value, ...linesFrom(line, reading) };
}

function readKey(reading: HclReading): HclExpression {
  const { kind, text } = reading.scanner.peek();
  const key = reading.expression();
  const { line, endLine } = key;
  const named = (value: string): HclExpression => {
    return { type: "string", value, textLine: line, rows: false, line, endLine };
  };
  // A name alone is the key itself; in parentheses or a string it is what it refers to.
  if (kind === "identifier" && isWord(key)) return named(text);
  if (key.type === "number") return named(key.digits);
  return key.type === "bool" ? named(String(key.value)) : key;
}

function isWord(key: HclExpression): boolean {
  if (key.type === "reference") return key.steps.length === 0;
  return key.type === "bool" || key.type === "null";
}

/** Terraform takes the last of two values for a key, and says nothing. */
function winning(entries: readonly HclEntry[]): readonly HclEntry[] {
  const last = new Map<string, HclEntry>();
  for (const entry of entries) if (entry.key.type === "string") last.set(entry.key.value, entry);
  return entries.filter(
    (entry) => entry.key.type !== "string" || last.get(entry.key.value) === entry,
  );
}
