import { createHmac, randomUUID } from "node:crypto";
import type { App } from "../state/apps.ts";
import type { Deliveries, Delivery } from "./deliveries.ts";
import { post } from "./post.ts";
import { signatureOf } from "./signature.ts";

type Entry = { -readonly [Key in keyof Delivery]: Delivery[Key] };

/** Sends webhooks: to each App one at a time, in order, and never waited for by who caused them. */
export class DeliveryQueue implements Deliveries {
  readonly #entries: Entry[] = [];
  readonly #apps: ReadonlyMap<number, App>;
  readonly #timeoutMs: number;
  readonly #lanes = new Map<number, Promise<void>>();
  #isHolding = false;
  #isClosed = false;

  constructor(apps: ReadonlyMap<number, App>, timeoutMs: number) {
    this.#apps = apps;
    this.#timeoutMs = timeoutMs;
  }

  get log(): readonly Delivery[] {
    return this.#entries;
  }

  /** Sends nothing where the App has no webhook URL. */
  send(app: App, event: string, payload: Record<string, unknown>): void {
    if (app.webhookUrl === null) return;
    const action = typeof payload["action"] === "string" ? payload["action"] : null;
    this.#add({ guid: randomUUID(), appId: app.id, event, action, payload, redelivery: false });
  }

  hold(): void {
    this.#isHolding = true;
  }

  release(order?: readonly number[]): void {
    this.#isHolding = false;
    const held = this.#entries.filter(({ state }) => state === "held");
    const chosen = order === undefined ? held : order.map((id) => this.#find(id));
    for (const entry of held.filter((one) => !chosen.includes(one))) entry.state = "failed";
    for (const entry of chosen) this.#enqueue(entry);
  }

  redeliver(id: number): void {
    const { guid, appId, event, action, payload } = this.#find(id);
    this.#add({ guid, appId, event, action, payload, redelivery: true });
  }

  async deliverRaw(
    appId: number,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<number> {
    const url = this.#apps.get(appId)?.webhookUrl;
    if (url === null || url === undefined) throw new Error(`App ${appId} has no webhook URL`);
    return post({ url, body: Buffer.from(body), headers, timeoutMs: this.#timeoutMs });
  }

  async settled(): Promise<void> {
    while (this.#entries.some(({ state }) => state === "pending")) {
      await Promise.all(this.#lanes.values());
    }
  }

  /** Sends nothing more, and waits for the answer that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.settled();
  }

  #add(content: Omit<Entry, "id" | "state" | "status">): void {
    const state = this.#isHolding ? "held" : "pending";
    const entry: Entry = { id: this.#entries.length + 1, ...content, state, status: null };
    this.#entries.push(entry);
    if (state === "pending") this.#enqueue(entry);
  }

  #find(id: number): Entry {
    const entry = this.#entries[id - 1];
    if (entry === undefined) throw new Error(`no delivery ${id}`);
    return entry;
  }

  #enqueue(entry: Entry): void {
    entry.state = "pending";
    const before = this.#lanes.get(entry.appId) ?? Promise.resolve();
    this.#lanes.set(
      entry.appId,
      before.then(() => this.#deliver(entry)),
    );
  }

  async #deliver(entry: Entry): Promise<void> {
    const app = this.#apps.get(entry.appId);
    const url = app?.webhookUrl ?? null;
    if (app !== undefined && url !== null && !this.#isClosed) {
      const body = Buffer.from(JSON.stringify(entry.payload));
      const sent = { url, body, headers: headersOf(entry, app, body), timeoutMs: this.#timeoutMs };
      // What cannot be reached has no status, and GitHub tells nobody either.
      entry.status = await post(sent).catch(() => null);
    }
    const isAccepted = entry.status !== null && entry.status >= 200 && entry.status < 300;
    entry.state = isAccepted ? "delivered" : "failed";
  }
}

function headersOf(entry: Entry, app: App, body: Uint8Array): Record<string, string> {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/embedded",
    "x-github-delivery": entry.guid,
    "x-github-event": entry.event,
    "x-github-hook-id": String(app.id),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${createHmac("sha1", app.webhookSecret).update(body).digest("hex")}`,
    "x-hub-signature-256": signatureOf(app.webhookSecret, body),
  };
}
