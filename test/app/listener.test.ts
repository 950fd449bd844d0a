import { createHmac } from "node:crypto";
import { request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createListener, type Delivery } from "../../app/listener.ts";
import { createLog } from "../../app/log.ts";

const SECRET = "a secret of the test's own";
const PATH = "/api/github/webhooks";
const MIB = 1024 * 1024;

let server: Server;
let port: number;
let delivered: Delivery[];
let lines: string[];
let deliver: (delivery: Delivery) => Promise<void>;

beforeEach(async () => {
  delivered = [];
  lines = [];
  deliver = (delivery) => {
    delivered.push(delivery);
    return Promise.resolve();
  };
  const log = createLog({
    level: "debug",
    write: (line) => lines.push(line),
    now: () => new Date(0),
    secrets: [],
  });
  server = createListener({
    path: PATH,
    secret: SECRET,
    deliver: (delivery) => deliver(delivery),
    log,
    requestTimeoutMs: 400,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const signatureOf = (body: string | Buffer, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const headersFor = (body: string | Buffer): Record<string, string> => ({
  "content-type": "application/json",
  "x-github-event": "pull_request",
  "x-github-delivery": "7a0b4f3e-0000-11f1-8000-000000000001",
  "x-hub-signature-256": signatureOf(body),
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers: Record<string, string>;
  readonly chunks: readonly (string | Buffer)[];
  readonly unfinished?: boolean;
}

/** Sends as a hostile client would: no check of its own, and it keeps writing whatever comes back. */
function send({
  method = "POST",
  path = PATH,
  headers,
  chunks,
  unfinished,
}: Sent): Promise<number> {
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

const post = (body: string, headers: Record<string, string> = headersFor(body)) =>
  send({ headers, chunks: [body] });

test("a signed delivery is handed over as it was signed", async () => {
  const body = '{"action":"opened","title":"Ä"}';
  expect(await post(body)).toBe(202);
  expect(delivered).toEqual([
    {
      id: "7a0b4f3e-0000-11f1-8000-000000000001",
      name: "pull_request",
      signature: signatureOf(body),
      body,
    },
  ]);
});

describe("what is refused", () => {
  const body = '{"marker":"payload-marker"}';
  const without = (name: string) =>
    Object.fromEntries(Object.entries(headersFor(body)).filter(([key]) => key !== name));

  test.each([
    { when: "no signature", headers: without("x-hub-signature-256"), status: 401 },
    {
      when: "a signature by another secret",
      headers: { ...headersFor(body), "x-hub-signature-256": signatureOf(body, "development") },
      status: 401,
    },
    {
      when: "a signature of another body",
      headers: { ...headersFor(body), "x-hub-signature-256": signatureOf("{}") },
      status: 401,
    },
    {
      when: "the old SHA-1 signature alone",
      headers: { ...without("x-hub-signature-256"), "x-hub-signature": "sha1=00" },
      status: 401,
    },
    {
      when: "a signature of odd length",
      headers: { ...headersFor(body), "x-hub-signature-256": "sha256=00" },
      status: 401,
    },
    { when: "no delivery id", headers: without("x-github-delivery"), status: 400 },
    {
      when: "a delivery id that is more than an id",
      headers: { ...headersFor(body), "x-github-delivery": "a".repeat(65) },
      status: 400,
    },
    { when: "no event", headers: without("x-github-event"), status: 400 },
    {
      when: "an event that is no word",
      headers: { ...headersFor(body), "x-github-event": "../etc" },
      status: 400,
    },
    {
      when: "a form in the place of JSON",
      headers: { ...headersFor(body), "content-type": "application/x-www-form-urlencoded" },
      status: 415,
    },
    {
      when: "a compressed body",
      headers: { ...headersFor(body), "content-encoding": "gzip" },
      status: 415,
    },
  ])("$when: $status", async ({ headers, status }) => {
    expect(await post(body, headers)).toBe(status);
    expect(delivered).toEqual([]);
    expect(lines.join("\n")).not.toContain("payload-marker");
  });

  test.each([
    { when: "another path", path: "/probot", method: "POST", status: 404 },
    { when: "the path with more behind it", path: `${PATH}/x`, method: "POST", status: 404 },
    { when: "another method", path: PATH, method: "GET", status: 405 },
    { when: "POST to /health", path: "/health", method: "POST", status: 404 },
  ])("$when: $status", async ({ path, method, status }) => {
    expect(await send({ method, path, headers: headersFor(""), chunks: [] })).toBe(status);
  });

  test("a body announced above 25 MB, before any of it is read", async () => {
    const headers = { ...headersFor(""), "content-length": String(25 * MIB + 1) };
    expect(await send({ headers, chunks: ["{"], unfinished: true })).toBe(413);
  });

  test("a body of 30 MB that announced nothing", async () => {
    const chunks = Array.from({ length: 30 }, () => Buffer.alloc(MIB, "x"));
    const status = await send({ headers: headersFor(""), chunks }).catch(() => "reset");
    expect([413, "reset"]).toContain(status);
    expect(delivered).toEqual([]);
    expect(lines.join("\n")).toContain("413");
  });

  test("more bodies at once than memory is set aside for", async () => {
    const body = Buffer.alloc(24 * MIB, "x");
    const statuses = await Promise.all(
      Array.from({ length: 6 }, () =>
        send({ headers: headersFor(""), chunks: [body], unfinished: true }).catch(() => "reset"),
      ),
    );
    expect(statuses).not.toContain(202);
    expect(lines.join("\n")).toContain("503");
    expect(await post("{}")).toBe(202);
  });

  test("a body that does not come to its end in time", async () => {
    expect(await send({ headers: headersFor(""), chunks: ["{"], unfinished: true })).toBe(408);
  });
});

test("a delivery that could not be taken is answered with 500, without a word of it", async () => {
  deliver = () =>
    Promise.reject(Object.assign(new Error("disk full"), { event: "payload-marker" }));
  expect(await post("{}")).toBe(500);
  expect(lines.join("\n")).not.toContain("payload-marker");
});

test("/health answers 200", async () => {
  expect(await send({ method: "GET", path: "/health", headers: {}, chunks: [] })).toBe(200);
});
