import type { VersionRange } from "../../dependencies/dependency.ts";

/** Commas and spaces join, except around ` - ` and behind an operator. */
const JOINT = /\s*,\s*|(?<![<>=!~^|\s-])\s+(?![\s|-])/;

/** The longest constraint that is read. */
const MAX_LENGTH = 256;

/**
 * How far a constraint lets a version move: `^1`, `~1.2`, `1.*`, `1.0 - 2.0`, `>=1 <3`, `1 || 2`,
 * a branch (`dev-main`), which is exact where a commit follows it (`dev-main#0a1b…`).
 *
 * Source: getcomposer.org/doc/articles/versions.md.
 */
export function rangeOfConstraint(constraint: string): VersionRange {
  // `1.0 as 1.1` is known to others as 1.1, `@beta` lets less stable versions in.
  if (constraint.length > MAX_LENGTH) return "open";
  const text = constraint.replace(/\s+as\s.*$/s, "").trim();
  const ranges = text.split(/\s*\|\|?\s*/).map((one) => rangeOfAll(one.trim()));
  if (ranges.includes("open")) return "open";
  return ranges.length === 1 && ranges[0] === "exact" ? "exact" : "bounded";
}

function rangeOfAll(text: string): VersionRange {
  if (/^\S+ +- +\S+$/.test(text)) return "bounded";
  const ranges = text.split(JOINT).map(rangeOfOne);
  if (ranges.includes("exact")) return "exact";
  return ranges.includes("bounded") ? "bounded" : "open";
}

function rangeOfOne(written: string): VersionRange {
  if (/^self\.version$/.test(written)) return "exact";
  if (/^dev-|-dev(?:[#@]|$)/.test(written))
    return /#[0-9a-f]{40}$/i.test(written) ? "exact" : "open";
  const text = written.replace(/@[a-z]+$/i, "");
  if (/^(?:[~^]|<)/.test(text)) return "bounded";
  if (/^(?:>|!)/.test(text) || !/\d/.test(text)) return "open";
  return /[*xX]$/.test(text) ? "bounded" : "exact";
}
