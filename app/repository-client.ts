import type { Probot, ProbotOctokit } from "probot";
import type { GitHubClient } from "../github/client.ts";
import { AppError } from "./errors.ts";
import type { TokenUse, Tokens } from "./tokens.ts";
import type { WorkKey } from "./work-key.ts";

/** A request as octokit passes it from one strategy to the next. */
type Send = ((options: object) => Promise<unknown>) & Pick<ProbotOctokit["request"], "endpoint">;

/**
 * GitHub as one repository's requests reach it: with a token for that repository alone.
 *
 * A token that is refused is renewed once and the request sent again: it may have expired early,
 * or be older than a permission that was granted since.
 */
export async function connectRepository(
  probot: Pick<Probot, "auth">,
  tokens: Tokens,
  key: WorkKey,
  use: TokenUse = "api",
): Promise<GitHubClient> {
  const { constructor } = await probot.auth();
  const Octokit = constructor as typeof ProbotOctokit;
  return new Octokit({
    authStrategy: () => authentication(tokens, key, use),
    // Writes keep their distance for each installation, as GitHub counts them.
    throttle: { id: String(key.installation) },
  });
}

/**
 * The same with leave of another use; null where the installation has not granted that: then what is
 * asked with it is unknown, and nothing else waits for it.
 */
export async function connectWhereGranted(
  probot: Pick<Probot, "auth">,
  tokens: Tokens,
  { key, use }: { readonly key: WorkKey; readonly use: TokenUse },
): Promise<GitHubClient | null> {
  try {
    await tokens.get(key, use);
  } catch (error) {
    if (error instanceof AppError && error.code === "ACCESS_REFUSED") return null;
    throw error;
  }
  return connectRepository(probot, tokens, key, use);
}

function authentication(tokens: Tokens, key: WorkKey, use: TokenUse) {
  const hook = async (request: Send, route: string, parameters?: Record<string, unknown>) => {
    const endpoint = request.endpoint.merge(route, parameters);
    const send = (token: string) =>
      request({ ...endpoint, headers: { ...endpoint.headers, authorization: `token ${token}` } });
    const token = await tokens.get(key, use);
    try {
      return await send(token);
    } catch (error) {
      if (!isTokenRefused(error)) throw error;
      const renewed = await tokens.renew(key, use, token).catch(() => null);
      if (renewed === null) throw error;
      return await send(renewed);
    }
  };
  return Object.assign(() => Promise.resolve({ type: "installation" }), { hook });
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !("status" in error)) return false;
  const isTooNarrow = error.message.includes("Resource not accessible by integration");
  return error.status === 401 || (error.status === 403 && isTooNarrow);
}
