import type { Probot } from "probot";
import type { WorkKey } from "./work-key.ts";

/** Makes installation tokens for git, each for one repository and no more than it needs. */
export type GitTokens = (key: WorkKey, access: "read" | "write") => Promise<string>;

const MARGIN_MS = 10 * 60 * 1000;

/** Tokens are kept while they hold for `MARGIN_MS` more: a long fetch must not outlive its token. */
export function createGitTokens(probot: Pick<Probot, "auth">, now: () => Date): GitTokens {
  const kept = new Map<string, { token: string; until: number }>();
  return async (key, access) => {
    const name = `${key.installation}/${key.repository.id}/${access}`;
    const known = kept.get(name);
    if (known !== undefined && known.until > now().getTime()) return known.token;
    for (const [other, { until }] of kept) if (until <= now().getTime()) kept.delete(other);
    const { token, expires_at } = await requestToken(probot, key, access);
    kept.set(name, { token, until: Date.parse(expires_at) - MARGIN_MS });
    return token;
  };
}

async function requestToken(
  probot: Pick<Probot, "auth">,
  { installation, repository }: WorkKey,
  access: "read" | "write",
) {
  const app = await probot.auth();
  const { data } = await app.request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: installation,
    repository_ids: [Number(repository.id)],
    permissions: { contents: access },
  });
  return data;
}
