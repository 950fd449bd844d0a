import { contentOf, type Contents, type Listing, type Unread } from "../change/listing.ts";
import { fileKind } from "../change/renames.ts";
import type { CompletenessFacts, UnreadFact } from "../facts/facts.ts";
import type { Capability, Reading } from "./capability.ts";
import { type ClaimedVersion, claimVersions } from "./readers.ts";

/** A capability and the file that grants it. */
export interface LocatedCapability extends Capability {
  readonly path: string;
}

/** What a change grants on its two sides, and how completely it was read. */
export interface ChangeReading {
  readonly base: readonly LocatedCapability[];
  readonly head: readonly LocatedCapability[];
  readonly completeness: CompletenessFacts;
}

const WHY_UNREAD: Readonly<Record<Unread, string>> = {
  absent: "its content was not gathered",
  "too-large": "too large",
  "not-a-file": "a submodule, not a file",
  "missing-object": "its object is missing from the repository",
};

/**
 * Reads every claimed version of a change.
 *
 * `completeness` counts both sides. A version at head that was not read or not understood is
 * listed as unread, with why and where: what it grants is unknown. One at base is not: the head
 * is then compared with nothing, which can only add to what it is seen to gain, and a change
 * that repairs a broken file would else be refused for the very fault that it repairs.
 */
export function readCapabilities(listing: Listing, contents: Contents): ChangeReading {
  const versions = claimVersions(listing).map((version) => ({
    ...version,
    reading: readVersion(version, contents),
  }));
  const understood = versions.flatMap(({ path, side, reading }) =>
    reading.understood ? [{ path, side, capabilities: reading.capabilities }] : [],
  );
  const granted = (wanted: "base" | "head"): LocatedCapability[] =>
    understood
      .filter(({ side }) => side === wanted)
      .flatMap(({ path, capabilities }) => capabilities.map((item) => ({ ...item, path })));
  return {
    base: granted("base"),
    head: granted("head"),
    completeness: {
      relevant: versions.length,
      read: understood.length,
      unread: versions.flatMap((version) => unreadFacts(version, version.reading)),
    },
  };
}

function readVersion({ path, side, version, reader }: ClaimedVersion, contents: Contents): Reading {
  const kind = fileKind(version.mode);
  if (kind === "symlink") return refusal("symlink", "a symbolic link, which is never followed");
  if (kind === "submodule") return refusal("not-a-file", WHY_UNREAD["not-a-file"]);
  const content = contentOf(contents, side, path);
  if (content instanceof Uint8Array) return reader.read(path, content);
  return refusal(content.unread, WHY_UNREAD[content.unread]);
}

function refusal(code: string, why: string): Reading {
  return { understood: false, code, why };
}

function unreadFacts({ path, side, claim }: ClaimedVersion, reading: Reading): UnreadFact[] {
  if (reading.understood || side === "base") return [];
  return [{ path, side, claim, why: reading.why, line: reading.line ?? null }];
}
