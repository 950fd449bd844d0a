import { parseJson } from "../data/json.ts";
import { NotUnderstood } from "../not-understood.ts";
import type { ConfigMap } from "./config-value.ts";
import { fromData } from "./from-data.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * The document that a text holds, where it is JSON with statements or bindings of roles in it; else null. `lineOf` gives
 * a row of the text, from 0, its line in the file. Throws `NotUnderstood` for a key that an object
 * already has: parsers keep one or the other.
 */
export function embeddedJson(text: string, lineOf: (row: number) => number): ConfigMap | null {
  if (!/^\s*\{/u.test(text) || !/"(?:Statement|Action|bindings)"/iu.test(text)) return null;
  try {
    const node = parseJson(new TextEncoder().encode(text), { maxBytes: MAX_BYTES });
    const value = fromData(node, { lineOf: ({ line }) => lineOf(line - 1) });
    return value.type === "map" ? value : null;
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    if (error.code !== "duplicate-key" || !error.place) return null;
    const place = { line: lineOf(error.place.line - 1), column: 1 };
    throw new NotUnderstood(error.code, error.message, place, { cause: error });
  }
}
