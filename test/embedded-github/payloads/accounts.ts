import type { Account } from "../state/accounts.ts";
import type { World } from "../state/world.ts";
import { nodeId } from "./notation.ts";

/** An account as GitHub's `simple-user`. */
export function payloadOfAccount(world: World, account: Account): Record<string, unknown> {
  const path = encodeURIComponent(account.login);
  const url = `${world.apiUrl}/users/${path}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("User", account.id),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${path}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** What a webhook says of an owner that is an organization; nothing of another. */
export function organizationOf(world: World, owner: Account): Record<string, unknown> {
  if (owner.type !== "Organization") return {};
  const url = `${world.apiUrl}/orgs/${owner.login}`;
  return {
    organization: {
      login: owner.login,
      id: owner.id,
      node_id: nodeId("Organization", owner.id),
      url,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: `${world.url}/avatars/${owner.id}`,
      description: null,
    },
  };
}
