import { canonicalDigits } from "./numbers.ts";
import { type HclReading, linesFrom } from "./reading.ts";
import type { HclNumber, HclStep } from "./tree.ts";

/** Reads the steps into a value for as long as there are some: `.name`, `.0`, `[key]`, `.*`, `[*]`. */
export function readSteps(reading: HclReading): HclStep[] {
  const { scanner } = reading;
  const steps: HclStep[] = [];
  for (;;) {
    if (scanner.skip(".")) steps.push(readDotted(reading));
    else if (scanner.skip("[")) steps.push(readBracketed(reading));
    else return steps;
  }
}

function readDotted(reading: HclReading): HclStep {
  const { scanner } = reading;
  if (!scanner.skip("*")) return readNameOrNumber(reading);
  // What stands in brackets behind it goes into the splat's result, not into each element.
  const each: HclStep[] = [];
  while (scanner.skip(".")) each.push(readNameOrNumber(reading));
  return { step: "splat", each };
}

function readNameOrNumber(reading: HclReading): HclStep {
  const { scanner } = reading;
  if (scanner.peek().kind !== "number") {
    return { step: "attribute", name: scanner.expectIdentifier() };
  }
  const { line, text } = scanner.peek();
  // `a.0.1` would be the number 0.1.
  const digits = text.includes(".") ? null : canonicalDigits(text);
  if (digits === null) throw scanner.refuse();
  scanner.read();
  const key: HclNumber = { type: "number", digits, ...linesFrom(line, reading) };
  return { step: "index", key };
}

function readBracketed(reading: HclReading): HclStep {
  const { scanner } = reading;
  if (scanner.skip("*")) {
    scanner.expect("]");
    scanner.enter();
    const each = readSteps(reading);
    scanner.leave();
    return { step: "splat", each };
  }
  const newlines = scanner.setNewlines(false);
  const key = reading.expression();
  scanner.expect("]");
  scanner.setNewlines(newlines);
  return { step: "index", key };
}
