/**
 * When something holds, all of it together; what is null asks nothing. `from` and `until` are
 * milliseconds since 1970, `hours` minutes of the day, their ends left out; where the start is after
 * the end they go over midnight.
 */
export interface TimeWindow {
  readonly from: number | null;
  readonly until: number | null;
  /** Of the moment itself, 0 for Sunday. */
  readonly days: readonly number[] | null;
  readonly hours: readonly [start: number, end: number] | null;
  /** What the zone's clocks are ahead of UTC, in minutes. */
  readonly ahead: number;
}

/** What is wrong with a window: under which key, and what to write. */
export interface WindowProblem {
  readonly key: string | null;
  readonly message: string;
  readonly remedy: string;
}

export const WINDOW_KEYS = ["from", "until", "days", "hours", "zone"] as const;
type Key = (typeof WINDOW_KEYS)[number];
type Written = Readonly<Partial<Record<Key, unknown>>>;

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MINUTES = 24 * 60;

/**
 * Reads a window as people write it:
 *
 *     { days: [sat, sun], hours: "18:00-08:00", zone: "+01:00" }
 *     { from: 2026-12-20, until: 2027-01-03 }
 *
 * A date is its midnight in the zone, and as `until` the midnight after it; a time of RFC 3339 is
 * itself. Without a zone it is UTC. Zones have no names here: what a name means is a matter of the
 * machine's data, which people change every year, and the same verdict is to be the same everywhere.
 */
export function readWindow(
  written: Written,
): { readonly window: TimeWindow } | { readonly problem: WindowProblem } {
  const ahead = readZone(written.zone);
  if (ahead === null)
    return refused(
      "zone",
      'write "+01:00", "-05:30" or UTC; names of zones mean other things on other machines',
    );
  const from = readTime(written.from, ahead);
  if (from === undefined) return refused("from", A_TIME);
  const until = readTime(written.until, ahead, DAY_MINUTES);
  if (until === undefined) return refused("until", A_TIME);
  if (from !== null && until !== null && from >= until)
    return refused("until", "write a time after from");
  const days = readDays(written.days);
  if (days === undefined) return refused("days", `list some of ${DAYS.join(", ")}`);
  const hours = readHours(written.hours);
  if (hours === undefined)
    return refused("hours", 'write two times that differ, for example "18:00-08:00"');
  if (from === null && until === null && days === null && hours === null) {
    return {
      problem: {
        key: null,
        message: "a window without bounds",
        remedy: "say from, until, days or hours",
      },
    };
  }
  return { window: { from, until, days, hours, ahead } };
}

/** Whether a moment (milliseconds since 1970) lies in a window. */
export function isWithin({ from, until, days, hours, ahead }: TimeWindow, at: number): boolean {
  if (from !== null && at < from) return false;
  if (until !== null && at >= until) return false;
  const local = new Date(at + ahead * 60_000);
  if (days !== null && !days.includes(local.getUTCDay())) return false;
  if (hours === null) return true;
  const [start, end] = hours;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  return start < end ? start <= minute && minute < end : start <= minute || minute < end;
}

const A_TIME = "write a date (2026-12-20) or a time (2026-12-20T18:00:00Z)";

function refused(key: Key, remedy: string): { readonly problem: WindowProblem } {
  return { problem: { key, message: `${key} is not valid`, remedy } };
}

function readZone(written: unknown = "UTC"): number | null {
  if (typeof written !== "string") return null;
  if (written === "UTC" || written === "Z") return 0;
  const [, sign, hours, minutes] = /^([+-])([01]\d):([0-5]\d)$/.exec(written) ?? [];
  if (sign === undefined) return null;
  const ahead = Number(hours) * 60 + Number(minutes);
  if (ahead > 14 * 60) return null;
  return sign === "-" ? -ahead : ahead;
}

/** Undefined where it is none. */
function readTime(written: unknown, ahead: number, laterMinutes = 0): number | null | undefined {
  if (written === undefined) return null;
  if (typeof written !== "string") return undefined;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(written);
  const isTime =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(written);
  const time = isDate || isTime ? Date.parse(written) : NaN;
  if (Number.isNaN(time) || !isOfCalendar(written)) return undefined;
  return isDate ? time + (laterMinutes - ahead) * 60_000 : time;
}

/** V8 takes the 31st of February for the 3rd of March. */
function isOfCalendar(written: string): boolean {
  const day = written.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function readDays(written: unknown): readonly number[] | null | undefined {
  if (written === undefined) return null;
  const names: readonly unknown[] = Array.isArray(written) ? written : [written];
  const days = names.map((name) => DAYS.indexOf(String(name)));
  return days.length === 0 || days.includes(-1) ? undefined : [...new Set(days)].sort();
}

function readHours(written: unknown): TimeWindow["hours"] | undefined {
  if (written === undefined) return null;
  if (typeof written !== "string") return undefined;
  const form = /^([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
  const [found, hour, minute, endHour, endMinute] = form.exec(written) ?? [];
  if (found === undefined) return undefined;
  const start = Number(hour) * 60 + Number(minute);
  const end = endHour === undefined ? DAY_MINUTES : Number(endHour) * 60 + Number(endMinute);
  return start === end ? undefined : [start, end];
}
