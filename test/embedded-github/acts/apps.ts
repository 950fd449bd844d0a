import { generateKeyPairSync, randomBytes } from "node:crypto";
import { timeText } from "../payloads/notation.ts";
import { payloadOfAccount } from "../payloads/accounts.ts";
import { payloadOfInstallation, payloadOfNamedRepository } from "../payloads/apps.ts";
import type { App, AppManifest, Installation } from "../state/apps.ts";
import { findRepository, repositoriesOf, type World } from "../state/world.ts";
import { sendChecked } from "../webhooks/announce.ts";

export interface AppOptions {
  /** Default `bailiff`. */
  readonly slug?: string;
  readonly manifest: AppManifest;
  readonly webhookSecret: string;
  /** Where webhooks go; nothing is sent before there is one. */
  readonly webhookUrl?: string;
}

/** What the App's owner gets to configure the App with. */
export interface RegisteredApp {
  readonly id: number;
  readonly slug: string;
  /** PEM, `BEGIN RSA PRIVATE KEY`, as GitHub hands it out. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Where webhooks go from now on. Sends `ping`. */
  setWebhookUrl(url: string): void;
}

export interface InstallOptions {
  readonly owner: string;
  /** Names of the owner's repositories; all of them, also later ones, unless told. */
  readonly repositories?: readonly string[];
  /** Who installs; default the owner. */
  readonly by?: string;
}

export function registerApp(world: World, options: AppOptions): RegisteredApp {
  const { slug = "bailiff", manifest, webhookSecret, webhookUrl } = options;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app: App = {
    id: world.newId(),
    clientId: `Iv23li${randomBytes(7).toString("hex")}`,
    slug,
    name: manifest.name ?? slug,
    owner: world.accounts.of("app-owner"),
    bot: world.accounts.of(`${slug}[bot]`, "Bot"),
    publicKey,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret,
    webhookUrl: null,
    createdAt: world.now(),
  };
  world.apps.set(app.id, app);
  const setWebhookUrl = (url: string): void => {
    app.webhookUrl = url;
    sendPing(world, app, url);
  };
  if (webhookUrl !== undefined) setWebhookUrl(webhookUrl);
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  return { id: app.id, slug, privateKey: pem, webhookSecret, setWebhookUrl };
}

export function installApp(world: World, appId: number, options: InstallOptions): Installation {
  const app = world.apps.get(appId);
  if (app === undefined) throw new Error(`embedded GitHub: no App ${appId}`);
  const account = world.accounts.of(options.owner, "Organization");
  const repositories = options.repositories?.map((name) => {
    const repository = findRepository(world, options.owner, name);
    if (repository === undefined) throw new Error(`embedded GitHub: no ${options.owner}/${name}`);
    return repository.id;
  });
  const chosen = repositories === undefined ? "all" : new Set(repositories);
  const id = world.newId();
  const installation: Installation = {
    id,
    app,
    account,
    repositories: chosen,
    permissions: app.permissions,
    suspendedAt: null,
    createdAt: world.now(),
  };
  world.installations.set(id, installation);
  sendCreated(world, installation, options.by ?? options.owner);
  return installation;
}

function sendCreated(world: World, installation: Installation, by: string): void {
  const repositories = repositoriesOf(world, installation).map(payloadOfNamedRepository);
  sendChecked(world, installation.app, "installation", {
    action: "created",
    installation: payloadOfInstallation(world, installation),
    repositories,
    requester: null,
    sender: payloadOfAccount(world, world.accounts.of(by)),
  });
}

function sendPing(world: World, app: App, url: string): void {
  const hook = {
    type: "App",
    id: app.id,
    name: "web",
    active: true,
    events: app.events,
    config: { content_type: "json", insecure_ssl: "0", secret: "********", url },
    updated_at: timeText(world.now()),
    created_at: timeText(app.createdAt),
    app_id: app.id,
    deliveries_url: `${world.apiUrl}/app/hook/deliveries`,
  };
  sendChecked(world, app, "ping", { zen: "Keep it logically awesome.", hook_id: app.id, hook });
}
