import type { CapabilityReader } from "./capability.ts";
import type { DataEntry, DataNode } from "./data/data-node.ts";
import { parseJsonLists } from "./data/json.ts";
import { entriesAt, itemsAt, scalarAt, textAt } from "./data/values.ts";
import { MAX_LOCK_BYTES } from "./forms.ts";
import { claimsNamed } from "./npm/claims.ts";
import { type LockedPackage, LockedPackages, lockKinds } from "./npm/locked-packages.ts";
import { DEPENDENCY_LISTS } from "./npm/package-dependencies.ts";
import { digestsOf, isTrueAt, lineAt, linesIn, namedBy, scriptIn } from "./npm/text-at.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";

/**
 * Reads npm's lock files of every version: `packages`, which npm reads from 7 on, and
 * `dependencies`, which earlier ones do.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-lock-json.
 */
export const npmLock: CapabilityReader = {
  name: "npm-lock",
  kinds: { ...lockKinds, "npm.renamed": [] },
  maxBytes: MAX_LOCK_BYTES,
  claims: claimsNamed(["package-lock.json", "npm-shrinkwrap.json", ".package-lock.json"]),
  read: (_path, content) => understandAll(() => readLock(content)),
};

/** A package, and what it is called by those who look for it where it is. */
interface Placed extends Omit<LockedPackage, "direct"> {
  readonly called: string;
  readonly isAtTop: boolean;
  /** Where it is, if the file says that it comes inside of another one; else null. */
  readonly inside: string | null;
}

function readLock(content: Uint8Array) {
  const packages = new LockedPackages();
  const direct = new Set<string>();
  const placed: Placed[] = [];
  const bundlers = new Set<string>();
  const elsewhere = new Set<string>();
  const take = (list: string, entry: DataEntry): void => {
    if (list === "dependencies") addNested(packages, entry);
    else if (isOwn(entry)) for (const name of namedBy(entry.value)) direct.add(name);
    else placed.push(...placedOf(entry));
    if (isBundler(entry)) bundlers.add(entry.key.text);
    for (const name of fromElsewhere(entry.value)) elsewhere.add(name);
  };
  const lists = { lists: ["packages", "dependencies"], take };
  const root = parseJsonLists(content, { maxBytes: MAX_LOCK_BYTES }, lists);
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  for (const { called, isAtTop, inside, ...locked } of placed) {
    packages.add({
      ...locked,
      ...(inside !== null && !isInside(inside, bundlers) && { integrity: [] }),
      direct: isAtTop && direct.has(called),
    });
    if (called !== locked.name && !elsewhere.has(called)) {
      packages.rename(called, locked.name, locked.line);
    }
  }
  return packages.reading();
}

/** What a package names by another package (`npm:b@1`), an address or a folder: it may have any name. */
function fromElsewhere(manifest: DataNode): string[] {
  return DEPENDENCY_LISTS.flatMap((list) => entriesAt(manifest, list))
    .filter(({ value }) => /[:/]/.test(scalarAt(value)?.text ?? ""))
    .map(({ key }) => key.text);
}

/** Whether it is the project itself, or a workspace of it, which are not installed. */
function isOwn({ key }: DataEntry): boolean {
  return !key.text.includes(INSTALLED);
}

const INSTALLED = "node_modules/";

/** What bundles packages has them in its own archive: not so the project, which is none. */
function isBundler(entry: DataEntry): boolean {
  const { value } = entry;
  if (isOwn(entry)) return false;
  return BUNDLED.some((key) => isTrueAt(value, key) || itemsAt(value, key).length > 0);
}

const BUNDLED = ["bundleDependencies", "bundledDependencies"];

/** The longest path of which the folders are looked at. */
const MAX_PATH = 4096;

/** Whether a package lies below one that bundles some; npm fetches every other one, whatever is said of it. */
function isInside(path: string, bundlers: ReadonlySet<string>): boolean {
  if (path.length > MAX_PATH) return false;
  const folders = [...path.matchAll(/\/node_modules\//g)].map(({ index }) => path.slice(0, index));
  return folders.some((folder) => bundlers.has(folder));
}

/** `"node_modules/a/node_modules/@b/c": { "version": "1.0.0", "resolved": …, "integrity": … }` */
function placedOf({ key, value }: DataEntry): Placed[] {
  if (value.type !== "map") return [];
  const parts = key.text.split(INSTALLED);
  const called = parts.at(-1) ?? "";
  const name = textAt(value, "name") || called;
  const version = textAt(value, "version") ?? "";
  // Where it has no address npm asks for `name@version`, and a version may be one.
  const resolved = textAt(value, "resolved") || (version.includes(":") ? version : "");
  // A link stands for a folder of the repository, which stands there as well.
  const isLink = isTrueAt(value, "link");
  // What has an address is fetched, whatever is said of it.
  const isBundled = resolved === "" && isTrueAt(value, "inBundle");
  return [
    {
      ...{ name, version: version || null },
      resolved: isLink ? `file:${resolved}` : resolved,
      ...(!isBundled && { integrity: digestsOf(textAt(value, "integrity")) }),
      line: lineAt(value, "version") ?? key.line,
      lines: { ...linesIn(value, KEYS), ...scriptIn(value, "hasInstallScript") },
      ...{ called, isAtTop: parts.length === 2 },
      inside: isBundled ? key.text : null,
    },
  ];
}

const KEYS = { source: "resolved", integrity: "integrity" };

/** `"b": { "version": "1.0.0", "resolved": …, "dependencies": { "c": … } }`, as before npm 7. */
function addNested(packages: LockedPackages, { key, value }: DataEntry): void {
  if (value.type !== "map") return;
  const version = textAt(value, "version") ?? "";
  const [, alias = "", aliased = ""] = /^npm:(.+)@([^@]+)$/.exec(version) ?? [];
  const isAddress = alias === "" && version.includes(":");
  const resolved = textAt(value, "resolved") || (isAddress ? version : "");
  const isBundled = resolved === "" && isTrueAt(value, "bundled");
  packages.add({
    name: alias || key.text,
    version: aliased || version || null,
    resolved,
    ...(!isBundled && { integrity: digestsOf(textAt(value, "integrity")) }),
    ...{ direct: null, line: lineAt(value, "version") ?? key.line },
    lines: linesIn(value, KEYS),
  });
  for (const entry of entriesAt(value, "dependencies")) addNested(packages, entry);
}
