import type { Compilation, Pointer } from "./findings.ts";
import { isMap } from "./maps.ts";
import { nearest } from "./nearest.ts";
import type { JsonLogic } from "./policy-set.ts";
import { readWindow, WINDOW_KEYS } from "./time-window.ts";

/**
 * Compiles `{ within: WINDOW }` over a time, or a list of windows of which one holds. In the logic a
 * window stands as its JSON text: as a map it would be an operation.
 */
export function compileWithin(
  fact: JsonLogic,
  { value, at }: { readonly value: unknown; readonly at: Pointer },
  compilation: Compilation,
): JsonLogic {
  if (!Array.isArray(value)) return compileWindow(fact, { value, at }, compilation);
  const windows = (value as unknown[]).map((one, index) =>
    compileWindow(fact, { value: one, at: [...at, index] }, compilation),
  );
  if (windows.length > 0) return windows.length === 1 ? windows[0] : { or: windows };
  return refuse(compilation, at, "an empty list of windows is never");
}

function compileWindow(
  fact: JsonLogic,
  { value, at }: { readonly value: unknown; readonly at: Pointer },
  compilation: Compilation,
): JsonLogic {
  if (!isMap(value)) return refuse(compilation, at, "a window of time is a map");
  const unknown = Object.keys(value).find((key) => !WINDOW_KEYS.some((known) => known === key));
  if (unknown !== undefined) {
    const near = nearest(unknown, WINDOW_KEYS);
    const remedy = near === null ? `use ${WINDOW_KEYS.join(", ")}` : `did you mean ${near}?`;
    const message = `a window has no ${JSON.stringify(unknown)}`;
    compilation.findings.push({ at: [...at, unknown], onKey: true, message, remedy });
    return false;
  }
  const read = readWindow(value);
  if ("window" in read) return { within: [fact, JSON.stringify(value)] };
  const { key, message, remedy } = read.problem;
  compilation.findings.push({ at: key === null ? at : [...at, key], message, remedy });
  return false;
}

function refuse({ findings }: Compilation, at: Pointer, message: string): JsonLogic {
  const remedy =
    "write for example { days: [sat, sun] } or { from: 2026-12-20, until: 2027-01-03 }";
  findings.push({ at, message, remedy });
  return false;
}
