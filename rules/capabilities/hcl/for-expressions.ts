import { type HclReading, linesFrom } from "./reading.ts";
import type { HclExpression, HclFor } from "./tree.ts";

/** `for key, item in source`, in brackets or in a template. */
type ForHead = Pick<HclFor, "keyName" | "itemName" | "source">;

/** Reads a for expression from its `for` to before its closing bracket. */
export function readFor(reading: HclReading, makes: "list" | "object"): HclFor {
  const { scanner } = reading;
  const { line } = scanner.expect("for");
  const head = readForHead(reading);
  scanner.expect(":");
  const first = reading.expression();
  let [newKey, value]: [HclExpression | null, HclExpression] = [null, first];
  if (makes === "object") {
    scanner.expect("=>");
    [newKey, value] = [first, reading.expression()];
  }
  const grouped = makes === "object" && scanner.skip("...");
  const condition = scanner.skip("if") ? reading.expression() : null;
  const parts = { ...head, newKey, value, grouped, condition };
  return { type: "for", makes, ...parts, ...linesFrom(line, reading) };
}

/** Reads what stands behind `for`: one or two names, `in`, what it goes through. */
export function readForHead(reading: HclReading): ForHead {
  const { scanner } = reading;
  const first = scanner.expectIdentifier();
  const second = scanner.skip(",") ? scanner.expectIdentifier() : null;
  scanner.expect("in");
  const source = reading.expression();
  return second === null
    ? { keyName: null, itemName: first, source }
    : { keyName: first, itemName: second, source };
}
