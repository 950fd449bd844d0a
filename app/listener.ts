import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createBodyIntake, MAX_BODY_BYTES, type ReadBody } from "./body-intake.ts";
import { AppError } from "./errors.ts";
import type { Log } from "./log.ts";
import { oneRequestEach } from "./one-request.ts";
import { isSigned, payloadText } from "./payload.ts";

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
  /**
   * Takes a delivery. What it throws is answered, so that GitHub's log shows it: with 400 where it
   * is DELIVERY_STRANGE, else with 500.
   */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly log: Log;
  /** How long a request may take to arrive, headers and body. GitHub itself gives up after 10 s. */
  readonly requestTimeoutMs: number;
}

/** A proxy keeps some tens open; each costs memory and a file descriptor before a byte was sent. */
const MAX_CONNECTIONS = 1_000;

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
  const readBody = createBodyIntake();
  const server = createServer(
    {
      requestTimeout: options.requestTimeoutMs,
      headersTimeout: options.requestTimeoutMs,
      connectionsCheckingInterval: Math.ceil(options.requestTimeoutMs / 4),
    },
    (request, response) => {
      route(request, { ...options, readBody })
        .catch((error: unknown) => failed(error, options.log))
        .then((answer) => {
          answerWith(answer, response);
        })
        .catch((error: unknown) => failed(error, options.log));
    },
  );
  oneRequestEach(server);
  return server.on("connection", oldestGivesWay(MAX_CONNECTIONS));
}

/**
 * Takes no more connections, and resolves when the open ones have ended.
 *
 * Node times no request out any more once its server closes: one sender who never comes to an end
 * would keep the App from stopping. What is left after `graceMs` is cut off.
 */
export function closeListener(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Refusing what is new instead would let whoever fills all places keep GitHub out. */
function oldestGivesWay(most: number): (socket: Socket) => void {
  const open = new Set<Socket>();
  return (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const [oldest] = open;
    if (open.size > most) oldest?.destroy();
  };
}

type RouteOptions = ListenerOptions & {
  readonly readBody: (request: IncomingMessage) => Promise<ReadBody>;
};

async function route(request: IncomingMessage, options: RouteOptions): Promise<Answer> {
  const path = (request.url ?? "").split("?", 1)[0];
  if (path === "/health" && request.method === "GET") return { status: 200, text: "ok" };
  if (path !== options.path) return { status: 404, text: "nothing here" };
  if (request.method !== "POST") return { status: 405, text: "POST webhooks here" };
  const headers = readHeaders(request);
  const answer = "status" in headers ? headers : await takeBody(request, headers, options);
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
  if (!/^[a-z][a-z_]{0,63}$/.test(name)) return { status: 400, text: "X-GitHub-Event is missing" };
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) return TOO_LARGE;
  return { id, name, signature };
}

const UNSIGNED: Answer = { status: 401, text: "the signature is missing or wrong" };
const TOO_LARGE: Answer = { status: 413, text: "the payload is larger than 25 MB" };
const BUSY: Answer = { status: 503, text: "too many payloads at once; redeliver this one" };
const CUT_OFF: Answer = { status: 400, text: "the connection ended before the payload did" };
const STRANGE: Answer = { status: 400, text: "the payload is not one that GitHub sends to an App" };

function headerText(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

async function takeBody(
  request: IncomingMessage,
  { id, name, signature }: DeliveryHeaders,
  { secret, deliver, readBody }: RouteOptions,
): Promise<Answer> {
  const pieces = await readBody(request);
  if (pieces === "too-large") return TOO_LARGE;
  if (pieces === "gave-way") return BUSY;
  if (pieces === "cut-off") return CUT_OFF;
  if (!isSigned(pieces, signature, secret)) return UNSIGNED;
  const body = payloadText(pieces);
  if (body === null) return STRANGE;
  await deliver({ id, name, signature, body });
  return { status: 202, text: "accepted" };
}

function failed(error: unknown, log: Log): Answer {
  if (isStrange(error)) {
    log.warn("delivery refused", { status: STRANGE.status, reason: STRANGE.text });
    return STRANGE;
  }
  log.error("delivery not taken", { error });
  return { status: 500, text: "not taken; redeliver this one" };
}

/** Probot gathers what its handlers throw. */
function isStrange(error: unknown): boolean {
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(isStrange);
  return error instanceof AppError && error.code === "DELIVERY_STRANGE";
}

function answerWith({ status, text }: Answer, response: ServerResponse): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    connection: "close",
  });
  response.end(`${text}\n`);
}
