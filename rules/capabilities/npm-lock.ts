import type { CapabilityReader } from "./capability.ts";
import type { DataEntry } from "./data/data-node.ts";
import { parseJsonLists } from "./data/json.ts";
import { entriesAt, textAt } from "./data/values.ts";
import { MAX_LOCK_BYTES } from "./forms.ts";
import { claimsNamed } from "./npm/claims.ts";
import { type LockedPackage, LockedPackages, lockKinds } from "./npm/locked-packages.ts";
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
  kinds: lockKinds,
  maxBytes: MAX_LOCK_BYTES,
  claims: claimsNamed(["package-lock.json", "npm-shrinkwrap.json", ".package-lock.json"]),
  read: (_path, content) => understandAll(() => readLock(content)),
};

/** A package, and what the project would call it if it named it itself; null deeper down. */
interface Placed extends Omit<LockedPackage, "direct"> {
  readonly calledAtTop: string | null;
}

function readLock(content: Uint8Array) {
  const packages = new LockedPackages();
  const direct = new Set<string>();
  const placed: Placed[] = [];
  const take = (list: string, entry: DataEntry): void => {
    if (list === "dependencies") addNested(packages, entry);
    else if (isOwn(entry)) for (const name of namedBy(entry.value)) direct.add(name);
    else placed.push(...placedOf(entry));
  };
  const lists = { lists: ["packages", "dependencies"], take };
  const root = parseJsonLists(content, { maxBytes: MAX_LOCK_BYTES }, lists);
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  for (const { calledAtTop, ...locked } of placed) {
    packages.add({ ...locked, direct: calledAtTop !== null && direct.has(calledAtTop) });
  }
  return packages.reading();
}

/** Whether it is the project itself, or a workspace of it, which are not installed. */
function isOwn({ key }: DataEntry): boolean {
  return !key.text.includes(INSTALLED);
}

const INSTALLED = "node_modules/";

/** `"node_modules/a/node_modules/@b/c": { "version": "1.0.0", "resolved": …, "integrity": … }` */
function placedOf({ key, value }: DataEntry): Placed[] {
  if (value.type !== "map") return [];
  const parts = key.text.split(INSTALLED);
  const called = parts.at(-1) ?? "";
  const name = textAt(value, "name") || called;
  const resolved = textAt(value, "resolved") ?? "";
  // A link stands for a folder of the repository, which stands there as well.
  const isLink = isTrueAt(value, "link");
  return [
    {
      ...{ name, version: textAt(value, "version") || null },
      resolved: isLink ? `file:${resolved}` : resolved,
      ...(!isTrueAt(value, "inBundle") && { integrity: digestsOf(textAt(value, "integrity")) }),
      line: lineAt(value, "version") ?? key.line,
      lines: { ...linesIn(value, KEYS), ...scriptIn(value, "hasInstallScript") },
      calledAtTop: parts.length === 2 ? called : null,
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
  packages.add({
    name: alias || key.text,
    version: aliased || version || null,
    resolved: textAt(value, "resolved") || (isAddress ? version : ""),
    ...(!isTrueAt(value, "bundled") && { integrity: digestsOf(textAt(value, "integrity")) }),
    ...{ direct: null, line: lineAt(value, "version") ?? key.line },
    lines: linesIn(value, KEYS),
  });
  for (const entry of entriesAt(value, "dependencies")) addNested(packages, entry);
}
