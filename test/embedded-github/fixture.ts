import { App, Octokit } from "octokit";
import type { RegisteredApp } from "./acts/apps.ts";
import { startEmbeddedGitHub, type EmbeddedGitHub } from "./embedded-github.ts";
import type { RepositoryHandle } from "./repository-handle.ts";
import type { AppManifest, Installation } from "./state/apps.ts";

/** An App installed on `acme/shop`, which has one commit on `main`. */
export interface Fixture extends AsyncDisposable {
  readonly github: EmbeddedGitHub;
  readonly app: RegisteredApp;
  readonly installation: Installation;
  readonly repository: RepositoryHandle;
  /** As the App itself. */
  readonly asApp: Octokit;
  /** As the App's installation. */
  readonly asInstallation: Octokit;
  /** As a person. */
  readonly as: (login: string) => Octokit;
}

export interface FixtureOptions {
  readonly private?: boolean;
  readonly webhookUrl?: string;
  readonly deliveryTimeoutMs?: number;
  readonly manifest?: Partial<AppManifest>;
}

const manifest: AppManifest = {
  default_permissions: {
    metadata: "read",
    checks: "write",
    contents: "write",
    pull_requests: "read",
  },
  default_events: ["pull_request", "pull_request_review", "check_run"],
};

export const webhookSecret = "a secret of this fixture";

export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const { deliveryTimeoutMs = 10_000 } = options;
  const github = await startEmbeddedGitHub({ deliveryTimeoutMs });
  const repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    private: options.private ?? false,
  });
  await repository.commit({ branch: "main", files: { "README.md": "shop\n" }, by: "ann" });
  const app = github.registerApp({
    manifest: { ...manifest, ...options.manifest },
    webhookSecret,
    ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }),
  });
  const installation = github.install(app, { owner: "acme" });
  return {
    github,
    app,
    installation,
    repository,
    asApp: appClient(github, app).octokit,
    asInstallation: await installationClient(github, app, installation.id),
    as: (login) => clientOf(github, github.user(login).token),
    [Symbol.asyncDispose]: () => github.stop(),
  };
}

/** A pull request by `ann` from a branch of its own. */
export async function openPull(
  { repository }: Pick<Fixture, "repository">,
  branch = "feature",
): Promise<{ number: number; sha: string }> {
  const sha = await repository.commit({ branch, files: { [branch]: `${branch}\n` }, by: "ann" });
  const { number } = await repository.openPull({ by: "ann", title: branch, head: branch });
  return { number, sha };
}

/** A client with an installation's token. */
export function installationClient(
  github: EmbeddedGitHub,
  app: RegisteredApp,
  installation: number,
): Promise<Octokit> {
  return appClient(github, app).getInstallationOctokit(installation);
}

/** A client with a token, or with none. */
export function clientOf({ apiUrl }: EmbeddedGitHub, token?: string): Octokit {
  return new Quiet({ ...(token === undefined ? {} : { auth: token }), baseUrl: apiUrl });
}

/** The API's names of `acme/shop`. */
export const shop = { owner: "acme", repo: "shop" };

/** The status and message of a request that is refused. */
export async function refusal(request: Promise<unknown>): Promise<[number, string]> {
  try {
    await request;
  } catch (error) {
    const { status, message } = error as { status: number; message: string };
    return [status, message];
  }
  return [0, "was not refused"];
}

/** An Octokit that neither waits nor tries again. */
const Quiet = Octokit.defaults({ retry: { enabled: false }, throttle: { enabled: false } });

function appClient(github: EmbeddedGitHub, { id, privateKey }: RegisteredApp): App {
  const Bound = Quiet.defaults({ baseUrl: github.apiUrl });
  return new App({ appId: id, privateKey, Octokit: Bound });
}
