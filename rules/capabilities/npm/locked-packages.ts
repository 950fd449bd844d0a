import type { Dependency } from "../../dependencies/dependency.ts";
import { printable } from "../printable.ts";
import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";
import { otherPackage, resolvedSource } from "./resolved.ts";

/** Where parts of it are written, if the format has a line for each. */
export interface LockedLines {
  readonly source?: number;
  readonly integrity?: number;
  /** Where the file says that installing it runs a script of its own. */
  readonly script?: number;
}

/** What a lock file of any package manager for npm's packages says of one of them. */
export interface LockedPackage {
  /** As the registry has it, not as the project calls it. */
  readonly name: string;
  readonly version: string | null;
  /** Where its content is, as written; "" where that follows from its name and version. */
  readonly resolved: string;
  /** As written; undefined where the package comes inside of another one. */
  readonly integrity?: readonly string[];
  readonly direct: boolean | null;
  readonly line: number;
  readonly lines: LockedLines;
}

/** What the readers of lock files give. */
export const lockKinds = {
  "npm.dependency-script": [],
  "npm.substitution": [],
} as const;

/** The packages of one lock file, each once for each content that it may have. */
export class LockedPackages {
  readonly #packages = new Map<string, Dependency & { direct: boolean | null }>();
  readonly #capabilities = new Map<string, Capability>();

  add(locked: LockedPackage): void {
    const { name, version, resolved, direct, line, lines } = locked;
    if (lines.script !== undefined) this.#grant(dependencyScript(name, lines.script));
    // What comes inside of another package is held to that one's digest.
    if (resolved === "" && locked.integrity === undefined) return;
    const source = resolvedSource(resolved);
    const isRemote = !source.text.startsWith("path:") && !source.text.startsWith("git:");
    // Only what a registry or a server gives can be held to a digest.
    const integrity = isRemote ? locked.integrity : undefined;
    const key = JSON.stringify([name, version, source.text, source.level, integrity]);
    const known = this.#packages.get(key);
    if (known) known.direct = eitherOf(known.direct, direct);
    else {
      this.#packages.set(key, {
        ...{ ecosystem: "npm", name, version, group: "", direct, source, line },
        ...(integrity && { integrity }),
        ...(lines.source !== undefined && { sourceLine: lines.source }),
        ...(lines.integrity !== undefined && { integrityLine: lines.integrity }),
      });
    }
    const other = otherPackage(resolved, name, version ?? "");
    if (other !== null) this.replace(name, other, lines.source ?? line);
  }

  /** Another package, or another version of it, comes under a name than the file says elsewhere. */
  replace(name: string, other: string, line: number): void {
    this.#grant(taking("npm.substitution", name, other, line));
  }

  /** Another package is found by a name that nothing in the file gives it; `overrides`, which are not in it, may. */
  rename(name: string, other: string, line: number): void {
    this.#grant(taking("npm.renamed", name, other, line));
  }

  reading(): { readonly capabilities: Capability[]; readonly dependencies: Dependency[] } {
    return {
      capabilities: [...this.#capabilities.values()],
      dependencies: [...this.#packages.values()],
    };
  }

  #grant(capability: Capability): void {
    const key = `${capability.kind} ${capability.name} ${capability.context}`;
    if (!this.#capabilities.has(key)) this.#capabilities.set(key, capability);
  }
}

function eitherOf(one: boolean | null, other: boolean | null): boolean | null {
  return one === null || other === null ? (one ?? other) : one || other;
}

/** Whichever version: one more, or another one, of a package that has a script is nothing new. */
function dependencyScript(name: string, line: number): Capability {
  return plainGrant({ kind: "npm.dependency-script", name, holder: "npm", line });
}

function taking(kind: string, name: string, other: string, line: number): Capability {
  return {
    ...plainGrant({ kind, name, holder: "npm", line }),
    context: printable(`comes as ${other}`),
    reach: [wayTo(`package:${contentDigest(other)}`, line)],
    holderContent: contentDigest(name, other),
  };
}
