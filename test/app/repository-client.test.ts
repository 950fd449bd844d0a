import { generateKeyPairSync } from "node:crypto";
import { Probot } from "probot";
import { beforeAll, describe, expect, test } from "vitest";
import { createLog, probotLog } from "../../app/log.ts";
import { octokitFor } from "../../app/octokit.ts";
import { connectRepository } from "../../app/repository-client.ts";
import { createTokens } from "../../app/tokens.ts";

const ROUTE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const PARAMS = { owner: "acme", repo: "shop", check_run_id: 1 };

const key = {
  installation: 7,
  repository: { id: "99", owner: "acme", name: "shop" },
  pull: 42,
  reason: "pull_request.opened",
  delivery: "a",
};

let privateKey: string;

beforeAll(() => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
});

interface Answer {
  readonly status: number;
  readonly message?: string;
}

/** Sends one request as the App does. `answers` are GitHub's to it, `mints` to requests for a token; the last repeat. */
async function sendAgainst(
  answers: readonly Answer[],
  mints: readonly Answer[] = [{ status: 201 }],
) {
  const sent: string[] = [];
  const minted: unknown[] = [];
  const fetch = (
    url: string,
    { headers, body }: { headers: Record<string, string>; body: string },
  ) => {
    const isMint = url.endsWith("/access_tokens");
    if (isMint) minted.push(JSON.parse(body));
    else sent.push(new Headers(headers).get("authorization") ?? "");
    const [list, count] = isMint ? [mints, minted.length] : [answers, sent.length];
    const { status, message } = list[count - 1] ?? list.at(-1) ?? { status: 500 };
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return Promise.resolve(
      Response.json({ message, token: `ghs_${count}`, expires_at }, { status }),
    );
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
    Octokit: octokitFor({ log, writeSpacingMs: 0 }),
    request: { fetch },
  });
  const client = await connectRepository(
    probot,
    createTokens(probot, () => new Date()),
    key,
  );
  const outcome = await client.request(ROUTE, PARAMS).then(
    ({ status }) => status,
    (error: unknown) => {
      const { code, status } = error as { code?: string; status?: number };
      return code ?? status;
    },
  );
  return { outcome, sent, minted };
}

const tooNarrow = { status: 403, message: "Resource not accessible by integration" };

test("a request carries a token for its repository alone, and for no more than requests need", async () => {
  const { outcome, sent, minted } = await sendAgainst([{ status: 200 }]);
  expect({ outcome, sent }).toEqual({ outcome: 200, sent: ["token ghs_1"] });
  expect(minted).toEqual([
    {
      repository_ids: [99],
      permissions: { checks: "write", pull_requests: "read" },
    },
  ]);
});

describe("a token that GitHub refuses", () => {
  test.each([
    { when: "it expired before its time", refusal: { status: 401, message: "Bad credentials" } },
    { when: "it is older than a permission", refusal: tooNarrow },
  ])("is renewed once where $when, and the request sent again", async ({ refusal }) => {
    const { outcome, sent } = await sendAgainst([refusal, { status: 200 }]);
    expect({ outcome, sent }).toEqual({ outcome: 200, sent: ["token ghs_1", "token ghs_2"] });
  });

  test("is not renewed a second time", async () => {
    const { outcome, minted } = await sendAgainst([{ status: 401 }]);
    expect({ outcome, minted: minted.length }).toEqual({ outcome: 401, minted: 2 });
  });

  test("is told as it was refused where no other is to be had", async () => {
    const { outcome } = await sendAgainst([tooNarrow], [{ status: 201 }, { status: 422 }]);
    expect(outcome).toBe(403);
  });
});

test("a request that is refused for another reason is not sent again", async () => {
  const { outcome, sent } = await sendAgainst([{ status: 422 }]);
  expect({ outcome, sent: sent.length }).toEqual({ outcome: 422, sent: 1 });
});

test.each([
  { when: "the installation is suspended", status: 403, outcome: "ACCESS_REFUSED" },
  { when: "it lacks permission or repository", status: 422, outcome: "ACCESS_REFUSED" },
  { when: "the installation is gone", status: 404, outcome: 404 },
])("without a token nothing is sent: $when", async ({ status, outcome: expected }) => {
  const { outcome, sent } = await sendAgainst([{ status: 200 }], [{ status }]);
  expect({ outcome, sent }).toEqual({ outcome: expected, sent: [] });
});
