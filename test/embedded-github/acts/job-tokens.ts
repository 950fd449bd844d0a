import { mintToken } from "../http/tokens.ts";
import type { App, Installation, Permissions } from "../state/apps.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { installApp, registerApp } from "./apps.ts";

/** What a workflow's `permissions:` may name; what it leaves out the token may not do. */
export type JobPermissions = Readonly<Partial<Record<JobPermission, "read" | "write">>>;

type JobPermission =
  | "actions"
  | "checks"
  | "contents"
  | "deployments"
  | "issues"
  | "pull-requests"
  | "security-events"
  | "statuses";

/** All that a job can be given: GitHub installs its own App everywhere. */
const ALL = {
  ...{ actions: "write", checks: "write", contents: "write", deployments: "write" },
  ...{ issues: "write", metadata: "read", pull_requests: "write", security_events: "write" },
  statuses: "write",
} as const satisfies Permissions;

/** A job's `GITHUB_TOKEN`: one of the App `github-actions`, for this repository alone. */
export function mintJobToken(
  world: World,
  repository: Repository,
  permissions: JobPermissions,
): string {
  const { id: installation, app } = jobInstallation(world, repository);
  const named = Object.entries(permissions).map(([name, level]) => [
    name.replaceAll("-", "_"),
    level,
  ]);
  const held = { ...(Object.fromEntries(named) as Permissions), metadata: "read" } as const;
  const repositories = [repository.id];
  return mintToken(world, app, { installation, permissions: held, repositories }).token;
}

function jobInstallation(world: World, { owner }: Repository): Installation {
  const app = actionsApp(world);
  const found = [...world.installations.values()].find(
    (installation) => installation.app === app && installation.account === owner,
  );
  return found ?? installApp(world, app.id, { owner: owner.login });
}

function actionsApp(world: World): App {
  const slug = "github-actions";
  const found = [...world.apps.values()].find((app) => app.slug === slug);
  if (found !== undefined) return found;
  const manifest = { name: "GitHub Actions", default_permissions: ALL, default_events: [] };
  const { id } = registerApp(world, { slug, manifest, webhookSecret: "GitHub's own" });
  return world.apps.get(id) as App;
}
