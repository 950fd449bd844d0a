import type { Claim } from "./capability.ts";

/** Whether a path lies below a folder of one of these names, whatever their case. */
export function isInFolder(path: string, names: readonly string[]): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((folder) => names.includes(folder.toLowerCase()));
}

/** Where broken files are kept on purpose, to be tried; no tool takes them by itself. */
export const FIXTURES: readonly string[] = ["fixtures", "__fixtures__", "testdata"];

/** Whether a path lies where files are kept to be tried. */
export function inFixtures(path: string): boolean {
  return isInFolder(path, FIXTURES);
}

/** The claim on a file whose name says what it is: it grants, unless it is kept to be tried. */
export function claimByFolder(path: string): Claim {
  return inFixtures(path) ? "resembles" : "grants";
}
