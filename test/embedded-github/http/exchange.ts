import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Fault } from "./faults.ts";

/** A request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address that was asked for, on this server. */
  readonly address: URL;
}

const maximumBodyBytes = 25 * 1024 * 1024;

/** The whole body of a request; null where it is larger than GitHub reads. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maximumBodyBytes) chunks.push(chunk);
  }
  return size <= maximumBodyBytes ? Buffer.concat(chunks) : null;
}

/** Ends the connection without an answer, as a reset would. */
export function reset({ request }: Exchange): void {
  request.socket.resetAndDestroy();
}

/** Lets a delay pass, or what a test does meanwhile. Other faults take none. */
export async function waitOut(fault: Fault | null): Promise<void> {
  if (fault?.kind === "meanwhile") await fault.act();
  if (fault?.kind !== "delay") return;
  await setTimeout(fault.delayMs);
}
