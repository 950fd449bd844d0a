import { App, Octokit } from "octokit";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import type { Scene } from "./scene.ts";

/** Another App that is installed beside ours and may set checks. */
export interface ForeignApp {
  readonly id: number;
  /** The login that it acts under. */
  readonly bot: string;
  /** Sets a successful check run of our check's name on a commit, and answers its id. */
  allow(repository: RepositoryHandle, head: string, externalId?: string): Promise<number>;
  /** Sets a successful check run of another name. */
  succeed(repository: RepositoryHandle, head: string, name: string): Promise<number>;
}

/** Registers it, by the name of ours, and installs it; `slug` tells it from others. */
export function openForeignApp(
  { github, secret }: Pick<Scene, "github" | "secret">,
  owner: string,
  slug: string,
): ForeignApp {
  const registered = github.registerApp({
    slug,
    manifest: { name: "bailiff", default_permissions: { checks: "write" }, default_events: [] },
    webhookSecret: secret,
  });
  const { id, privateKey } = registered;
  const installation = github.install(registered, { owner });
  const app = new App({
    appId: id,
    privateKey,
    Octokit: Octokit.defaults({ baseUrl: github.apiUrl }),
  });
  const succeed = async (
    { owner, name: repo }: RepositoryHandle,
    head_sha: string,
    run: { readonly name: string; readonly external_id?: string },
  ) => {
    const client = await app.getInstallationOctokit(installation.id);
    const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...{ owner, repo, head_sha, ...run },
      ...{ status: "completed", conclusion: "success" },
    });
    return Number(data.id);
  };
  return {
    id,
    bot: `${slug}[bot]`,
    allow: (repository, head, externalId = "") =>
      succeed(repository, head, { name: "bailiff", external_id: externalId }),
    succeed: (repository, head, name) => succeed(repository, head, { name }),
  };
}
