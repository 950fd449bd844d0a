import { NotUnderstood } from "../not-understood.ts";

/** No path that git checks out on any system is longer. */
const MAX_LENGTH = 4_096;

/** What may still be compared; hostile patterns over many paths come to an end. */
export interface Effort {
  steps: number;
}

/** One segment of a pattern: itself, any number of folders, or text with `*` and `?`. */
type Segment =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "folders" }
  | { readonly is: "wild"; readonly signs: readonly string[]; readonly ends: string };

/** A pattern of CODEOWNERS; match with `matchesOwners`. */
export interface OwnersPattern {
  readonly segments: readonly Segment[];
  /** What lies below a match is matched too. */
  readonly below: boolean;
}

/**
 * Compiles a pattern; null where it can match nothing, as `/`.
 *
 * As in `.gitignore`: a slash at its beginning or inside binds it to the root, a slash at its end
 * means what is in the folder, `*` and `?` match no slash, `**` whole folders. Other than there,
 * `[ ]` are themselves, and `a/*` is only what lies in `a` itself.
 */
export function compileOwnersPattern(pattern: string): OwnersPattern | null {
  if (pattern.length > MAX_LENGTH) return null;
  const written = pattern.split("/");
  const isBound = written.slice(0, -1).some((_, index) => index > 0 || written[1] !== "");
  if (written[0] === "") written.shift();
  const isFolder = written.at(-1) === "";
  if (isFolder) written.pop();
  if (written.length === 0 || written.includes("")) return null;
  const segments = written.map(segmentOf);
  const last = segments.at(-1);
  const isUnbound = !isBound && last?.is !== "folders";
  const all: Segment[] = isUnbound ? [FOLDERS, ...segments] : segments;
  if (isFolder || last?.is === "folders") {
    return { segments: [...all, FOLDERS, ANY].filter(notDoubled), below: false };
  }
  return { segments: all, below: last !== undefined && !isAny(last) };
}

const FOLDERS: Segment = { is: "folders" };

/** One name, whatever it is. */
const ANY: Segment = { is: "wild", signs: ["*"], ends: "" };

/** Two rows of folders side by side are one. */
function notDoubled(segment: Segment, index: number, all: readonly Segment[]): boolean {
  return segment.is !== "folders" || all[index - 1]?.is !== "folders";
}

function isAny(segment: Segment): boolean {
  return segment.is === "wild" && segment.signs.every((sign) => sign === "*");
}

function segmentOf(written: string): Segment {
  if (written === "**") return FOLDERS;
  if (!/[*?\\]/.test(written)) return { is: "text", text: written };
  const signs = [...written.matchAll(/\\(.)|\\$|([^\\])/gsu)].map(([sign, escaped]) =>
    escaped === undefined ? sign : `\\${escaped}`,
  );
  if (signs.some(isWildSign)) {
    const ends = signs.slice(signs.findLastIndex(isWildSign) + 1).map(plain);
    return { is: "wild", signs: signs.map(plainUnlessWild), ends: ends.join("") };
  }
  return { is: "text", text: signs.map(plain).join("") };
}

function isWildSign(sign: string): boolean {
  return sign === "*" || sign === "?";
}

/** An escaped `*` or `?` keeps its backslash, by which it is told from the wild one. */
function plainUnlessWild(sign: string): string {
  return sign === "\\*" || sign === "\\?" ? sign : plain(sign);
}

function plain(sign: string): string {
  return sign.length > 1 && sign.startsWith("\\") ? sign.slice(1) : sign;
}

/** The names of a pattern that a path must begin with, and how it goes on from there. */
export function leadingNames({ segments }: OwnersPattern): string[] {
  const end = segments.findIndex(({ is }) => is !== "text");
  return (end === -1 ? segments : segments.slice(0, end)).flatMap((segment) =>
    segment.is === "text" ? [segment.text] : [],
  );
}

/**
 * A name that every path holds which a pattern matches at any depth, or such a name's extension
 * with its dot; null for a pattern that tells neither.
 */
export function nameAnywhere({ segments: [first, second] }: OwnersPattern): string | null {
  if (first?.is !== "folders") return null;
  if (second?.is === "text") return second.text;
  return second?.is === "wild" ? extensionAt(second.ends) : null;
}

/** `.ts` of `a.d.ts`. */
export function extensionAt(name: string): string | null {
  const dot = name.lastIndexOf(".");
  return dot === -1 ? null : name.slice(dot);
}

/** Paths that a pattern matches and hardly another one does: at its root, below it, in a folder more. */
export function examplesOf({ segments, below }: OwnersPattern): string[] {
  const names = segments.flatMap((segment) => {
    if (segment.is === "folders") return [];
    if (segment.is === "text") return [segment.text];
    return [segment.signs.map((sign) => (isWildSign(sign) ? FILLER : plain(sign))).join("")];
  });
  const path = names.join("/");
  const paths = below ? [path, `${path}/${FILLER}`] : [path];
  return segments[0]?.is === "folders"
    ? [...paths, ...paths.map((one) => `${FILLER}/${one}`)]
    : paths;
}

/** A name that people hardly write in a pattern. */
const FILLER = "~";

/** Whether a pattern matches a path, given as its names. Never goes back further than to the last wild card. */
export function matchesOwners(
  { segments, below }: OwnersPattern,
  names: readonly string[],
  effort: Effort,
): boolean {
  // Greedy with one place to go back to: what stands behind the last `**` may begin at any name.
  let [at, name] = [0, 0];
  let back: { at: number; name: number } | null = null;
  for (;;) {
    spend(effort);
    const segment = segments[at];
    if (segment?.is === "folders") {
      back = { at: at + 1, name };
      at += 1;
    } else if (segment === undefined && (name === names.length || below)) {
      return true;
    } else if (name < names.length && segment && matchesName(segment, names[name] ?? "", effort)) {
      at += 1;
      name += 1;
    } else {
      if (back === null || back.name >= names.length) return false;
      back = { at: back.at, name: back.name + 1 };
      [at, name] = [back.at, back.name];
    }
  }
}

function matchesName(segment: Segment, name: string, effort: Effort): boolean {
  if (segment.is === "text") return segment.text === name;
  // Nearly all are `*` and an ending.
  if (segment.is !== "wild" || !name.endsWith(segment.ends)) return false;
  return segment.signs[0] === "*" && segment.signs.length === segment.ends.length + 1
    ? true
    : matchesWild(segment.signs, name, effort);
}

function matchesWild(signs: readonly string[], name: string, effort: Effort): boolean {
  let [at, next] = [0, 0];
  let back: { at: number; next: number } | null = null;
  for (;;) {
    spend(effort);
    const sign = signs[at];
    const length = sign === "?" ? lengthAt(name, next) : matchedLength(sign, name, next);
    if (sign === "*") {
      back = { at: at + 1, next };
      at += 1;
    } else if (sign === undefined && next === name.length) {
      return true;
    } else if (length > 0) {
      at += 1;
      next += length;
    } else {
      if (back === null || back.next >= name.length) return false;
      back = { at: back.at, next: back.next + lengthAt(name, back.next) };
      [at, next] = [back.at, back.next];
    }
  }
}

/** One character, which may be two units; 0 behind the last one. */
function lengthAt(name: string, at: number): number {
  const point = name.codePointAt(at);
  return point === undefined ? 0 : point > 0xffff ? 2 : 1;
}

function matchedLength(sign: string | undefined, name: string, at: number): number {
  const text = sign === undefined ? "" : plain(sign);
  return name.startsWith(text, at) ? text.length : 0;
}

/** Takes from what may still be compared; throws `NotUnderstood` where nothing is left. */
export function spend(effort: Effort, steps = 1): void {
  effort.steps -= steps;
  if (effort.steps < 0) {
    throw new NotUnderstood("too-much", "too many patterns and paths to compare");
  }
}
