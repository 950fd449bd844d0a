import { type Brakes, losesBrake } from "./brakes.ts";
import { firstOfEach } from "./first-of-each.ts";

/**
 * One way that leads to a holder, or to what a capability does.
 *
 * `cause` sets it off (`run`, `trigger:pull_request_target`) or says what is reached
 * (`script:<digest>`); `conditions` are all that must hold besides, sorted. `line` is where the
 * cause is written, `guardLine` where its conditions are, or would be; both are 1-based. `brakes`:
 * what stops it besides, which takes no part in whether two ways are equal.
 */
export interface Way {
  readonly cause: string;
  readonly conditions: readonly string[];
  readonly line: number;
  readonly guardLine: number;
  readonly brakes?: Brakes;
  /** Causes that include this one: who had one of them had this as well. */
  readonly bounds?: readonly string[];
}

/** The way by which a capability does just this, whoever reaches it: another cause is a raise. */
export function wayTo(cause: string, line: number): Way {
  return { cause, conditions: [], line, guardLine: line };
}

/** A way as text, equal where cause and conditions are; where it is written does not count. */
function wayText({ cause, conditions }: Way): string {
  return [cause, ...conditions].join("; ");
}

/** All of a reach as texts, for comparing: sorted and without doubles. */
export function reachTexts(reach: readonly Way[]): string[] {
  return [...new Set(reach.map(wayText))].sort();
}

/** Each way once, whatever the places where it is written: of equal ones the first. */
export function distinctWays(reach: readonly Way[]): readonly Way[] {
  return firstOfEach(reach, wayText);
}

/** Whether some way of `whole` leads wherever one of `part` does: the same, with no other condition or brake. */
export function isWithin(part: readonly Way[], whole: readonly Way[]): boolean {
  return gainedWay(part, whole) === undefined;
}

/** The first way of `head` that `base` does not have: of another cause, or with a condition or brake less. */
export function gainedWay(head: readonly Way[], base: readonly Way[]): Way | undefined {
  return head.find(
    (way) =>
      !base.some(
        (wider) =>
          isCausedBy(way, wider) &&
          wider.conditions.every((asked) => way.conditions.includes(asked)) &&
          !losesBrake(way.brakes, wider.brakes),
      ),
  );
}

/** Where a gained way was opened: at its cause, or where the condition stood if the cause is old. */
export function lineOfGain(gained: Way, base: readonly Way[]): number {
  return base.some((way) => isCausedBy(gained, way)) ? gained.guardLine : gained.line;
}

/** Whether a way's cause is that of another one, or is included in it. */
function isCausedBy({ cause, bounds }: Way, wider: Way): boolean {
  return wider.cause === cause || bounds?.includes(wider.cause) === true;
}
