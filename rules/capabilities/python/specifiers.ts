import type { VersionRange } from "../../dependencies/dependency.ts";

/** `~=`, `^` and `~` are followed by what is the least; `<` and `<=` by an upper end. */
const UPPER = ["~=", "^", "~", "<", "<="];

/** One of `==1.2`, `^1.2`, `>=1`, `1.2.*`, `*` */
const PART = /^(===?|~=|!=|<=?|>=?|\^|~)?\s*([^\s,;|<>=!~^]+)$/;

/**
 * How far a version may move within specifiers: those of Python (PEP 440) joined by commas, or
 * Poetry's, which know `^`, `~`, a bare version and `||` besides. null for what is none.
 */
export function rangeOfSpecifiers(text: string): VersionRange | null {
  const ranges = text
    .split("|")
    .filter((all) => all.trim() !== "")
    .map(rangeOfAll);
  if (ranges.includes(null)) return null;
  return RANGES.find((range) => ranges.includes(range)) ?? "open";
}

/** From the widest to the narrowest. */
const RANGES: readonly VersionRange[] = ["open", "bounded", "exact"];

function rangeOfAll(text: string): VersionRange | null {
  const parts = text
    .replace(/([<>=!~^])\s+/g, "$1")
    .split(/[\s,]+/)
    .filter((part) => part !== "");
  const ranges = parts.map(rangeOfPart);
  if (ranges.includes(null)) return null;
  return RANGES.findLast((range) => ranges.includes(range)) ?? "open";
}

function rangeOfPart(part: string): VersionRange | null {
  const match = PART.exec(part);
  if (!match) return null;
  const [, operator = "==", version = ""] = match;
  if (operator === "===") return version.includes("${") ? "open" : "exact";
  if (version === "*" || version.includes("${")) return "open";
  if (UPPER.includes(operator)) return "bounded";
  if (operator !== "==") return "open";
  return version.includes("*") ? "bounded" : "exact";
}
