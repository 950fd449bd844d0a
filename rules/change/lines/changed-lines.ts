import type { LineFact } from "../../facts/facts.ts";
import { isBinary } from "../binary.ts";
import {
  type Content,
  contentOf,
  type Contents,
  type ListedFile,
  type Listing,
  type Side,
  SIDES,
} from "../listing.ts";
import { compareBytes } from "../path-order.ts";
import { renamedFrom } from "../renames.ts";
import { diffLines } from "./line-diff.ts";
import { splitLines } from "./split-lines.ts";

/** What the changed lines of one change may come to together. */
export interface LineLimits {
  readonly lines: number;
  /** Characters. */
  readonly text: number;
}

const LIMITS: LineLimits = { lines: 100_000, text: 16 * 1024 * 1024 };

/** The lines of one changed file; null where nobody can tell. */
export interface ChangedLines {
  readonly path: string;
  readonly lines: readonly LineFact[] | null;
}

/**
 * The lines that came and went in each file of a change, in the order of the paths' bytes; of one
 * file those that went first.
 *
 * Null where a version was not gathered (it is too large, or the clone lacks it), and for a file
 * whose lines would go over the limits of the whole. No lines have renames (their blobs are equal),
 * changes of mode, submodules and binary versions.
 */
export function changedLines(
  listing: Listing,
  contents: Contents,
  limits: LineLimits = LIMITS,
): ChangedLines[] {
  const renames = renamedFrom(listing);
  const moved = new Set([...renames.keys(), ...renames.values()]);
  const files = listing.files.toSorted((left, right) => compareBytes(left.path, right.path));
  let left = limits;
  return files.map((file) => {
    if (moved.has(file.path)) return { path: file.path, lines: [] };
    const lines = linesOf(file, contents);
    const rest = less(left, lines ?? []);
    if (rest.lines < 0 || rest.text < 0) return { path: file.path, lines: null };
    left = rest;
    return { path: file.path, lines };
  });
}

/**
 * The same as one list of facts. A file whose lines are unknown stands in it once, with its path
 * and nothing else, so that a condition on another path is told all the same.
 */
export function lineFacts(changed: readonly ChangedLines[]): LineFact[] {
  return changed.flatMap(({ path, lines }) => lines ?? [{ path, ...UNKNOWN }]);
}

const UNKNOWN = { delta: null, side: null, line: null, text: null } as const;

function less({ lines, text }: LineLimits, of: readonly LineFact[]): LineLimits {
  const length = of.reduce((sum, line) => sum + (line.text?.length ?? 0), 0);
  return { lines: lines - of.length, text: text - length };
}

const NO_BYTES = new Uint8Array();

function linesOf(file: ListedFile, contents: Contents): LineFact[] | null {
  if (file.base?.oid === file.head?.oid) return [];
  const [base, head] = SIDES.map((side) =>
    bytesOf(file, side, contentOf(contents, side, file.path)),
  );
  if (!base || !head) return null;
  return diffOf(file.path, base, head);
}

/** The bytes that have lines; null where they should be here and are not. */
function bytesOf(file: ListedFile, side: Side, content: Content): Uint8Array | null {
  const version = file[side];
  if (!version || version.mode === "160000") return NO_BYTES;
  if (!(content instanceof Uint8Array)) return null;
  return isBinary(content) ? NO_BYTES : content;
}

function diffOf(path: string, base: Uint8Array, head: Uint8Array): LineFact[] {
  const before = splitLines(base);
  const after = splitLines(head);
  const { removed, added } = diffLines(before.keys, after.keys);
  return [
    ...removed.map((index): LineFact => {
      const text = before.text(index);
      return { path, delta: "removed", side: "base", line: index + 1, text };
    }),
    ...added.map((index): LineFact => {
      const text = after.text(index);
      return { path, delta: "added", side: "head", line: index + 1, text };
    }),
  ];
}
