import { existsSync, readFileSync } from "node:fs";

const VECTORS = new URL("../../../shared/vectors/", import.meta.url);

/** Whether the published vectors lie beside this checkout; tests that need them skip without. */
export const VECTORS_PRESENT = existsSync(VECTORS);

/** Names the reason in a skipped suite's title. */
export const VECTORS_NOTE = VECTORS_PRESENT ? "" : " (skipped: no ../shared/vectors)";

export function vectorBytes(path: string): Uint8Array {
  return readFileSync(new URL(path, VECTORS));
}

export function vectorJson(path: string): unknown {
  return JSON.parse(Buffer.from(vectorBytes(path)).toString("utf8"));
}
