import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { DataEntry, DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, isTrue, scalarAt, stringAt, textAt, valueAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { LockedPackages } from "../npm/locked-packages.ts";
import { readSpecifier } from "./module-specifier.ts";

/** Where the packages of npm and JSR stand: from version 4 on, in 3, and of npm in 2. */
const NPM = [["npm"], ["packages", "npm"], ["npm", "packages"]];
const JSR = [["jsr"], ["packages", "jsr"]];

/**
 * Reads a `deno.lock` of any version: the packages of npm and JSR that were chosen, and the modules
 * at addresses, each with its digest.
 *
 * Source: github.com/denoland/deno_lockfile.
 */
export function readDenoLock(root: DataMap): Given {
  const packages = new LockedPackages();
  for (const keys of NPM) for (const entry of entriesAt(root, ...keys)) addPackage(packages, entry);
  const { capabilities, dependencies } = packages.reading();
  // Version 1 is a map of addresses alone.
  const remote = valueAt(root, "version") ? entriesAt(root, "remote") : root.entries;
  return {
    capabilities,
    dependencies: [
      ...dependencies,
      ...JSR.flatMap((keys) => entriesAt(root, ...keys).flatMap(ofJsr)),
      ...remote.flatMap(atAddress),
      ...entriesAt(root, "redirects").flatMap(redirected),
    ],
  };
}

// @scope/name@1.2.3, with the peers that it was chosen for behind _
const PACKAGE = /^(.[^@]*)@([^_]+)/s;

function addPackage(packages: LockedPackages, { key, value }: DataEntry): void {
  const [, name, version] = PACKAGE.exec(key.text) ?? [];
  if (name === undefined || version === undefined || value.type !== "map") return;
  const [digest, address] = [scalarAt(value, "integrity"), scalarAt(value, "tarball")];
  packages.add({
    ...{ name, version, resolved: address?.text ?? "", direct: null, line: key.line },
    integrity: digest ? [digest.text] : [],
    lines: {
      ...(address && { source: address.line }),
      ...(digest && { integrity: digest.line }),
      ...(isTrue(valueAt(value, "scripts")) && { script: key.line }),
    },
  });
}

function ofJsr({ key, value }: DataEntry): Dependency[] {
  const [, name, version] = PACKAGE.exec(key.text) ?? [];
  if (name === undefined || version === undefined) return [];
  const digest = scalarAt(value, "integrity");
  return [
    {
      ...{ ecosystem: "jsr", name, version, group: "", direct: null, line: key.line },
      ...{ source: ownRegistry("jsr"), integrity: digest ? [digest.text] : [] },
      ...(digest && { integrityLine: digest.line }),
    },
  ];
}

/** `"https://deno.land/std@0.200.0/path/mod.ts": "0a1b…"` */
function atAddress({ key, value }: DataEntry): Dependency[] {
  const digest = textAt(value);
  return chosen(key, "").map((module) => ({
    ...module,
    integrity: digest === undefined ? [] : [digest],
  }));
}

/** What an address leads to stands among the others too, where its digest is. */
function redirected({ value }: DataEntry): Dependency[] {
  const target = stringAt(value);
  return target ? chosen(target, "redirects") : [];
}

function chosen({ text, line }: DataScalar, group: string): Dependency[] {
  const module = readSpecifier(text);
  if (!module) return [];
  const { ecosystem, name, version, source } = module;
  return [{ ecosystem, name, version, source, group, direct: null, line }];
}
