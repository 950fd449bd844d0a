import { defaults, getOctokitOptions, GitHub } from "@actions/github/lib/utils";
import { createSameHostFetch } from "../github/same-host-fetch.ts";
import type { CommentingClient } from "../github/sticky-comment.ts";

/** Sends through the runner's proxy, where it has one; the package's types leave it out. */
const { fetch: send } = defaults.request as { readonly fetch: typeof fetch };

/**
 * GitHub's API with a step's token.
 *
 * Import it where a run comes to need it: it brings an HTTP client, which most runs can do without.
 */
export function openApi(token: string): CommentingClient {
  const fetch = createSameHostFetch({ send, ending: new AbortController().signal });
  return new GitHub(getOctokitOptions(token, { request: { ...defaults.request, fetch } }));
}
