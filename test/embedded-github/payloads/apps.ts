import type { App, Installation } from "../state/apps.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** An App as GitHub's `integration`. */
export function payloadOfApp(world: World, app: App): Record<string, unknown> {
  const html = `${world.url}/apps/${app.slug}`;
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: payloadOfAccount(world, app.owner),
    name: app.name,
    description: "",
    external_url: html,
    html_url: html,
    created_at: timeText(app.createdAt),
    updated_at: timeText(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function payloadOfInstallation(
  world: World,
  installation: Installation,
): Record<string, unknown> {
  const { id, app, account, repositories, suspendedAt } = installation;
  return {
    id,
    account: payloadOfAccount(world, account),
    repository_selection: repositories === "all" ? "all" : "selected",
    access_tokens_url: `${world.apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: timeText(installation.createdAt),
    updated_at: timeText(installation.createdAt),
    single_file_name: null,
    suspended_by: suspendedAt === null ? null : payloadOfAccount(world, account),
    suspended_at: suspendedAt === null ? null : timeText(suspendedAt),
  };
}

/** A repository as an installation's events name it. */
export function payloadOfNamedRepository(repository: Repository): Record<string, unknown> {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  };
}
