import type { EventPayloadMap } from "@octokit/webhooks-types";

/** GitHub's name of a webhook event: the `X-GitHub-Event` header. */
export type EventName = keyof EventPayloadMap;

/** One webhook delivery to one App. A redelivery is another entry with the same `guid`. */
export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`. */
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Record<string, unknown>;
  readonly redelivery: boolean;
  /** `held` and `pending` wait; `failed` is an answer outside 2xx, none within ten seconds, or no App to reach. */
  readonly state: "held" | "pending" | "delivered" | "failed";
  /** The App's HTTP status, null before it answered or where it did not. */
  readonly status: number | null;
}

/** Webhooks as a test sees and steers them. Each App's deliveries go out in order, one at a time. */
export interface Deliveries {
  readonly log: readonly Delivery[];
  /** Keeps what is sent from now on, until `release`. */
  hold(): void;
  /** Sends what is held, in the order of these ids (default: as it came); ids left out are never sent. */
  release(order?: readonly number[]): void;
  /** Sends one again, with the same guid, as GitHub's "Redeliver" does. */
  redeliver(id: number): void;
  /** Posts any bytes with any headers to an App's webhook URL, and answers its status. */
  deliverRaw(
    appId: number,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<number>;
  /** Resolves when every delivery that is not held was answered. */
  settled(): Promise<void>;
}
