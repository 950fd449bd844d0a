import { randomUUID } from "node:crypto";
import type { Scene } from "./scene.ts";
import { signatureOf } from "./listening.ts";

export interface SignedDelivery {
  readonly event?: string;
  /** `X-GitHub-Delivery`; a fresh one unless given. */
  readonly id?: string;
  /** What is sent as it is, or a value to write as JSON. */
  readonly payload: unknown;
}

/** Sends what GitHub never sent, with GitHub's own signature, and answers the App's status. */
export function deliverSigned(
  { github, appId, secret }: Scene,
  { event = "pull_request", id = randomUUID(), payload }: SignedDelivery,
): Promise<number> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return github.deliveries.deliverRaw(appId, body, {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": id,
    "x-hub-signature-256": signatureOf(body, secret),
  });
}
