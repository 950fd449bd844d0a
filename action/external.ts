import * as core from "@actions/core";
import { readExternal, reviewsMatter } from "../github/external.ts";
import type { Ports } from "../maestro/ports.ts";
import { troubleLine } from "../report/trouble-markdown.ts";
import { NOTHING_KNOWN } from "../rules/facts/unknown.ts";
import { connect } from "./connect.ts";
import { troubleOfApi } from "./api-trouble.ts";
import type { Runner } from "./runner.ts";

/**
 * Asks GitHub for a pull request's reviews, where they can change what its policies say.
 *
 * Where they cannot be read they stay unknown, and settle nothing; the log says why.
 */
export function openExternal(
  { repository }: Runner,
  token: string | null,
  now: () => Date,
): Ports["external"] {
  return async (action, policies, unknowing) => {
    const matter = reviewsMatter(policies);
    const isPull = action.facts.number !== null;
    if (!isPull || token === null || matter === "never") return NOTHING_KNOWN;
    if (matter === "to-settle" && unknowing().verdict.decision === "ALLOW") return NOTHING_KNOWN;
    try {
      const client = await connect(token, "reviews are read with it");
      return await readExternal({ client, repository, action, standings: new Map(), now });
    } catch (error) {
      const trouble = troubleOfApi(error);
      if (trouble === null) throw error;
      core.warning(`Reviews are unknown, and settle nothing. ${troubleLine(trouble)}`);
      return NOTHING_KNOWN;
    }
  };
}
