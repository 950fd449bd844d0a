import { canonicalJson, sha256Hex } from "../canonical.ts";
import type { FileVersion, Listing } from "../change/listing.ts";
import { compareBytes } from "../change/path-order.ts";
import type { FileFact } from "../facts/facts.ts";
import type { Found } from "../policy/evaluate.ts";
import type { Item } from "../policy/items.ts";

/** What a change's files hold: both versions of each path, as git names them. */
export interface ChangeContents {
  of(paths: readonly string[]): readonly unknown[];
  readonly whole: readonly unknown[];
}

/** The contents of a change. */
export function contentsOf({ files }: Pick<Listing, "files">): ChangeContents {
  const versions = new Map(
    files.map(({ path, base, head }) => [path, [path, version(base), version(head)]]),
  );
  return {
    of: (paths) => paths.map((path) => versions.get(path) ?? [path]),
    whole: [...versions].sort(([one], [other]) => compareBytes(one, other)).map(([, both]) => both),
  };
}

function version(file: FileVersion | undefined): readonly string[] | null {
  return file === undefined ? null : [file.mode, file.oid];
}

/** A finding of a rule, and what it is recognised by. */
export interface NamedFinding {
  readonly item: Item;
  readonly fingerprint: string;
}

/**
 * Names what the rules of one policy found, rule by rule: each finding by the sha256 (hex) of
 *
 *     canonical JSON {"decision", "each", "finding", "nth", "v": 1}
 *
 * `finding` is all that the facts say of the item but its lines, so that one which only moved within
 * its file is the same: of a capability kind, name, holder, context, delta, levels and path. Of a
 * file it is path, status, modes and both contents; of the change as a whole, all of its files.
 * `nth` counts findings that are alike, from 0: one more of the same is a new one.
 */
export function nameFindings(
  rules: readonly Found[],
  contents: ChangeContents,
): readonly (readonly NamedFinding[])[] {
  const seen = new Map<string, number>();
  return rules.map(({ policy: { decision, each }, fired }) =>
    fired.map((item) => {
      const identity = { v: 1, decision, each, finding: identityOf(item, contents) };
      const alike = canonicalJson(identity);
      const nth = seen.get(alike) ?? 0;
      seen.set(alike, nth + 1);
      return { item, fingerprint: sha256Hex(canonicalJson({ ...identity, nth })) };
    }),
  );
}

function identityOf(item: Item, contents: ChangeContents): unknown {
  if (item === null) return contents.whole;
  if (isFile(item)) return fileIdentity(item, contents);
  return Object.fromEntries(Object.entries(item).filter(([key]) => !LINES.has(key)));
}

const LINES: ReadonlySet<string> = new Set(["line", "endLine"]);

function fileIdentity(file: FileFact, contents: ChangeContents): unknown {
  const { path, previousPath, status, baseMode, headMode } = file;
  const paths = previousPath === null ? [path] : [previousPath, path];
  return { path, previousPath, status, baseMode, headMode, contents: contents.of(paths) };
}

function isFile(item: NonNullable<Item>): item is FileFact {
  return "status" in item;
}
