import type { HclExpression, Lines } from "./tree.ts";
import type { HclScanner } from "./scanner.ts";

/** What the parts of the parser share: where it stands, and how to read an expression within another. */
export interface HclReading {
  readonly scanner: HclScanner;
  readonly expression: () => HclExpression;
}

/** From a line to that of what was taken last. */
export function linesFrom(line: number, { scanner }: HclReading): Lines {
  return { line, endLine: scanner.line };
}
