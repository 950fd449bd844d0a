import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../app/errors.ts";
import {
  headersFor,
  type Listening,
  openListening,
  PATH,
  requestHead,
  SECRET,
  signatureOf,
} from "./listening.ts";

const MIB = 1024 * 1024;

let listening: Listening;

beforeEach(async () => {
  listening = await openListening();
});

afterEach(() => listening[Symbol.asyncDispose]());

test("a signed delivery is handed over as it was signed", async () => {
  const body = '{"action":"opened","title":"Ä"}';
  expect(await listening.post(body)).toBe(202);
  expect(listening.delivered).toEqual([
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

  const signedAs = (signature: string | string[]) => ({
    ...headersFor(body),
    "x-hub-signature-256": signature,
  });
  const twice = (name: keyof ReturnType<typeof headersFor>, other: string) => ({
    ...headersFor(body),
    [name]: [headersFor(body)[name] ?? "", other],
  });
  const wrong = `sha256=${"0".repeat(64)}`;
  const sha1 = createHmac("sha1", SECRET).update(body).digest("hex");

  test.each([
    { when: "no signature", headers: without("x-hub-signature-256"), status: 401 },
    {
      when: "a signature by another secret",
      headers: signedAs(signatureOf(body, "development")),
      status: 401,
    },
    {
      when: "a signature by the empty secret",
      headers: signedAs(signatureOf(body, "")),
      status: 401,
    },
    { when: "a signature of another body", headers: signedAs(signatureOf("{}")), status: 401 },
    { when: "a signature of the empty body", headers: signedAs(signatureOf("")), status: 401 },
    {
      when: "the old SHA-1 signature alone",
      headers: { ...without("x-hub-signature-256"), "x-hub-signature": `sha1=${sha1}` },
      status: 401,
    },
    {
      when: "a SHA-1 signature in the place of the other",
      headers: signedAs(`sha1=${sha1}`),
      status: 401,
    },
    {
      when: "the right digest in capitals",
      headers: signedAs(signatureOf(body).toUpperCase()),
      status: 401,
    },
    {
      when: "the right digest without its last digit",
      headers: signedAs(signatureOf(body).slice(0, -1)),
      status: 401,
    },
    {
      when: "the right digest with more behind it",
      headers: signedAs(`${signatureOf(body)}0`),
      status: 401,
    },
    {
      when: "the right signature and then a wrong one",
      headers: twice("x-hub-signature-256", wrong),
      status: 401,
    },
    {
      when: "a wrong signature and then the right one",
      headers: signedAs([wrong, signatureOf(body)]),
      status: 401,
    },
    { when: "two delivery ids", headers: twice("x-github-delivery", "b"), status: 400 },
    { when: "two events", headers: twice("x-github-event", "check_run"), status: 400 },
    {
      when: "a delivery id that is a path",
      headers: { ...headersFor(body), "x-github-delivery": "../../etc/passwd" },
      status: 400,
    },
    {
      when: "an event that every object has",
      headers: { ...headersFor(body), "x-github-event": "__proto__" },
      status: 400,
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
    expect(await listening.post(body, headers)).toBe(status);
    expect(listening.delivered).toEqual([]);
    expect(listening.lines.join("\n")).not.toContain("payload-marker");
  });

  test.each([
    { when: "another path", path: "/probot", method: "POST", status: 404 },
    { when: "the path with more behind it", path: `${PATH}/x`, method: "POST", status: 404 },
    { when: "the path spelt in another way", path: `/${PATH}`, method: "POST", status: 404 },
    {
      when: "the path with a way around",
      path: `${PATH}/../webhooks`,
      method: "POST",
      status: 404,
    },
    { when: "a whole URL in its place", path: `http://x${PATH}`, method: "POST", status: 404 },
    { when: "another method", path: PATH, method: "GET", status: 405 },
    { when: "a method that replaces", path: PATH, method: "PUT", status: 405 },
    { when: "POST to /health", path: "/health", method: "POST", status: 404 },
  ])("$when: $status", async ({ path, method, status }) => {
    expect(await listening.send({ method, path, headers: headersFor(""), chunks: [] })).toBe(
      status,
    );
  });

  test("a body announced above 25 MB, before any of it is read", async () => {
    const headers = { ...headersFor(""), "content-length": String(25 * MIB + 1) };
    expect(await listening.send({ headers, chunks: ["{"], unfinished: true })).toBe(413);
  });

  test("a body of 30 MB that announced nothing", async () => {
    await using patient = await openListening({ requestTimeoutMs: 10_000 });
    const chunks = Array.from({ length: 30 }, () => Buffer.alloc(MIB, "x"));
    const status = await patient.send({ headers: headersFor(""), chunks }).catch(() => "reset");
    expect([413, "reset"]).toContain(status);
    expect(patient.delivered).toEqual([]);
    expect(patient.lines.join("\n")).toContain("413");
  });

  test("a body that does not come to its end in time", async () => {
    expect(await listening.send({ headers: headersFor(""), chunks: ["{"], unfinished: true })).toBe(
      408,
    );
  });
});

describe("a signed payload", () => {
  test.each([
    { when: "that is not UTF-8", body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
    { when: "with a byte order mark", body: "\uFEFF{}" },
    { when: "that is empty", body: "" },
    { when: "that ends early", body: '{"action":"opened"' },
    { when: "that is a list", body: '[{"action":"opened"}]' },
    { when: "that is null", body: "null" },
    { when: "that is a number", body: "9007199254740993" },
    { when: "that is a text", body: '"opened"' },
  ])("$when is refused with 400, and not handed over", async ({ body }) => {
    expect(await listening.post(body)).toBe(400);
    expect(listening.delivered).toEqual([]);
  });

  test.each([
    { when: "of 25 MB", body: `{"x":"${"x".repeat(25 * MIB - 8)}"}` },
    { when: "nested 100,000 deep", body: `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}` },
  ])("$when is taken", async ({ body }) => {
    await using patient = await openListening({ requestTimeoutMs: 10_000 });
    expect(await patient.post(body)).toBe(202);
    expect(patient.delivered.map((delivery) => delivery.body.length)).toEqual([body.length]);
  });
});

/** A signed request as text, whatever `more` lines say of its body. */
function signed(body: string, ...more: readonly string[]): string {
  return `${requestHead(...more).replace(/sha256=0+/, signatureOf(body))}${body}`;
}

test.each([
  { when: "of announced length", first: signed("{}", "content-length: 2") },
  {
    when: "in chunks",
    first: signed("{}", "transfer-encoding: chunked").replace(/{}$/, "2\r\n{}\r\n0\r\n\r\n"),
  },
  { when: "in pieces", first: signed(" ".repeat(200_000) + "{}", "content-length: 200002") },
])("a connection carries one delivery, $when, and ends after its answer", async ({ first }) => {
  await using patient = await openListening({ requestTimeoutMs: 10_000 });
  const connection = patient.write(first, signed("[]", "content-length: 2"));
  await connection.closed;
  expect(connection.statuses[0]).toBe(202);
  expect(patient.delivered.map(({ body }) => body.trim())).toEqual(["{}"]);
});

describe("a request that lies about its length", () => {
  test.each([
    { when: "longer than announced", text: signed("{}", "content-length: 1"), statuses: [400] },
    { when: "shorter than announced", text: signed("{}", "content-length: 3"), statuses: [408] },
    {
      when: "announced twice",
      text: signed("{}", "content-length: 2", "content-length: 3"),
      statuses: [400],
    },
    {
      when: "announced, and in chunks",
      text: signed("0\r\n\r\n", "content-length: 2", "transfer-encoding: chunked"),
      statuses: [400],
    },
  ])("$when is not taken, and its connection ends", async ({ text, statuses }) => {
    const { closed, ...connection } = listening.write(text);
    await closed;
    expect(connection.statuses.slice(0, 1)).toEqual(statuses);
    expect(connection.statuses).not.toContain(202);
    expect(listening.delivered).toEqual([]);
  });
});

test("a delivery that is not as GitHub sends it is answered with 400", async () => {
  const strange = new AppError("DELIVERY_STRANGE", "lacks an installation", "");
  await using listening = await openListening({
    deliver: () => Promise.reject(new AggregateError([strange], strange.message)),
  });
  expect(await listening.post("{}")).toBe(400);
});

test("a delivery that could not be taken is answered with 500, without a word of it", async () => {
  const error = Object.assign(new Error("disk full"), { event: "payload-marker" });
  await using full = await openListening({ deliver: () => Promise.reject(error) });
  expect(await full.post("{}")).toBe(500);
  expect(full.lines.join("\n")).not.toContain("payload-marker");
});

test("/health answers 200", async () => {
  expect(await listening.send({ method: "GET", path: "/health", headers: {}, chunks: [] })).toBe(
    200,
  );
});
