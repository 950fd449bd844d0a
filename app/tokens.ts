import type { Probot } from "probot";
import { AppError } from "./errors.ts";
import type { WorkKey } from "./work-key.ts";

/** What a token is for: `api` and `members` for requests, `read` for git and who pushed, `write` for git. */
export type TokenUse = "api" | "members" | "read" | "write";

/**
 * Installation tokens, each for one repository and no more than its use needs.
 *
 * GitHub holds such a token to the repository's id: where its name went to another one, nothing
 * can be written there by mistake.
 */
export interface Tokens {
  /** One that holds for some minutes more. Throws `ACCESS_REFUSED`. */
  get(key: WorkKey, use: TokenUse): Promise<string>;
  /** Another one in the place of one that GitHub refused; where none is to be had, that one is kept. */
  renew(key: WorkKey, use: TokenUse, refused: string): Promise<string>;
  /** Drops those of a repository: after trouble, fresh ones may do what these could not. */
  forget(key: WorkKey): void;
}

/** Tokens are kept while they hold for this much more: a long fetch must not outlive its token. */
const MARGIN_MS = 10 * 60 * 1000;

const PERMISSIONS: Readonly<Record<TokenUse, Readonly<Record<string, "read" | "write">>>> = {
  api: { checks: "write", pull_requests: "read" },
  members: { members: "read" },
  read: { contents: "read" },
  write: { contents: "write" },
};

const USES = Object.keys(PERMISSIONS) as TokenUse[];

export function createTokens(probot: Pick<Probot, "auth">, now: () => Date): Tokens {
  const kept = new Map<string, { token: string; until: number }>();
  const mint = async (key: WorkKey, use: TokenUse) => {
    forgetExpired(kept, now().getTime());
    const { token, expires_at } = await requestToken(probot, key, use);
    kept.set(nameOf(key, use), { token, until: Date.parse(expires_at) - MARGIN_MS });
    return token;
  };
  return {
    async get(key, use) {
      const known = kept.get(nameOf(key, use));
      return known !== undefined && known.until > now().getTime() ? known.token : mint(key, use);
    },
    async renew(key, use, refused) {
      const known = kept.get(nameOf(key, use));
      return known === undefined || known.token === refused ? mint(key, use) : known.token;
    },
    forget(key) {
      for (const use of USES) kept.delete(nameOf(key, use));
    },
  };
}

function nameOf({ installation, repository }: WorkKey, use: TokenUse): string {
  return `${installation}/${repository.id}/${use}`;
}

function forgetExpired(kept: Map<string, { until: number }>, time: number): void {
  for (const [name, { until }] of kept) if (until <= time) kept.delete(name);
}

async function requestToken(probot: Pick<Probot, "auth">, key: WorkKey, use: TokenUse) {
  const app = await probot.auth();
  try {
    const { data } = await app.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: key.installation,
      repository_ids: [Number(key.repository.id)],
      permissions: PERMISSIONS[use],
    });
    return data;
  } catch (error) {
    throw isRefused(error) ? accessRefused(use, error) : error;
  }
}

/**
 * 403: the installation is suspended, unless a rate limit was met. 422: it has not the permission,
 * or not the repository.
 */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !("status" in error)) return false;
  return error.status === 422 || (error.status === 403 && !isRateLimit(error));
}

function isRateLimit(error: Error & { readonly response?: Partial<Answer> }): boolean {
  const headers = error.response?.headers ?? {};
  const isSpent = headers["x-ratelimit-remaining"] === "0" || "retry-after" in headers;
  return isSpent || /rate limit/i.test(error.message);
}

/** What octokit keeps of an answer that it throws. */
interface Answer {
  readonly headers: Readonly<Record<string, unknown>>;
}

function accessRefused(use: TokenUse, cause: unknown): AppError {
  const permissions = Object.entries(PERMISSIONS[use]).map(([name, level]) => `${name}: ${level}`);
  return new AppError(
    "ACCESS_REFUSED",
    `GitHub does not let this App reach the repository (${permissions.join(", ")}).`,
    "Look at the App's installation, in the owner's settings: it may be suspended, not cover this repository, or wait for permissions to be accepted. Bailiff goes on by itself after that.",
    { cause },
  );
}
