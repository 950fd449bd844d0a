import { generateKeyPairSync } from "node:crypto";
import { Probot } from "probot";
import { beforeAll, describe, expect, test } from "vitest";
import { createLog, probotLog } from "../../app/log.ts";
import { octokitFor } from "../../app/octokit.ts";

const ROUTE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const PARAMS = { owner: "acme", repo: "shop", check_run_id: 1 };

let privateKey: string;

beforeAll(() => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
});

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly message?: string;
}

const secondary = (seconds: number): Answer => ({
  status: 403,
  headers: { "retry-after": String(seconds) },
  message: "You have exceeded a secondary rate limit. Please wait a few minutes.",
});

const primary = (inSeconds: number): Answer => ({
  status: 403,
  headers: {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + inSeconds),
  },
  message: "API rate limit exceeded",
});

/** Sends one request through Probot, as the App does, against `answers`; the last one repeats. */
async function sendAgainst(answers: readonly Answer[], writeSpacingMs = 0) {
  const sent: Headers[] = [];
  const fetch = (url: string, { headers }: { headers: Record<string, string> }) => {
    if (url.endsWith("/access_tokens"))
      return Promise.resolve(jsonResponse(201, installationToken));
    const {
      status,
      headers: extra,
      message,
    } = answers[sent.length] ?? answers.at(-1) ?? { status: 200 };
    sent.push(new Headers(headers));
    return Promise.resolve(jsonResponse(status, { message, id: 1 }, extra));
  };
  const log = createLog({
    level: "error",
    write: () => undefined,
    now: () => new Date(),
    secrets: [],
  });
  const probot = new Probot({
    appId: 1,
    privateKey,
    secret: "0123456789abcdef",
    log: probotLog(log),
    Octokit: octokitFor({ log, writeSpacingMs }),
    request: { fetch },
  });
  const client = await probot.auth(7);
  return { sent, client, request: () => client.request(ROUTE, PARAMS) };
}

const installationToken = {
  token: "ghs_test",
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  permissions: { checks: "write" },
};

function jsonResponse(
  status: number,
  body: object,
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers });
}

test("a secondary rate limit is waited for, and the request sent again", async () => {
  const { sent, request } = await sendAgainst([secondary(1), { status: 200 }]);
  const start = performance.now();
  await expect(request()).resolves.toMatchObject({ status: 200 });
  expect(sent).toHaveLength(2);
  expect(performance.now() - start).toBeGreaterThan(900);
});

test("a primary rate limit is waited for, and the request sent again", async () => {
  const { sent, request } = await sendAgainst([primary(0), { status: 200 }]);
  await expect(request()).resolves.toMatchObject({ status: 200 });
  expect(sent).toHaveLength(2);
});

describe("what is left to the worker", () => {
  test("a wait that is long", async () => {
    const { sent, request } = await sendAgainst([secondary(3_600)]);
    await expect(request()).rejects.toMatchObject({ status: 403 });
    expect(sent).toHaveLength(1);
  });

  test("a limit that does not end", async () => {
    const { sent, request } = await sendAgainst([primary(-1)]);
    await expect(request()).rejects.toMatchObject({ status: 403 });
    expect(sent).toHaveLength(4);
  });
});

test("the API's version is pinned", async () => {
  const { sent, request } = await sendAgainst([{ status: 200 }]);
  await request();
  expect(sent[0]?.get("x-github-api-version")).toBe("2022-11-28");
});

test("writes of one installation keep the distance that is configured", async () => {
  const { request } = await sendAgainst([{ status: 200 }], 150);
  const start = performance.now();
  await Promise.all([request(), request(), request()]);
  expect(performance.now() - start).toBeGreaterThanOrEqual(290);
});
