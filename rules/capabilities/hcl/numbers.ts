const NUMBER = /^(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
/** How many places a number has at most that is written without an exponent. */
const MOST_PLACES = 20;

/** One spelling for each number: `1` for 1.0, `2.5` for 25e-1; null for what is no number. */
export function canonicalDigits(text: string): string | null {
  const [, whole, fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return null;
  const all = whole + fraction;
  const digits = all.slice(firstDigit(all), endOfDigits(all));
  if (digits === "") return "0";
  const power = Number(exponent) - fraction.length + all.length - endOfDigits(all);
  if (Math.abs(power) > MOST_PLACES) return `${digits}e${power}`;
  if (power >= 0) return digits + "0".repeat(power);
  const padded = digits.padStart(1 - power, "0");
  return `${padded.slice(0, power)}.${padded.slice(power)}`;
}

function firstDigit(all: string): number {
  let start = 0;
  while (all[start] === "0") start += 1;
  return start;
}

function endOfDigits(all: string): number {
  let end = all.length;
  while (all[end - 1] === "0") end -= 1;
  return end;
}
