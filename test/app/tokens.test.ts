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
