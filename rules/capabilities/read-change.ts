import {
  contentKey,
  contentOf,
  type Contents,
  type Listing,
  type Side,
  type Unread,
} from "../change/listing.ts";
import { fileKind } from "../change/renames.ts";
import type { CompletenessFacts, UnreadFact } from "../facts/facts.ts";
import type { LocatedDependency } from "../dependencies/differ.ts";
import { dependencyGrants } from "../dependencies/grants.ts";
import { WHY_TOO_MUCH } from "./allowance.ts";
import { carriedFiles } from "./carried.ts";
import type { Allowance, Capability, Reading, UnreadPart } from "./capability.ts";
import { firstOfEach } from "./first-of-each.ts";
import { type ClaimedVersion, claimVersions, strongestClaim } from "./readers.ts";
import { readOwners } from "./owners/read-owners.ts";
import { readTree } from "./tree/read-tree.ts";

/** A capability and the file that grants it. */
export interface LocatedCapability extends Capability {
  readonly path: string;
}

/** What a change grants on its two sides, and how completely it was read. */
export interface ChangeReading {
  readonly base: readonly LocatedCapability[];
  readonly head: readonly LocatedCapability[];
  readonly dependencies: Readonly<Record<Side, readonly LocatedDependency[]>>;
  readonly completeness: CompletenessFacts;
}

/**
 * All that one change's versions may hold and grant, and the YAML in them with its aliases written
 * out; both sides of a large lock file and a hundred large workflows stay below.
 */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_CAPABILITIES = 20_000;
const MAX_DEPENDENCIES = 100_000;

const WHY_MIXED =
  "the base has changed it, or what it may have been renamed from, since this change left it; " +
  "merge the base into the head";

const WHY_CARRIED =
  "the base moved or removed it, or its folder, since this change left it, and merging may put it " +
  "where files grant; merge the base into the head";

const WHY_UNREAD: Readonly<Record<Unread, string>> = {
  absent: "its content was not gathered",
  "too-large": "too large",
  "not-a-file": "a submodule, not a file",
  "missing-object": "its object is missing from the repository",
};

/**
 * Reads every claimed version of a change, and what every changed path is.
 *
 * `completeness` counts both sides. A version at head that was not read or not understood is
 * listed as unread, with why and where: what it grants is unknown. One at base is not: the head
 * is then compared with nothing, which can only add to what it is seen to gain, and a change
 * that repairs a broken file would else be refused for the very fault that it repairs.
 *
 * A file that the base has changed since counts only as it will land: what the base took back
 * vouches for nothing, else a branch off an old commit would bring it in again as a mere move.
 * A file that merging may carry to a claimed path counts as a claimed version that was not read.
 * Once the versions together are over a cap, in the order of the listing, the rest is not read:
 * one small blob can stand at very many paths, and a small file's aliases for a large one. What only
 * resembles files that grant has caps of its own, so that it takes no room from them.
 */
export function readCapabilities(listing: Listing, contents: Contents): ChangeReading {
  const budgets = { grants: wholeBudget(), resembles: wholeBudget() };
  const versions = claimVersions(listing).map((version) => ({
    ...version,
    reading: readWithin(budgets[version.claim], version, contents),
  }));
  const understood = versions.flatMap(({ path, side, reading }) =>
    reading.understood ? [{ path, side, ...grantsOf(reading) }] : [],
  );
  const granted = (wanted: Side): LocatedCapability[] =>
    understood
      .filter(({ side }) => side === wanted)
      .flatMap(({ path, capabilities }) => capabilities.map((item) => ({ ...item, path })));
  const taken = (wanted: Side): LocatedDependency[] =>
    understood
      .filter(({ side }) => side === wanted)
      .flatMap(({ path, dependencies }) => dependencies.map((item) => ({ ...item, path })));
  const refused = distinctUnread(
    versions.flatMap((version) => unreadFacts(version, version.reading)),
  );
  const files = [...Map.groupBy(versions, ({ side, path }) => contentKey(side, path)).values()];
  const harmless = new Set(
    files.filter((readings) => readings.every(isHarmlessHead)).flatMap(([one]) => one?.path ?? []),
  );
  const carried = carriedFacts(listing, refused).filter(
    ({ claim, path }) => claim === "grants" || !harmless.has(path),
  );
  const tree = readTree(listing, contents);
  const owners = readOwners(listing, contents);
  const told = new Set([...refused, ...carried].map(({ path }) => path));
  const unknown = owners.unread.filter(({ path }) => !told.has(path));
  return {
    base: [...granted("base"), ...tree.base, ...owners.base],
    head: [...granted("head"), ...tree.head, ...owners.head],
    dependencies: { base: taken("base"), head: taken("head") },
    completeness: {
      relevant: files.length + carried.length + unknown.length,
      read: files.filter((readings) => readings.every(isWhole)).length,
      unread: [...refused, ...carried, ...unknown],
    },
  };
}

/** What a version grants, or a sentence for people that says why that is unknown. */
type Outcome =
  Extract<Reading, { understood: true }> | Omit<Extract<Reading, { understood: false }>, "code">;

type Understood = Extract<Reading, { understood: true }>;

function grantsOf({ capabilities, dependencies = [] }: Understood) {
  return { capabilities: [...capabilities, ...dependencyGrants(dependencies)], dependencies };
}

interface Budget extends Allowance {
  bytes: number;
  capabilities: number;
  dependencies: number;
  /** The contents whose bytes are counted: several readers may read one. */
  readonly weighed: Set<string>;
}

function wholeBudget(): Budget {
  return {
    bytes: MAX_BYTES,
    characters: MAX_CHARACTERS,
    capabilities: MAX_CAPABILITIES,
    dependencies: MAX_DEPENDENCIES,
    weighed: new Set(),
  };
}

function readWithin(budget: Budget, claimed: ClaimedVersion, contents: Contents): Outcome {
  const content = contentOf(contents, claimed.side, claimed.path);
  const key = contentKey(claimed.side, claimed.path);
  if (content instanceof Uint8Array && !budget.weighed.has(key)) budget.bytes -= content.length;
  budget.weighed.add(key);
  if (isSpent(budget)) return refusal(WHY_TOO_MUCH);
  const reading = readVersion(claimed, contents, budget);
  if (reading.understood) {
    budget.capabilities -= reading.capabilities.length;
    budget.dependencies -= reading.dependencies?.length ?? 0;
  }
  return isSpent(budget) ? refusal(WHY_TOO_MUCH) : reading;
}

function isSpent({ bytes, characters, capabilities, dependencies }: Budget): boolean {
  return bytes < 0 || characters < 0 || capabilities < 0 || dependencies < 0;
}

function readVersion(claimed: ClaimedVersion, contents: Contents, allowance: Allowance): Outcome {
  const { landing, claim } = claimed;
  if (landing === "mixed" && claim === "grants") return refusal(WHY_MIXED);
  const reading = readContent(claimed, contents, allowance);
  if (landing === "as-judged" || !reading.understood) return reading;
  if (landing === "nothing") return { understood: true, capabilities: [] };
  // Nearly every file that only resembles one that grants is none.
  return grantsNothing(reading) ? reading : refusal(WHY_MIXED);
}

function grantsNothing({ capabilities, dependencies = [] }: Understood): boolean {
  return capabilities.length + dependencies.length === 0;
}

function readContent(
  { path, side, version, reader }: ClaimedVersion,
  contents: Contents,
  allowance: Allowance,
): Outcome {
  const kind = fileKind(version.mode);
  if (kind === "symlink") return refusal("a symbolic link, which is never followed");
  if (kind === "submodule") return refusal(WHY_UNREAD["not-a-file"]);
  const content = contentOf(contents, side, path);
  if (content instanceof Uint8Array) return reader.read(path, content, allowance);
  return refusal(WHY_UNREAD[content.unread]);
}

function refusal(why: string): Outcome {
  return { understood: false, why };
}

function unreadFacts({ path, side, claim }: ClaimedVersion, reading: Outcome): UnreadFact[] {
  if (side === "base") return [];
  return partsUnread(reading).map(({ why, line = null }) => ({ path, side, claim, why, line }));
}

/** What several readers say alike of one file is said once, as strongly as any of them does. */
function distinctUnread(facts: readonly UnreadFact[]): UnreadFact[] {
  const granting = facts.filter(({ claim }) => claim === "grants");
  const keyOf = ({ path, why, line }: UnreadFact): string => JSON.stringify([path, why, line]);
  const kept = new Set(firstOfEach([...granting, ...facts], keyOf));
  return facts.filter((fact) => kept.has(fact));
}

function isWhole({ reading }: { readonly reading: Outcome }): boolean {
  return partsUnread(reading).length === 0;
}

function partsUnread(reading: Outcome): readonly Omit<UnreadPart, "code">[] {
  return reading.understood ? (reading.unread ?? []) : [reading];
}

/** What grants nothing where it stands grants nothing either where it only resembles what grants. */
function isHarmlessHead({
  side,
  reading,
}: ClaimedVersion & { readonly reading: Outcome }): boolean {
  return side === "head" && reading.understood && grantsNothing(reading);
}

/** Without those that are refused already, and as strongly, for another reason. */
function carriedFacts(listing: Listing, refused: readonly UnreadFact[]): UnreadFact[] {
  const told = new Set(refused.map(({ path, claim }) => `${claim} ${path}`));
  return carriedFiles(listing, strongestClaim)
    .filter(({ path, claim }) => !told.has(`${claim} ${path}`))
    .map(({ path, claim }) => ({ path, side: "head", claim, why: WHY_CARRIED, line: null }));
}
