import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { closeListener, createListener, type Delivery } from "../../app/listener.ts";
import { createLog } from "../../app/log.ts";

export const SECRET = "a secret of the test's own";
export const PATH = "/api/github/webhooks";

/** A running listener, and hostile clients of it. */
export interface Listening extends AsyncDisposable {
  /** What was handed over. */
  readonly delivered: readonly Delivery[];
  readonly lines: readonly string[];
  /** Sends as a hostile client would: no check of its own, and it keeps writing whatever comes back. */
  send(sent: Sent): Promise<number>;
  /** Posts a body, signed unless other headers are given. */
  post(body: string | Buffer, headers?: Sent["headers"]): Promise<number>;
  /** Writes these bytes on a connection of its own, and leaves it open. */
  write(...pieces: readonly (string | Buffer)[]): RawConnection;
  /** Closes as the App does when it stops. */
  stop(graceMs: number): Promise<void>;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers: Record<string, string | string[]>;
  readonly chunks: readonly (string | Buffer)[];
  readonly unfinished?: boolean;
}

export interface RawConnection {
  readonly socket: Socket;
  /** The status of each answer so far. */
  readonly statuses: readonly number[];
  /** Resolves when the server ended the connection. */
  readonly closed: Promise<void>;
}

export interface ListeningOptions {
  readonly requestTimeoutMs?: number;
  readonly deliver?: (delivery: Delivery) => Promise<void>;
}

export async function openListening({
  requestTimeoutMs = 400,
  deliver = () => Promise.resolve(),
}: ListeningOptions = {}): Promise<Listening> {
  const delivered: Delivery[] = [];
  const lines: string[] = [];
  const server = createListener({
    path: PATH,
    secret: SECRET,
    deliver: (delivery) => {
      delivered.push(delivery);
      return deliver(delivery);
    },
    log: createLog({
      level: "debug",
      write: (line) => lines.push(line),
      now: () => new Date(0),
      secrets: [],
    }),
    requestTimeoutMs,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const clients = new Set<Socket>();
  return {
    delivered,
    lines,
    send: (sent) => sendTo(port, sent),
    post: (body, headers = headersFor(body)) => sendTo(port, { headers, chunks: [body] }),
    write: (...pieces) => {
      const connection = writeTo(port, pieces);
      clients.add(connection.socket);
      return connection;
    },
    stop: (graceMs) => closeListener(server, graceMs),
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function signatureOf(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** The headers that GitHub sends with a body. */
export function headersFor(body: string | Buffer): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "7a0b4f3e-0000-11f1-8000-000000000001",
    "x-hub-signature-256": signatureOf(body),
  };
}

/** The head of a request as text, with a signature that no body of a test has, and `more` lines. */
export function requestHead(...more: readonly string[]): string {
  const headers = { ...headersFor(""), "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${PATH} HTTP/1.1`, "host: x", ...lines, ...more, "", ""].join("\r\n");
}

function sendTo(
  port: number,
  { method = "POST", path = PATH, headers, chunks, unfinished }: Sent,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers });
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
    for (const chunk of chunks) request.write(chunk);
    if (unfinished !== true) request.end();
  });
}

function writeTo(port: number, pieces: readonly (string | Buffer)[]): RawConnection {
  const socket = connect(port, "127.0.0.1");
  const statuses: number[] = [];
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    for (const [, status] of data.toString("latin1").matchAll(/^HTTP\/1\.1 ([0-9]{3}) /gm))
      statuses.push(Number(status));
  });
  const closed = new Promise<void>((resolve) => {
    socket.on("close", () => {
      resolve();
    });
  });
  for (const piece of pieces) socket.write(piece);
  return { socket, statuses, closed };
}
