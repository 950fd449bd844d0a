import type { Pointer } from "./findings.ts";

const MAX_SHOWN = 60;

/** `version is missing`, `version cannot be 2`, `users cannot hold "@bo"`: what is wrong at a place of a document. */
export function wrongValueWords(root: unknown, at: Pointer): string {
  const key = String(at.findLast((step) => typeof step === "string"));
  const value = at.reduce<unknown>(
    (inner, step) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[step],
    root,
  );
  if (value === undefined) return `${key} is missing`;
  return `${key} cannot ${typeof at.at(-1) === "number" ? "hold" : "be"} ${shown(value)}`;
}

function shown(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "this list";
  if (typeof value === "object") return "this map";
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `a text of ${text.length - 2} characters` : text;
}
