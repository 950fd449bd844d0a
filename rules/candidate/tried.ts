import { onceForEach } from "../capabilities/once-for-each.ts";
import type { Contents, Listing } from "../change/listing.ts";
import { loadPolicies } from "../policy/load.ts";
import type { PolicyProblem } from "../policy/policy-set.ts";
import { type Candidate, candidateOf, isDocument } from "./candidate.ts";
import { type Trial, tryCases } from "./trial.ts";

/**
 * The policies that a change brings, with everything that is wrong with them, and what their cases
 * came to: null where there are none, or policies that cannot be tried.
 */
export interface TriedCandidate extends Candidate {
  readonly problems: readonly PolicyProblem[];
  readonly trial: Trial | null;
}

/** Tries the policies that a change brings; null where it brings no others. Of one change that is done once. */
export function triedCandidate(listing: Listing, contents: Contents): TriedCandidate | null {
  const known = remembered(contents);
  const tried = known.get(listing) ?? { candidate: triedAnew(listing, contents) };
  known.set(listing, tried);
  return tried.candidate;
}

/** A change is judged several times while it is found out what has to be asked for. */
const remembered = onceForEach<
  Contents,
  Map<Listing, { readonly candidate: TriedCandidate | null }>
>(() => new Map());

function triedAnew(listing: Listing, contents: Contents): TriedCandidate | null {
  const candidate = candidateOf(listing, contents);
  if (candidate === null) return null;
  const { policies, cases } = candidate;
  if (!isDocument(policies)) return { ...candidate, problems: [], trial: null };
  const loaded = loadPolicies([policies], false);
  const isSound = loaded.problems.length === 0;
  const trial = isSound && isDocument(cases) ? tryCases(cases, loaded) : null;
  return { ...candidate, problems: loaded.problems, trial };
}
