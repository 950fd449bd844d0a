import type { CapabilityReader } from "./capability.ts";
import type { DataEntry, DataNode } from "./data/data-node.ts";
import { parseJsonLists } from "./data/json.ts";
import { entriesAt, textAt } from "./data/values.ts";
import { MAX_LOCK_BYTES } from "./forms.ts";
import { allowedBuilds } from "./npm/allowed-builds.ts";
import { claimsNamed } from "./npm/claims.ts";
import { DEPENDENCY_LISTS } from "./npm/package-dependencies.ts";
import { type LockedPackage, LockedPackages, lockKinds } from "./npm/locked-packages.ts";
import { mayRename } from "./npm/spec.ts";
import { digestsOf, namedBy } from "./npm/text-at.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";

/**
 * Reads `bun.lock`, in which comments and trailing commas may stand.
 *
 * Source: bun.sh/docs/install/lockfile.
 */
export const bunLock: CapabilityReader = {
  name: "bun-lock",
  kinds: { ...lockKinds, "npm.allowed-build": [] },
  maxBytes: MAX_LOCK_BYTES,
  claims: claimsNamed(["bun.lock"]),
  read: (_path, content) => understandAll(() => readLock(content)),
};

/** `called` is the path of names by which it is found: `a`, `a/b`. */
interface Called extends Omit<LockedPackage, "direct"> {
  readonly called: string;
}

function readLock(content: Uint8Array) {
  const read: Called[] = [];
  const take = (_list: string, entry: DataEntry): void => {
    read.push(...packageOf(entry));
  };
  const dialect = { maxBytes: MAX_LOCK_BYTES, comments: "allowed" } as const;
  const root = parseJsonLists(content, dialect, { lists: ["packages"], take });
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  const direct = new Set(entriesAt(root, "workspaces").flatMap(({ value }) => namedBy(value)));
  const aliases = aliasesIn(root);
  const packages = new LockedPackages();
  for (const { called, ...locked } of read) {
    const isDirect = direct.has(called);
    packages.add({ ...locked, direct: isDirect });
    const { name, version, line } = locked;
    // What is no version is a package of another sort, told by its source.
    const isOther = isDirect && called !== name && /^\d/.test(version ?? "");
    if (isOther && !aliases.has(called)) packages.replace(called, `${name}@${version ?? ""}`, line);
  }
  const { capabilities, dependencies } = packages.reading();
  return { capabilities: [...capabilities, ...allowedBuilds(root)], dependencies };
}

/** What the project asks for by another name (`npm:other@^1`), or puts in the place of others. */
function aliasesIn(root: DataNode): ReadonlySet<string> {
  const workspaces = entriesAt(root, "workspaces").map(({ value }) => value);
  const lists = [
    ...workspaces.flatMap((one) => DEPENDENCY_LISTS.map((list) => entriesAt(one, list))),
    ...[
      entriesAt(root, "catalog"),
      ...entriesAt(root, "catalogs").map(({ value }) => entriesAt(value)),
    ],
  ];
  const asked = lists.flat().filter(({ value }) => mayRename(textAt(value) ?? ""));
  return new Set([...asked, ...entriesAt(root, "overrides")].map(({ key }) => key.text));
}

/**
 * `"a": ["a@1.0.0", "", {}, "sha512-…"]`, with an address where "" stands; of what is no package of
 * a registry `["a@github:acme/a#0123abc", {}, "acme-a-0123abc", "sha512-…"]`.
 */
function packageOf({ key, value }: DataEntry): Called[] {
  if (value.type !== "list") throw new NotUnderstood("no-lock", "a package that is no list", value);
  const [first = "", ...others] = value.items.map((item) =>
    item.type === "scalar" ? item.text : null,
  );
  const [, name = key.text, version = ""] = /^(.[^@]*)@(.*)$/s.exec(first ?? "") ?? [];
  const [address] = others;
  const isAddress = /^[a-z+]+:/i.test(version);
  return [
    {
      ...{ called: key.text, name, version: version || null, line: key.line, lines: {} },
      resolved: isAddress ? version : (address ?? ""),
      integrity: others.slice(1).flatMap((text) => (text === null ? [] : digestsIn(text))),
    },
  ];
}

function digestsIn(text: string): readonly string[] {
  return digestsOf(text).filter((digest) => /^(?:sha\d+|md5)-/.test(digest));
}
