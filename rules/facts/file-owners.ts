import { NotUnderstood } from "../capabilities/not-understood.ts";
import { MAX_OWNERS_BYTES } from "../capabilities/owners/effective.ts";
import { ownersLines } from "../capabilities/owners/lines.ts";
import { RuleIndex } from "../capabilities/owners/rule-index.ts";
import type { BaseOwners } from "../change/listing.ts";
import type { FileFact } from "./facts.ts";

/** All that finding the owners of one change's files may take. */
const MAX_STEPS = 40_000_000;

/**
 * Adds to changed files who owns them by the base's CODEOWNERS: those of the last line that matches,
 * nobody where none does. What cannot be told (nobody listed the owners, their file is missing, or
 * it is too much to compare) is null.
 */
export function withOwners(
  files: readonly FileFact[],
  baseOwners: BaseOwners | undefined,
): readonly FileFact[] {
  try {
    const ownersOf = lookUp(baseOwners);
    return files.map((file) => ({
      ...file,
      owners: ownersOf(file.path),
      previousOwners: file.previousPath === null ? null : ownersOf(file.previousPath),
    }));
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return files;
  }
}

function lookUp(baseOwners: BaseOwners | undefined): (path: string) => readonly string[] | null {
  if (baseOwners === undefined) return () => null;
  const { content } = baseOwners;
  if (content === null) return () => [];
  if (!(content instanceof Uint8Array)) {
    // What is too large GitHub does not load either.
    return () => (content.unread === "too-large" ? [] : null);
  }
  if (content.length >= MAX_OWNERS_BYTES) return () => [];
  const index = new RuleIndex(ownersLines(content).rules);
  const effort = { steps: MAX_STEPS };
  return (path) => index.deciding(plainPath(path), effort)?.owners ?? [];
}

/** Of a listed path the backslash is doubled, a pattern escapes one. */
function plainPath(path: string): string {
  return path.replaceAll("\\\\", "\\");
}
