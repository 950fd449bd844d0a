/** The lines, by index, that only one side has. */
export interface LineDiff {
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/** A stretch of both sides: from `base`/`head` up to, and without, the ends. */
interface Stretch {
  readonly base: number;
  readonly baseEnd: number;
  readonly head: number;
  readonly headEnd: number;
}

/** A line that both sides have. */
interface Pair {
  readonly base: number;
  readonly head: number;
}

/** A change that nests deeper has its last stretches compared more coarsely. */
const MAX_DEPTH = 12;

/**
 * The lines that came and went between two lists of lines.
 *
 * What both have keeps its order (a moved line went and came), starting from lines that occur once on
 * each side, as patience diff does. It need not be the shortest answer: where a line is repeated, more
 * of its like may be told than git tells, never fewer than differ in number. Takes O(n log n) for
 * whatever lines.
 */
export function diffLines(base: readonly string[], head: readonly string[]): LineDiff {
  const kept: Pair[] = [];
  const whole = { base: 0, baseEnd: base.length, head: 0, headEnd: head.length };
  keepIn(whole, { base, head, kept, depth: 0 });
  const keptBase = new Set(kept.map((pair) => pair.base));
  const keptHead = new Set(kept.map((pair) => pair.head));
  return { removed: othersOf(base, keptBase), added: othersOf(head, keptHead) };
}

interface Comparison {
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly kept: Pair[];
  readonly depth: number;
}

function keepIn(stretch: Stretch, comparison: Comparison): void {
  const inner = withoutEqualEnds(stretch, comparison);
  if (inner.base === inner.baseEnd || inner.head === inner.headEnd) return;
  const { depth, kept } = comparison;
  const anchors = depth < MAX_DEPTH ? longestRise(uniquePairs(inner, comparison)) : [];
  if (anchors.length === 0) {
    kept.push(...longestRise(pairsInTurn(inner, comparison)));
    return;
  }
  let { base, head } = inner;
  const end = { base: inner.baseEnd, head: inner.headEnd };
  for (const anchor of [...anchors, end]) {
    const gap = { base, baseEnd: anchor.base, head, headEnd: anchor.head };
    keepIn(gap, { ...comparison, depth: depth + 1 });
    if (anchor !== end) kept.push(anchor);
    base = anchor.base + 1;
    head = anchor.head + 1;
  }
}

function withoutEqualEnds(stretch: Stretch, { base: left, head: right, kept }: Comparison) {
  let { base, baseEnd, head, headEnd } = stretch;
  while (base < baseEnd && head < headEnd && left[base] === right[head]) {
    kept.push({ base: base++, head: head++ });
  }
  while (base < baseEnd && head < headEnd && left[baseEnd - 1] === right[headEnd - 1]) {
    kept.push({ base: --baseEnd, head: --headEnd });
  }
  return { base, baseEnd, head, headEnd };
}

/** Lines that occur once in a stretch of each side, in the order of the head. */
function uniquePairs(stretch: Stretch, { base, head }: Comparison): Pair[] {
  const ofBase = placesOf(base, stretch.base, stretch.baseEnd);
  const ofHead = placesOf(head, stretch.head, stretch.headEnd);
  return [...ofHead].flatMap(([line, [at = 0, ...more]]) => {
    const [other, ...others] = ofBase.get(line) ?? [];
    if (other === undefined || more.length > 0 || others.length > 0) return [];
    return [{ base: other, head: at }];
  });
}

/** Equal lines one for one: the first with the first, the second with the second. */
function pairsInTurn(stretch: Stretch, { base, head }: Comparison): Pair[] {
  const ofBase = placesOf(base, stretch.base, stretch.baseEnd);
  const taken = new Map<string, number>();
  const pairs: Pair[] = [];
  for (let at = stretch.head; at < stretch.headEnd; at += 1) {
    const line = head[at] ?? "";
    const turn = taken.get(line) ?? 0;
    taken.set(line, turn + 1);
    const other = ofBase.get(line)?.[turn];
    if (other !== undefined) pairs.push({ base: other, head: at });
  }
  return pairs;
}

function placesOf(lines: readonly string[], start: number, end: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = start; at < end; at += 1) {
    const line = lines[at] ?? "";
    const known = places.get(line);
    if (known) known.push(at);
    else places.set(line, [at]);
  }
  return places;
}

/** Of pairs in the order of the head as many as stand in the order of the base too. */
function longestRise(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(({ base }, index) => {
    const length = firstNotBelow(ends, base, pairs);
    before.push(ends[length - 1] ?? -1);
    ends[length] = index;
  });
  const rise: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) rise.push(pair);
  }
  return rise.reverse();
}

function firstNotBelow(ends: readonly number[], base: number, pairs: readonly Pair[]): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[ends[middle] ?? 0]?.base ?? 0) < base) low = middle + 1;
    else high = middle;
  }
  return low;
}

function othersOf(lines: readonly string[], kept: ReadonlySet<number>): number[] {
  return [...lines.keys()].filter((index) => !kept.has(index));
}
