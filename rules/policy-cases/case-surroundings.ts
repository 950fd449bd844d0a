import { sha256Hex } from "../canonical.ts";
import { coAuthorsOf, subjectOf } from "../change/commits/commit-message.ts";
import type { CommitFact, CommitPerson, External } from "../facts/facts.ts";
import type { PolicyCase } from "./case-file.ts";

/** The commits that a case lists, each with an id of its own; `at` is when they were made. */
export function commitsOfCase(
  commits: NonNullable<PolicyCase["commits"]>,
  at: string,
): readonly CommitFact[] {
  const person = (email: string): CommitPerson => ({ name: email, email, at });
  return commits.map((commit, index) => {
    const { message, author = "contributor@example.org", committer = author, merge } = commit;
    return {
      sha: sha256Hex(`commit ${index}`).slice(0, 40),
      ...{ message, subject: subjectOf(message), coAuthors: coAuthorsOf(message), merge },
      ...{ author: person(author), committer: person(committer) },
      ...{ signature: commit.signature ?? null, verified: commit.verified ?? null },
    };
  });
}

/** What a host would have observed: what a case says nothing of is unknown. */
export function observedInCase({
  commits = [],
  statuses,
  properties,
}: Pick<PolicyCase, "commits" | "statuses" | "properties">): Pick<
  External,
  "statuses" | "properties" | "verified"
> {
  const verified = commitsOfCase(commits, "").flatMap(
    ({ sha, verified: is }): [string, boolean][] => (is === null ? [] : [[sha, is]]),
  );
  return {
    statuses: statuses?.map((one) => ({ ...one, conclusion: one.conclusion ?? null })) ?? null,
    properties: properties ?? null,
    verified: Object.fromEntries(verified),
  };
}
