/** A stretch of a text. */
interface Run {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** How an installation's token of a GitHub App begins: `ghs_<App ID>_<JWT>`. */
const TOKEN_START = /ghs_[0-9]{1,20}_/g;
const TOKEN_CHARACTERS = /[\w.-]*/y;

/** More tokens than that are not written without a space. */
const MAX_STARTS = 8;

/**
 * The runs of a token's characters in which tokens of GitHub Apps seem to begin more than eight
 * times: no text, but a pattern that looks a thousand characters ahead does so at each. Linear.
 */
export function crowdedRuns(text: string): Run[] {
  const runs: { start: number; end: number; starts: number }[] = [];
  for (const { index } of text.matchAll(TOKEN_START)) {
    const last = runs.at(-1);
    if (last && index < last.end) last.starts += 1;
    else runs.push({ start: index, end: runEnd(text, index), starts: 1 });
  }
  return runs
    .filter(({ starts }) => starts > MAX_STARTS)
    .map(({ start, end }) => ({ start, end, value: text.slice(start, end) }));
}

/** The text with such runs blanked, so that all else stands where it stood. */
export function withoutRuns(text: string, runs: readonly Omit<Run, "value">[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const run of runs) {
    parts.push(text.slice(end, run.start), " ".repeat(run.end - run.start));
    end = run.end;
  }
  return runs.length === 0 ? text : parts.join("") + text.slice(end);
}

function runEnd(text: string, start: number): number {
  TOKEN_CHARACTERS.lastIndex = start;
  TOKEN_CHARACTERS.test(text);
  return TOKEN_CHARACTERS.lastIndex;
}
