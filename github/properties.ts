import type { Properties } from "../rules/facts/facts.ts";
import { type GitHubClient, listOf, type RepositoryPlace, routeOf } from "./client.ts";

/** The custom properties that a repository has; of one that is not set there is nothing. */
export async function readProperties(
  client: GitHubClient,
  repository: RepositoryPlace,
): Promise<Properties> {
  const { data } = await client.request(
    "GET /repos/{owner}/{repo}/properties/values",
    routeOf(repository),
  );
  const values = listOf(data).flatMap(({ property_name: name, value }): [string, string[]][] =>
    value === null ? [] : [[name, [value].flat()]],
  );
  return Object.fromEntries(values);
}
