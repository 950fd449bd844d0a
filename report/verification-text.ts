import type { Verification } from "../ledger/verify/verification.ts";
import { painter } from "./colour.ts";
import { counted } from "./counted.ts";
import { jsonDocument } from "./escape/json.ts";
import { terminalText } from "./escape/terminal.ts";

type Problem = Verification["problems"][number];

/** Where a ledger was read: the ref or revision, and the commit that it named. */
export interface ReadAt {
  readonly ref: string;
  readonly commit: string;
}

/**
 * What `ledger verify` found: each problem with its place and meaning, what no verification covers,
 * where it was read, the pin.
 */
export function verificationText(
  verification: Verification,
  { colour, readAt }: { colour: boolean; readAt: ReadAt },
): string {
  const paint = painter(colour);
  const { ok, size, root, pin, problems, notCovered } = verification;
  const found = ok ? paint("good", "The ledger holds") : paint("bad", "The ledger does not hold");
  return [
    `${found}: ${counted(size, "record")}, ${ok ? "no problem" : counted(problems.length, "problem")}.\n`,
    ...problems.map((problem) => problemBlock(problem, paint("bad", problem.code))),
    ...(notCovered.length > 0 ? [`Not covered:\n${notCovered.map(item).join("")}`] : []),
    `Read: ${terminalText(readAt.ref)}, commit ${readAt.commit}\nRoot: ${terminalText(root)}\n${pin === "" ? "" : `Pin:  ${terminalText(pin)}\n`}`,
  ].join("\n");
}

/** `ledger verify --format json`: one document, a contract that other tools rely on. */
export function verificationJson({
  ok,
  size,
  root,
  pin,
  problems,
  notCovered,
}: Verification): string {
  return jsonDocument({ ok, size, root, pin, problems, notCovered });
}

function problemBlock({ place, since, message }: Problem, code: string): string {
  const from = since === null ? "" : `, since ${terminalText(since)}`;
  return `  ${code}  ${terminalText(place)}${from}\n    ${terminalText(message.trim())}\n`;
}

function item(text: string): string {
  return `  - ${terminalText(text)}\n`;
}
