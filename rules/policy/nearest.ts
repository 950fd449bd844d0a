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
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.candidate ?? null;
}

/** Levenshtein's distance, case-insensitive. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(left.toLowerCase()).entries()) {
    row = nextRow(row, index + 1, { letter, right: right.toLowerCase() });
  }
  return row.at(-1) ?? 0;
}

function nextRow(
  above: readonly number[],
  first: number,
  { letter, right }: { letter: string; right: string },
): number[] {
  const row = [first];
  for (const [index, other] of Array.from(right).entries()) {
    const replaced = (above[index] ?? 0) + (letter === other ? 0 : 1);
    row.push(Math.min(replaced, (above[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1));
  }
  return row;
}
