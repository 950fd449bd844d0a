import { type Way, wayTo } from "../reach.ts";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes in each unit that a time may be written with. */
const UNITS = new Map([
  ["ms", 1 / 60_000],
  ["s", 1 / 60],
  ["m", 1],
  ["h", HOUR],
  ["d", DAY],
  ["w", 7 * DAY],
]);

/** Ages, in minutes, below which releases may be held back. */
const STEPS = [
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  ...Array.from({ length: 14 }, (_, day) => (day + 1) * DAY),
  ...[21, 30, 60, 90, 180].map((days) => days * DAY),
];

/**
 * Which releases a minimum age holds back, a way for each step: less of them is a weaker guard.
 * `unitMinutes` is what a number alone counts. A text that is no time holds back none that is told.
 */
export function heldBack(text: string, unitMinutes: number, line: number): Way[] {
  const [, number = "0", unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const minutes =
    Number(number) * (unit === "" ? unitMinutes : (UNITS.get(unit.toLowerCase()) ?? 0));
  return STEPS.filter((step) => step <= minutes).map((step) => wayTo(`younger:${step}`, line));
}
