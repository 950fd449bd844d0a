const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?Z$/;

/**
 * A time in milliseconds since 1970: RFC 3339 in UTC (`2026-12-31T12:00:00Z`), or a day, which
 * stands for its last millisecond. null for everything else, and for days that no calendar has.
 */
export function instantOf(text: string): number | null {
  if (DATE.test(text)) return isDay(text) ? Date.parse(`${text}T23:59:59.999Z`) : null;
  const [, day, hour = "", minute = "", second = ""] = TIME.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return Date.parse(text);
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
