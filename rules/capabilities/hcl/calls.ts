import { type HclReading, linesFrom } from "./reading.ts";
import type { HclCall, HclExpression } from "./tree.ts";

/** Reads a call from behind the first part of its name on: `(a, b...)`, `::name(a)`. */
export function readCall(reading: HclReading, first: string, line: number): HclCall {
  const { scanner } = reading;
  let name = first;
  while (scanner.skip("::")) name += `::${scanner.expectIdentifier()}`;
  scanner.expect("(");
  const newlines = scanner.setNewlines(false);
  const args: HclExpression[] = [];
  let spread = false;
  while (!spread && !scanner.isNext(")")) {
    args.push(reading.expression());
    spread = scanner.skip("...");
    if (!spread && !scanner.skip(",")) break;
  }
  scanner.expect(")");
  scanner.setNewlines(newlines);
  return { type: "call", name, args, spread, ...linesFrom(line, reading) };
}
