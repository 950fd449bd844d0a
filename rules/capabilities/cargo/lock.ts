import type { Dependency } from "../../dependencies/dependency.ts";
import { gitAt } from "../../dependencies/source.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, itemsAt, mapsAt, scalarAt, textAt } from "../data/values.ts";
import { indexAt } from "./crate-spec.ts";

/**
 * The crates of a `Cargo.lock`. Those of the workspace have no source and are left out: nothing is
 * taken in.
 *
 * Source: the lock file has no specification; github.com/rust-lang/cargo, core/resolver/encode.rs.
 */
export function readCargoLock(root: DataMap): Dependency[] {
  const packages = mapsAt(root, "package");
  const direct = directNames(packages);
  // Before version 2: "checksum serde 1.0.0 (registry+…)" = "0a1b…"
  const older = new Map(
    entriesAt(root, "metadata").map(({ key, value }) => [key.text, textAt(value)]),
  );
  return packages.flatMap((table): Dependency[] => {
    const [name, version, source] = [
      scalarAt(table, "name"),
      textAt(table, "version"),
      textAt(table, "source"),
    ];
    if (!name || source === undefined) return [];
    const known = older.get(`checksum ${name.text} ${version ?? ""} (${source})`);
    const checksum = textAt(table, "checksum") ?? known;
    const lines = {
      line: name.line,
      ...placeOf("sourceLine", scalarAt(table, "source")),
      ...placeOf("integrityLine", scalarAt(table, "checksum")),
    };
    const crate = { ecosystem: "cargo", name: name.text, version: version ?? null, group: "" };
    const place = { ...crate, direct: direct.has(name.text), ...lines };
    const [, git] = /^git\+([^?#]*)/.exec(source) ?? [];
    if (git !== undefined) return [{ ...place, version: commitOf(source), source: gitAt(git) }];
    const integrity = checksum === undefined || checksum === "<none>" ? [] : [checksum];
    return [{ ...place, source: indexAt(source), integrity }];
  });
}

function placeOf(key: "sourceLine" | "integrityLine", scalar: DataScalar | undefined) {
  return scalar ? { [key]: scalar.line } : {};
}

// git+https://github.com/acme/lib?tag=v1#0a1b…
function commitOf(source: string): string | null {
  return source.split("#")[1] ?? null;
}

/** What the workspace's own crates ask for: "serde", or "serde 1.0.0" where there are several. */
function directNames(packages: readonly DataMap[]): ReadonlySet<string> {
  const own = packages.filter((table) => textAt(table, "source") === undefined);
  const asked = own.flatMap((table) =>
    itemsAt(table, "dependencies").flatMap((item) => textAt(item) ?? []),
  );
  return new Set(asked.map((text) => text.split(" ")[0] ?? text));
}
