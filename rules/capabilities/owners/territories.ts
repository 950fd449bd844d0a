import type { Listing } from "../../change/listing.ts";
import { renamedFrom } from "../../change/renames.ts";
import { type ChangedRules, changedRules } from "./changed-rules.ts";
import type { EffectiveOwners } from "./effective.ts";
import type { OwnersRule } from "./lines.ts";
import { examplesOf, leadingNames } from "./pattern.ts";
import { RuleIndex } from "./rule-index.ts";

/** The paths that the same rule decides about at base, and the same at head; undefined where none does. */
export interface Territory {
  readonly base: OwnersRule | undefined;
  readonly head: OwnersRule | undefined;
  /** A path of it: one that is there, else one that could be. */
  readonly path: string;
  /** Whether a file of the head lies in it; true where the head's files are not known. */
  readonly isLived: boolean;
}

export interface Territories {
  readonly all: readonly Territory[];
  readonly changed: ChangedRules;
}

/** Places that two patterns may share and no file shows; more add little. */
const MAX_CROSSINGS = 20_000;

/** All that comparing the owners of one change may take; no honest change comes near. */
const MAX_STEPS = 40_000_000;

/**
 * What happens to all paths that a changed rule decides about on a side.
 *
 * Looked at are the paths of the head, those of the change, and for each changed rule paths that
 * it would match. So a later rule that takes over is seen, and one that moves to where it decides
 * the same is not. Throws `NotUnderstood` where that is too much.
 */
export function territoriesOf(
  listing: Listing,
  base: EffectiveOwners,
  head: EffectiveOwners,
): Territories {
  const changed = changedRules(base.rules, head.rules);
  const found = new Found(listing.owners?.headPaths !== undefined);
  if (changed.base.size + changed.head.size === 0) return { all: [], changed };
  const effort = { steps: MAX_STEPS };
  const touched = new RuleIndex([...changed.base, ...changed.head]);
  const indexes = { base: new RuleIndex(base.rules), head: new RuleIndex(head.rules) };
  const look = (path: string, isThere: boolean): void => {
    if (!touched.deciding(path, effort)) return;
    const [before, after] = [indexes.base, indexes.head].map((one) => one.deciding(path, effort));
    found.add({ base: before, head: after, path }, isThere);
  };
  for (const path of livedPaths(listing)) look(plainPath(path), true);
  for (const path of imaginedPaths(changed, [...base.rules, ...head.rules])) look(path, false);
  for (const [to, from] of renamedFrom(listing)) {
    const before = indexes.base.deciding(plainPath(from), effort);
    // A rule that stays where its file leaves it: the file goes elsewhere, which is no matter of owners.
    if (!before || !changed.base.has(before)) continue;
    const after = indexes.head.deciding(plainPath(to), effort);
    found.add({ base: before, head: after, path: plainPath(to) }, true);
  }
  return { all: found.all(), changed };
}

/** Collects territories, each once. */
class Found {
  readonly #territories = new Map<OwnersRule | undefined, Map<OwnersRule | undefined, Territory>>();
  readonly #knowsPaths: boolean;

  constructor(knowsPaths: boolean) {
    this.#knowsPaths = knowsPaths;
  }

  add({ base, head, path }: Omit<Territory, "isLived">, isThere: boolean): void {
    const row = this.#territories.get(base) ?? new Map<OwnersRule | undefined, Territory>();
    this.#territories.set(base, row);
    const known = row.get(head);
    if (known && (known.isLived || !isThere)) return;
    row.set(head, { base, head, path, isLived: isThere || !this.#knowsPaths });
  }

  all(): Territory[] {
    return [...this.#territories.values()].flatMap((row) => [...row.values()]);
  }
}

function livedPaths({ owners, files }: Listing): readonly string[] {
  return owners?.headPaths ?? files.flatMap(({ path, head }) => (head ? [path] : []));
}

/** `ListedFile.path` doubles a backslash, a pattern escapes one. */
function plainPath(path: string): string {
  return path.replaceAll("\\\\", "\\");
}

/** What changed rules match, also in folders that other rules name, or of names that others do. */
function* imaginedPaths(changed: ChangedRules, rules: readonly OwnersRule[]): Generator<string> {
  const moved = [...changed.base, ...changed.head];
  for (const { matched } of moved) yield* examplesOf(matched);
  let left = MAX_CROSSINGS;
  for (const [folders, names] of [
    [rules, moved],
    [moved, rules],
  ] as const) {
    const roots = [...new Set(folders.map(({ matched }) => leadingNames(matched).join("/")))];
    const ends = [...new Set(names.flatMap(unboundExamples))];
    for (const root of roots) {
      for (const end of ends) {
        left -= 1;
        if (left < 0) return;
        if (root !== "") yield `${root}/${end}`;
      }
    }
  }
}

function unboundExamples({ matched }: OwnersRule): string[] {
  return matched.segments[0]?.is === "folders" ? examplesOf(matched).slice(0, 1) : [];
}
