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
  return {
    id,
    bot: `${slug}[bot]`,
    async allow(repository, head, externalId = "") {
      const client = await app.getInstallationOctokit(installation.id);
      const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
        owner: repository.owner,
        repo: repository.name,
        name: "bailiff",
        head_sha: head,
        status: "completed",
        conclusion: "success",
        external_id: externalId,
      });
      return Number(data.id);
    },
  };
}
