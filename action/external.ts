import * as core from "@actions/core";
import { nobodyKnown, readExternal, reviewsMatter } from "../github/external.ts";
import { isObserved, NOTHING_OBSERVED, type Observed, readObserved } from "../github/observed.ts";
import type { Ports } from "../maestro/ports.ts";
import { troubleLine } from "../report/trouble-markdown.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { connect } from "./connect.ts";
import { troubleOfApi } from "./api-trouble.ts";
import type { Runner } from "./runner.ts";

/**
 * Asks GitHub for a pull request's reviews, where they can change what its policies say, and for
 * other checks, properties and signatures where these are read.
 *
 * Where they cannot be read they stay unknown, and settle nothing; the log says why.
 */
export function openExternal(
  { repository }: Runner,
  token: string | null,
  now: () => Date,
): Ports["external"] {
  const readReviews: Ports["external"] = async (action, policies, unknowing, saw) => {
    const matter = reviewsMatter(policies);
    const isPull = action.facts.number !== null;
    if (!isPull || token === null || matter === "never") return NOTHING_KNOWN;
    if (matter === "to-settle" && unknowing().verdict.decision === "ALLOW") return NOTHING_KNOWN;
    try {
      const client = await connect(token, "reviews are read with it");
      return await readExternal({
        ...{ client, repository, action, policies, unknowing, saw, now },
        membersClient: () => Promise.resolve(client),
        contentsClient: () => Promise.resolve(client),
        // A log of the run, a summary and a comment may be read by everybody, for all this host knows.
        isPrivate: false,
        people: nobodyKnown(),
      });
    } catch (error) {
      const trouble = troubleOfApi(error);
      if (trouble === null) throw error;
      core.warning(`Reviews are unknown, and settle nothing. ${troubleLine(trouble)}`);
      return NOTHING_KNOWN;
    }
  };
  return async (...change) => ({
    ...(await readReviews(...change)),
    ...(await observe({ repository, token, now }, change)),
  });
}

/** What cannot be asked for stays unknown: a policy that needs it denies, and the log says why. */
async function observe(
  {
    repository,
    token,
    now,
  }: Pick<Runner, "repository"> & {
    readonly token: string | null;
    readonly now: () => Date;
  },
  [action, policies]: Parameters<Ports["external"]>,
): Promise<Observed> {
  if (token === null || !isObserved(policies)) return NOTHING_OBSERVED;
  try {
    const client = await connect(token, "other checks, properties and signatures are read with it");
    return await readObserved({
      ...{ client, repository, action, policies, now },
      membersClient: () => Promise.resolve(client),
      people: nobodyKnown(),
    });
  } catch (error) {
    const trouble = troubleOfApi(error);
    if (trouble === null) throw error;
    core.warning(`Other checks, properties and signatures are unknown. ${troubleLine(trouble)}`);
    return NOTHING_OBSERVED;
  }
}
