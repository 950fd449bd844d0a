import type { DataEntry, DataMap } from "../data/data-node.ts";
import { entriesAt, textAt } from "../data/values.ts";
import { readYamlLists } from "../data/yaml-lists.ts";
import { type LockedPackage, LockedPackages } from "./locked-packages.ts";
import { digestsOf, lineAt, linesIn } from "./text-at.ts";

/** A package, and the descriptors (`name@npm:^1`) that it is found by. */
interface Resolved extends Omit<LockedPackage, "direct"> {
  readonly descriptors: readonly string[];
  /** Which version of it is taken from a registry; "" where none is. */
  readonly reference: string;
}

/**
 * The packages of a `yarn.lock` of yarn 2 and later: YAML, whose entries stand one below the other.
 * What a workspace names is direct.
 */
export function readBerryLock(content: Uint8Array, maxBytes: number): LockedPackages {
  const direct = new Set<string>();
  const resolved: Resolved[] = [];
  readYamlLists(content, maxBytes, {
    lists: [],
    take: (_list, { key, value }) => {
      if (value.type !== "map" || key.text === "__metadata") return;
      const resolution = textAt(value, "resolution") ?? "";
      if (/^(?:@[^/]*\/)?[^@/]*@workspace:/.test(resolution)) {
        for (const descriptor of namedBy(value)) direct.add(descriptor);
      } else resolved.push(resolvedOf(key.text, value, { resolution, line: key.line }));
    },
  });
  const packages = new LockedPackages();
  for (const { descriptors, reference, ...locked } of resolved) {
    const { name, version, line, lines } = locked;
    const asked = descriptors.find((one) => nameAsked(one) !== name);
    if (reference !== "" && (asked !== undefined || plain(reference) !== plain(version ?? ""))) {
      const called = asked === undefined ? name : nameAsked(asked);
      packages.replace(called, `${name}@${reference}`, lines.source ?? line);
    }
    packages.add({ ...locked, direct: descriptors.some((one) => direct.has(one)) });
  }
  return packages;
}

const LISTS = ["dependencies", "peerDependencies"];

function namedBy(workspace: DataMap): string[] {
  return LISTS.flatMap((list) => entriesAt(workspace, list).map(descriptorOf));
}

function descriptorOf({ key, value }: DataEntry): string {
  const range = value.type === "scalar" ? value.text : "";
  return `${key.text}@${range.includes(":") ? range : `npm:${range}`}`;
}

// name@npm:1.2.3, name@npm:1.2.3::__archiveUrl=https%3A…, name@https://host/a.tgz, name@patch:…
const RESOLUTION = /^((?:@[^/]*\/)?[^@/]+)@(?:npm:([^:]*)(?:::(.*))?$)?(.*)$/s;

function resolvedOf(
  keys: string,
  entry: DataMap,
  { resolution, line }: { readonly resolution: string; readonly line: number },
): Resolved {
  const [, name = resolution, reference = "", bound = "", other = ""] =
    RESOLUTION.exec(resolution) ?? [];
  return {
    ...{ name, version: textAt(entry, "version") || null, line: lineAt(entry, "version") ?? line },
    lines: linesIn(entry, KEYS),
    resolved: other || archiveUrlOf(bound),
    integrity: digestsOf(textAt(entry, "checksum")),
    ...{ descriptors: keys.split(/,\s*/), reference },
  };
}

const KEYS = { source: "resolution", integrity: "checksum" };

function archiveUrlOf(bound: string): string {
  return new URLSearchParams(bound).get("__archiveUrl") ?? "";
}

// left@npm:^1, left@npm:other@^1, @a/left@npm:@b/other@^1
const DESCRIPTOR = /^((?:@[^/]*\/)?[^@/]+)@(?:npm:((?:@[^/]*\/)?[^@/]+)@)?/;

/** The package that a descriptor asks for. */
function nameAsked(descriptor: string): string {
  const [, name = descriptor, alias = name] = DESCRIPTOR.exec(descriptor) ?? [];
  return alias;
}

/** A version as a registry has it: what a manifest writes around it says nothing. */
function plain(version: string): string {
  return version.replace(/^[v=\s]+|\+.*$/gs, "");
}
