import { NotUnderstood } from "../not-understood.ts";
import { digestsOf } from "./text-at.ts";
import { LockedPackages } from "./locked-packages.ts";
import { readYarnLines, type YarnEntry } from "./yarn-lines.ts";

/** The packages of a `yarn.lock` of yarn 1, which does not tell what the project names itself. */
export function readClassicLock(content: Uint8Array, maxBytes: number): LockedPackages {
  const packages = new LockedPackages();
  for (const entry of readYarnLines(content, maxBytes)) {
    if (fieldOf(entry, "resolution") !== "") throw mixed(entry.line);
    const resolved = fieldOf(entry, "resolved");
    const [address = "", hash = ""] = resolved.split(/#(.*)/s);
    const integrity = digestsOf(fieldOf(entry, "integrity"));
    // Without another digest yarn compares the SHA-1 behind the address.
    const isHash = /^[0-9a-f]{40}$/.test(hash) && !address.endsWith(".git");
    const digests = integrity.length === 0 && isHash ? [`sha1-${hash}`] : integrity;
    const lines = {
      source: lineOf(entry, "resolved"),
      integrity: lineOf(entry, integrity.length === 0 ? "resolved" : "integrity"),
    };
    for (const name of new Set(entry.keys.map(nameOf))) {
      packages.add({
        ...{ name, version: fieldOf(entry, "version") || null, resolved, integrity: digests },
        ...{ direct: null, line: lineOf(entry, "version"), lines },
      });
    }
  }
  return packages;
}

/** `name@range`, `alias@npm:name@range` */
function nameOf(pattern: string): string {
  const [, name = pattern, range = ""] = /^(.[^@]*)@(.*)$/s.exec(pattern) ?? [];
  const [, aliased = name] = /^npm:(.[^@]*)@/.exec(range) ?? [];
  return aliased;
}

function lineOf({ entries, line }: YarnEntry, name: string): number {
  return entries.find(({ keys }) => keys.includes(name))?.line ?? line;
}

function fieldOf({ entries }: YarnEntry, name: string): string {
  const [field, second] = entries.filter(({ keys }) => keys.includes(name));
  if (second) {
    const place = { line: second.line, column: 1 };
    throw new NotUnderstood("duplicate-key", "a key that its entry already has", place);
  }
  return field?.value ?? "";
}

function mixed(line: number): NotUnderstood {
  const why = "an entry of a later yarn in a file of yarn 1";
  return new NotUnderstood("not-yarn", why, { line, column: 1 });
}
