import type { Probot } from "probot";
import { expect, test } from "vitest";
import { createTokens } from "../../app/tokens.ts";
import type { WorkKey } from "../../app/work-key.ts";
import { fakeClient } from "../github/fake-client.ts";

const ROUTE = "POST /app/installations/{installation_id}/access_tokens";
const HOUR = 3_600_000;

const keyOf = (repositoryId: string): WorkKey => ({
  installation: 7,
  repository: { id: repositoryId, owner: "acme", name: "shop" },
  pull: 42,
  reason: "pull_request.opened",
  delivery: "guid",
});

function world() {
  const clock = { ms: 0 };
  let made = 0;
  const fake = fakeClient({
    [ROUTE]: () => {
      made += 1;
      return { token: `token-${made}`, expires_at: new Date(clock.ms + HOUR).toISOString() };
    },
  });
  const probot = { auth: () => Promise.resolve(fake.client) } as unknown as Pick<Probot, "auth">;
  return { clock, fake, tokens: createTokens(probot, () => new Date(clock.ms)) };
}

test("a token is for one repository's contents, no wider than asked", async () => {
  const { fake, tokens } = world();
  await tokens.get(keyOf("99"), "read");
  expect(fake.requests).toEqual([
    {
      route: ROUTE,
      params: { installation_id: 7, repository_ids: [99], permissions: { contents: "read" } },
    },
  ]);
});

test.each([
  { when: "the installation is suspended", status: 403, refused: true },
  { when: "a permission is missing", status: 422, refused: true },
  {
    when: "something is left of an hour",
    headers: { "x-ratelimit-remaining": "9" },
    refused: true,
  },
  { when: "nothing is left of an hour", headers: { "x-ratelimit-remaining": "0" }, refused: false },
  { when: "GitHub says when to come back", headers: { "retry-after": "60" }, refused: false },
  { when: "GitHub speaks of a limit", message: "You exceeded a rate limit.", refused: false },
])("what GitHub answers where $when is called a refusal: $refused", async (answer) => {
  const { status = 403, headers = {}, message = "Forbidden", refused } = answer;
  const error = Object.assign(new Error(message), { status, response: { headers } });
  const request = () => Promise.reject(error);
  const probot = { auth: () => Promise.resolve({ request }) } as unknown as Pick<Probot, "auth">;
  const tokens = createTokens(probot, () => new Date(0));
  const code = refused ? "ACCESS_REFUSED" : undefined;
  const thrown: unknown = await tokens.get(keyOf("99"), "api").catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(Error);
  expect((thrown as { code?: string }).code).toBe(code);
});

test("a token is used again for the same repository and access only", async () => {
  const { tokens } = world();
  const made = [
    await tokens.get(keyOf("99"), "read"),
    await tokens.get(keyOf("99"), "read"),
    await tokens.get(keyOf("99"), "write"),
    await tokens.get(keyOf("98"), "read"),
  ];
  expect(made).toEqual(["token-1", "token-1", "token-2", "token-3"]);
});

test("a token that would end soon is not used again", async () => {
  const { clock, tokens } = world();
  await tokens.get(keyOf("99"), "read");
  clock.ms = HOUR - 10 * 60_000 - 1;
  expect(await tokens.get(keyOf("99"), "read")).toBe("token-1");
  clock.ms += 1;
  expect(await tokens.get(keyOf("99"), "read")).toBe("token-2");
});
