import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One webhook as an App receives it. */
interface ReceivedHook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: Record<string, unknown>;
  /** `event.action`, or the event alone. */
  readonly name: string;
}

/** A server that notes webhooks, and answers each with `status`; with none, never. */
export interface HookReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: ReceivedHook[];
  status: number | null;
}

export async function receiveHooks(): Promise<HookReceiver> {
  const received: ReceivedHook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push(noted(request.headers, Buffer.concat(chunks).toString("utf8")));
      if (receiver.status !== null) response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: HookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    status: 202,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

function noted(headers: IncomingHttpHeaders, body: string): ReceivedHook {
  const payload = JSON.parse(body) as Record<string, unknown>;
  const event = String(headers["x-github-event"]);
  const { action } = payload;
  return {
    headers,
    body,
    payload,
    name: typeof action === "string" ? `${event}.${action}` : event,
  };
}
