import { canonicalJson } from "../canonical.ts";
import { withOwners } from "./file-owners.ts";
import { diffCapabilities } from "../capabilities/differ.ts";
import { readCapabilities } from "../capabilities/read-change.ts";
import { fileFacts } from "../change/files.ts";
import { changedLines, lineFacts } from "../change/lines/changed-lines.ts";
import { compareBytes } from "../change/path-order.ts";
import { diffDependencies } from "../dependencies/differ.ts";
import { wellFormed } from "../text.ts";
import type { Contents, Listing } from "../change/listing.ts";
import { type AskedFacts, askedFacts, type Readers } from "../policy/facts-asked.ts";
import {
  FACTS_SCHEMA,
  type ActionFacts,
  type ChangeFacts,
  type CommitFact,
  type Contributor,
  type External,
  type Facts,
  type Properties,
  type RepositoryFacts,
  type Review,
  type Status,
} from "./facts.ts";

/** What the facts are made of. Of the policies only what they read matters. */
export interface FactSources {
  readonly action: ActionFacts;
  readonly repository: RepositoryFacts;
  readonly external: External;
  readonly listing: Listing;
  readonly contents: Contents;
  readonly commits?: readonly CommitFact[] | null;
  readonly policies: { readonly policies: Readers };
}

/**
 * Builds the one document that policies see, with every key present.
 *
 * Lists are sorted, so that the order in which a host gathered them is no input. `action.body`, lines,
 * commits and their counts are null unless a policy reads them: what nobody judged by is not recorded. Lone surrogates are
 * replaced, since a title that holds one must not keep a verdict from being recorded.
 */
export function buildFacts(sources: FactSources): Facts {
  const { contents, repository } = sources;
  const listing = sortedListing(sources.listing);
  const asked = askedFacts(sources.policies.policies);
  const { base, head, dependencies, completeness } = readCapabilities(listing, contents);
  return wellFormed({
    schema: FACTS_SCHEMA,
    action: actionFacts(sources, asked),
    repository: { ...repository, properties: propertyFacts(sources.external, asked) },
    change: changeFacts({ ...sources, listing }, asked),
    capabilities: diffCapabilities({ base, head, listing, repository }),
    dependencies: diffDependencies({ ...dependencies, listing }),
    commits: asked.commits ? commitFacts(sources) : null,
    reviews: sortedReviews(sources.external.reviews),
    contributors: sortedContributors(sources.external.contributors),
    statuses: sortedStatuses(sources.external.statuses),
    completeness,
  });
}

function sortedListing(listing: Listing): Listing {
  const files = [...listing.files].sort((left, right) => compareBytes(left.path, right.path));
  return { ...listing, files };
}

function actionFacts({ action, external }: FactSources, asked: AskedFacts): ActionFacts {
  const labels = [...new Set(action.labels)].sort(compareBytes);
  const { teams = null, organisations = null } = external.memberships ?? {};
  const sorted = (names: readonly string[] | null) => names && [...names].sort(compareBytes);
  const author = action.author && {
    ...action.author,
    ...{ teams: sorted(teams), organisations: sorted(organisations) },
  };
  return { ...action, author, labels, body: asked.body ? action.body : null };
}

function changeFacts({ listing, contents, commits }: FactSources, asked: AskedFacts): ChangeFacts {
  const changed = asked.lines || asked.lineCounts ? changedLines(listing, contents) : [];
  const counted = fileFacts(listing, contents, asked.lineCounts ? changed : []);
  const files = withOwners(counted, listing.baseOwners);
  const { base, head, mergeBase, headTree } = listing;
  return {
    ...{ base, head, mergeBase, headTree, filesCount: files.length, files },
    addedLines: asked.lineCounts ? total(files.map(({ addedLines }) => addedLines)) : null,
    removedLines: asked.lineCounts ? total(files.map(({ removedLines }) => removedLines)) : null,
    commitsCount: asked.commits ? (commits?.length ?? null) : null,
    lines: asked.lines ? lineFacts(changed) : null,
  };
}

function commitFacts({ commits, external }: FactSources): readonly CommitFact[] | null {
  const verified = new Map(Object.entries(external.verified ?? {}));
  return commits?.map((one) => ({ ...one, verified: verified.get(one.sha) ?? null })) ?? null;
}

/** What nobody judged by is not told: of all properties those that policies name. */
function propertyFacts({ properties }: External, asked: AskedFacts): Properties | null {
  if (!properties || asked.properties.length === 0) return null;
  const told = new Map(Object.entries(properties));
  return Object.fromEntries(
    asked.properties.map((name) => [name, [...(told.get(name) ?? [])].sort(compareBytes)]),
  );
}

/** Null where one of them is. */
function total(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

function sortedReviews(reviews: readonly Review[] | null): readonly Review[] | null {
  const whole = wellFormed(reviews)?.map((review) => ({
    ...review,
    via: [...review.via].sort(compareBytes),
    sameChange: review.sameChange ?? null,
    sameFor: review.sameFor ? [...review.sameFor].sort(compareBytes) : null,
  }));
  return whole === undefined ? null : sortedBy(whole, ({ at, id }) => `${at} ${id}`);
}

function sortedContributors(
  contributors: readonly Contributor[] | null,
): readonly Contributor[] | null {
  const whole = wellFormed(contributors);
  return whole === null ? null : sortedBy(whole, ({ as, commit }) => `${as} ${commit ?? ""}`);
}

function sortedStatuses(statuses: readonly Status[] | null): readonly Status[] | null {
  const whole = wellFormed(statuses);
  return whole === null ? null : sortedBy(whole, ({ name, app }) => `${name} ${app}`);
}

function sortedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return items
    .map((item) => ({ item, key: `${keyOf(item)} ${canonicalJson(item)}` }))
    .sort((left, right) => compareBytes(left.key, right.key))
    .map(({ item }) => item);
}
