import type { Dependency } from "../../dependencies/dependency.ts";
import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, scalarAt, scalarsAt } from "../data/values.ts";
import { plainGrant } from "../plain-grant.ts";
import { type CrateSpec, readCrateSpec } from "./crate-spec.ts";

/** The lists of a manifest, each in the spellings that some edition of Rust takes. */
const GROUPS = [
  "dependencies",
  "dev-dependencies",
  "dev_dependencies",
  "build-dependencies",
  "build_dependencies",
];

/**
 * The crates that a `Cargo.toml` names, for itself, for its workspace, for some machines, and in
 * the place of others.
 *
 * Source: doc.rust-lang.org/cargo/reference/manifest.html, overriding-dependencies.html.
 */
export function crateDependencies(root: DataMap): Dependency[] {
  const targets = entriesAt(root, "target");
  return [
    ...GROUPS.flatMap((group) => named(entriesAt(root, group), nameOf(group))),
    ...named(entriesAt(root, "workspace", "dependencies"), "workspace.dependencies"),
    ...targets.flatMap(({ key, value }) =>
      GROUPS.flatMap((group) =>
        named(entriesAt(value, group), `target.${key.text}.${nameOf(group)}`),
      ),
    ),
    ...patches(root),
    ...entriesAt(root, "replace").flatMap(({ key, value }) => {
      const [name = key.text] = key.text.split(":");
      return placed(readCrateSpec(name, value), "replace", key);
    }),
  ];
}

/** The crates that stand in the place of those of a registry or a repository. */
export function patches(root: DataMap): Dependency[] {
  return entriesAt(root, "patch").flatMap(({ key, value }) =>
    named(entriesAt(value), `patch.${key.text}`),
  );
}

function nameOf(group: string): string {
  return group.replace("_", "-");
}

function named(entries: readonly DataEntry[], group: string): Dependency[] {
  return entries.flatMap(({ key, value }) => placed(readCrateSpec(key.text, value), group, key));
}

function placed(spec: CrateSpec | null, group: string, { line }: DataScalar): Dependency[] {
  return spec ? [{ ...spec, group, direct: true, line }] : [];
}

/** The code of the crate's own that runs while it is built, wherever it is built. */
export function buildScripts(root: DataMap): Capability[] {
  const scripts = ["package", "project"].flatMap((table) =>
    scalarsAt(root, table, "build").filter(({ text }) => text !== "false"),
  );
  const macros = ["proc-macro", "proc_macro"].flatMap((key) => {
    const value = scalarAt(root, "lib", key);
    return value?.text === "true" ? [{ text: "proc-macro", line: value.line }] : [];
  });
  return [
    ...scripts.map(({ text, line }) => buildScript(text === "true" ? "build.rs" : text, line)),
    ...macros.map(({ text, line }) => buildScript(text, line)),
  ];
}

/** Code by its file's name; its edits are seen as edits of code. */
export function buildScript(name: string, line: number): Capability {
  return plainGrant({ kind: "cargo.build-script", name, holder: "package", line });
}
