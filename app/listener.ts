import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Log } from "./log.ts";

/** A delivery whose signature was right. `body` is the exact text that was signed. */
export interface Delivery {
  readonly id: string;
  readonly name: string;
  readonly body: string;
  readonly signature: string;
}

export interface ListenerOptions {
  readonly path: string;
  readonly secret: string;
  /** Takes a delivery; what it throws is answered with 500, so that GitHub's log shows it. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly log: Log;
  /** How long a request may take to arrive, headers and body. GitHub itself gives up after 10 s. */
  readonly requestTimeoutMs: number;
}

/** GitHub sends no payload larger than 25 MB. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** All bodies that are being read: senders without the secret cannot fill the memory. */
const MAX_BYTES_IN_FLIGHT = 4 * MAX_BODY_BYTES;

/** What is answered: a status and one line for people. */
interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * A server in front of Probot: it takes webhooks at one path and answers `/health`.
 *
 * Probot reads a body of any size before it looks at the signature, and logs the payload of one
 * whose signature is wrong. Nothing gets that far here: sizes are capped, the signature is
 * checked first, and of what was refused only the reason is logged.
 */
export function createListener(options: ListenerOptions): Server {
  const inFlight = { bytes: 0 };
  return createServer(
    {
      requestTimeout: options.requestTimeoutMs,
      headersTimeout: options.requestTimeoutMs,
      connectionsCheckingInterval: Math.ceil(options.requestTimeoutMs / 4),
    },
    (request, response) => {
      route(request, options, inFlight)
        .catch((error: unknown) => failed(error, options.log))
        .then((answer) => {
          answerWith(answer, { request, response });
        })
        .catch((error: unknown) => failed(error, options.log));
    },
  );
}

async function route(
  request: IncomingMessage,
  options: ListenerOptions,
  inFlight: { bytes: number },
): Promise<Answer> {
  const path = (request.url ?? "").split("?", 1)[0];
  if (path === "/health" && request.method === "GET") return { status: 200, text: "ok" };
  if (path !== options.path) return { status: 404, text: "nothing here" };
  if (request.method !== "POST") return { status: 405, text: "POST webhooks here" };
  const headers = readHeaders(request);
  const answer =
    "status" in headers ? headers : await takeBody(request, headers, { ...options, inFlight });
  if (answer.status >= 400)
    options.log.warn("delivery refused", { status: answer.status, reason: answer.text });
  return answer;
}

interface DeliveryHeaders {
  readonly id: string;
  readonly name: string;
  readonly signature: string;
}

function readHeaders({ headers }: IncomingMessage): DeliveryHeaders | Answer {
  const signature = headerText(headers["x-hub-signature-256"]);
  const id = headerText(headers["x-github-delivery"]);
  const name = headerText(headers["x-github-event"]);
  if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return UNSIGNED;
  if (!/^application\/json(;|$)/.test(headers["content-type"] ?? ""))
    return { status: 415, text: "set the webhook's content type to application/json" };
  if (headers["content-encoding"] !== undefined)
    return { status: 415, text: "send the payload without a content encoding" };
  if (!/^[0-9A-Za-z-]{1,64}$/.test(id))
    return { status: 400, text: "X-GitHub-Delivery is missing" };
  if (!/^[a-z_]{1,64}$/.test(name)) return { status: 400, text: "X-GitHub-Event is missing" };
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) return TOO_LARGE;
  return { id, name, signature };
}

const UNSIGNED: Answer = { status: 401, text: "the signature is missing or wrong" };
const TOO_LARGE: Answer = { status: 413, text: "the payload is larger than 25 MB" };
const BUSY: Answer = { status: 503, text: "too many payloads at once; redeliver this one" };

function headerText(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

async function takeBody(
  request: IncomingMessage,
  { id, name, signature }: DeliveryHeaders,
  { secret, deliver, inFlight }: ListenerOptions & { inFlight: { bytes: number } },
): Promise<Answer> {
  const body = await readBody(request, inFlight);
  if (!Buffer.isBuffer(body)) return body;
  if (!isSigned(body, signature, secret)) return UNSIGNED;
  await deliver({ id, name, signature, body: body.toString("utf8") });
  return { status: 202, text: "accepted" };
}

async function readBody(
  request: IncomingMessage,
  inFlight: { bytes: number },
): Promise<Buffer | Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      inFlight.bytes += chunk.length;
      if (size > MAX_BODY_BYTES) return TOO_LARGE;
      if (inFlight.bytes > MAX_BYTES_IN_FLIGHT) return BUSY;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    inFlight.bytes -= size;
  }
}

function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function failed(error: unknown, log: Log): Answer {
  log.error("delivery not taken", { error });
  return { status: 500, text: "not taken; redeliver this one" };
}

function answerWith(
  { status, text }: Answer,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): void {
  if (response.destroyed) return;
  // What was not read would be taken for the next request: such a connection ends here.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}
