import { readFor } from "./for-expressions.ts";
import { type HclReading, linesFrom } from "./reading.ts";
import type { HclExpression, HclFor, HclList } from "./tree.ts";

/** Reads `[a, b]`, or `[for … : …]`, from its bracket on. */
export function readList(reading: HclReading): HclList | HclFor {
  const { scanner } = reading;
  const { line } = scanner.read();
  const newlines = scanner.setNewlines(false);
  const made = scanner.isNext("for") ? readFor(reading, "list") : readItems(reading);
  scanner.expect("]");
  scanner.setNewlines(newlines);
  return { ...made, ...linesFrom(line, reading) };
}

function readItems(reading: HclReading): HclList {
  const { scanner } = reading;
  const items: HclExpression[] = [];
  while (!scanner.isNext("]")) {
    items.push(reading.expression());
    if (!scanner.skip(",")) break;
  }
  return { type: "list", items, ...linesFrom(scanner.line, reading) };
}
