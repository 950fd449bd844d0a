import { existsSync, readdirSync, readFileSync } from "node:fs";

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

/** The paths of a folder's files at any depth, sorted. */
export function vectorFiles(folder: string, suffix: string): readonly string[] {
  const names = readdirSync(new URL(folder, VECTORS), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(suffix)).sort();
  return files.map((name) => `${folder}/${name}`);
}
