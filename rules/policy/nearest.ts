/**
 * The candidate that `word` was probably meant to be: one that it begins, or that is at most two
 * edits away (one from a short word); else null.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > 64) return null;
  const begun = word.length < 3 ? [] : candidates.filter((candidate) => candidate.startsWith(word));
  if (begun[0] !== undefined) return begun[0];
  const allowed = word.length <= 4 ? 1 : 2;
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= allowed)
    .map((candidate) => ({
      ...{ candidate, distance: editDistance(word, candidate) },
      shared: sharedStart(word, candidate),
    }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance || right.shared - left.shared);
  return ranked[0]?.candidate ?? null;
}

/** How many letters two words begin with alike. */
function sharedStart(left: string, right: string): number {
  const differs = Array.from(left).findIndex((letter, index) => letter !== right[index]);
  return differs === -1 ? left.length : differs;
}

/** Edits between two words, case-insensitive; two neighbours that changed places are one. */
function editDistance(left: string, right: string): number {
  const [from, to] = [Array.from(left.toLowerCase()), Array.from(right.toLowerCase())];
  let above: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const index of from.keys()) [above, row] = [row, nextRow(row, above, { from, to, index })];
  return row.at(-1) ?? 0;
}

interface Edited {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly index: number;
}

function nextRow(
  above: readonly number[],
  twoAbove: readonly number[],
  { from, to, index }: Edited,
): number[] {
  const row = [index + 1];
  for (const [at, letter] of to.entries()) {
    const replaced = (above[at] ?? 0) + (letter === from[index] ? 0 : 1);
    const isSwapped = at > 0 && letter === from[index - 1] && to[at - 1] === from[index];
    const swapped = isSwapped ? (twoAbove[at - 1] ?? 0) + 1 : replaced;
    row.push(Math.min(replaced, swapped, (above[at + 1] ?? 0) + 1, (row[at] ?? 0) + 1));
  }
  return row;
}
