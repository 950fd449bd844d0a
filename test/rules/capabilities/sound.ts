import { expect } from "vitest";
import type { Reading } from "../../../rules/capabilities/capability.ts";
import { rankOf } from "../../../rules/capabilities/levels.ts";

/** All that one file may be seen to grant. */
const MOST = 20_000;

/** A reading that people and policies can use: every line is one of the file, every text printable. */
export function expectSound(reading: Reading, lines: number): void {
  if (!reading.understood) {
    expect(reading.why).not.toBe("");
    if (reading.line !== undefined) expectWithin(reading.line, lines);
    return;
  }
  for (const { line } of reading.dependencies ?? []) expectWithin(line, lines);
  expect(reading.capabilities.length).toBeLessThanOrEqual(MOST);
  for (const { kind, level, line, endLine, holder, name, context, reach } of reading.capabilities) {
    expectWithin(line, lines);
    expectWithin(endLine ?? line, lines);
    expect(endLine ?? line).toBeGreaterThanOrEqual(line);
    for (const way of reach) expectWithin(way.line, lines);
    if (level !== undefined && level !== "default") expect(rankOf(kind, level)).not.toBe(-1);
    for (const shown of [holder, name, context]) expect(shown).not.toMatch(/\p{Cc}/u);
  }
}

function expectWithin(line: number, lines: number): void {
  expect(line).toBeGreaterThanOrEqual(1);
  expect(line).toBeLessThanOrEqual(lines);
}

export function linesOf(content: Uint8Array): number {
  return new TextDecoder().decode(content).split("\n").length;
}
