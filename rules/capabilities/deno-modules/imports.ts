import type { Dependency } from "../../dependencies/dependency.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, stringAt, stringsAt } from "../data/values.ts";
import { readSpecifier } from "./module-specifier.ts";

/**
 * What an import map gives for the names that modules import, everywhere or below some folders.
 *
 * Source: html.spec.whatwg.org/multipage/webappapis.html#import-maps.
 */
export function readImports(root: DataMap): Dependency[] {
  const named = (group: string, ...keys: string[]): Dependency[] =>
    entriesAt(root, ...keys).flatMap(({ value }) => {
      const specifier = stringAt(value);
      return specifier ? moduleOf(specifier, group) : [];
    });
  return [
    ...named("imports", "imports"),
    ...entriesAt(root, "scopes").flatMap(({ key }) =>
      named(`scopes ${key.text}`, "scopes", key.text),
    ),
  ];
}

/** Settings of Deno's that name a module besides. */
const SETTINGS = [
  ["importMap"],
  ["compilerOptions", "jsxImportSource"],
  ["compilerOptions", "jsxImportSourceTypes"],
  ["compilerOptions", "types"],
  ["lint", "plugins"],
] as const;

/** The import map of a configuration, and the modules that its settings load. */
export function readModules(root: DataMap): Dependency[] {
  const settings = SETTINGS.flatMap((keys) =>
    stringsAt(root, ...keys).flatMap((specifier) => moduleOf(specifier, keys.join("."))),
  );
  return [...readImports(root), ...settings];
}

function moduleOf({ text, line }: DataScalar, group: string): Dependency[] {
  const module = readSpecifier(text);
  return module ? [{ ...module, group, direct: true, line }] : [];
}
