import { access } from "node:fs/promises";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedGitHub } from "./embedded-github.ts";
import { openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";
import type { Fault } from "./http/faults.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const route = "/repos/{owner}/{repo}";

test.each<{ fault: Fault; status: number; says: string }>([
  { fault: { kind: "status", status: 502 }, status: 502, says: "Ordered by a test" },
  { fault: { kind: "secondary-rate-limit" }, status: 403, says: "secondary rate limit" },
  {
    fault: { kind: "secondary-rate-limit", status: 429, retryAfterSeconds: 3 },
    status: 429,
    says: "secondary rate limit",
  },
  {
    fault: { kind: "status", status: 500, body: { message: "Server Error" } },
    status: 500,
    says: "Server Error",
  },
])("$fault is answered once and then is over", async ({ fault, status, says }) => {
  fixture.github.fail({ route, fault });
  const get = fixture.asInstallation.rest.repos.get;
  expect(await refusal(get(shop))).toEqual([status, expect.stringContaining(says)]);
  expect((await get(shop)).status).toBe(200);
});

test("a rate limit says when to come back", async () => {
  const fault = { kind: "secondary-rate-limit", retryAfterSeconds: 3 } as const;
  fixture.github.fail({ route, fault });
  const response = await fetch(`${fixture.github.apiUrl}/repos/acme/shop`);
  expect(response.headers.get("retry-after")).toBe("3");
});

test("a fault meets only the method and route it was ordered for, as often as it was", async () => {
  const { github, asInstallation } = fixture;
  github.fail({ method: "post", route, times: 2, fault: { kind: "status", status: 500 } });
  expect((await asInstallation.rest.repos.get(shop)).status).toBe(200);
  github.fail({ times: 2, fault: { kind: "status", status: 503 } });
  const statuses = [];
  for (let count = 0; count < 3; count += 1) {
    statuses.push((await fetch(`${github.apiUrl}/repos/acme/shop`)).status);
  }
  expect(statuses).toEqual([503, 503, 200]);
});

test("a reset does nothing, and a lost answer does all but answer", async () => {
  const { github, asInstallation, repository } = fixture;
  const { sha } = await openPull(fixture);
  const create = (): Promise<unknown> =>
    asInstallation.rest.checks.create({ ...shop, name: "bailiff", head_sha: sha });
  const checks = "/repos/{owner}/{repo}/check-runs";
  github.fail({ route: checks, fault: { kind: "reset" } });
  await expect(create()).rejects.toThrow();
  expect(repository.checkRuns(sha)).toHaveLength(0);
  github.fail({ route: checks, fault: { kind: "lost-answer" } });
  await expect(create()).rejects.toThrow();
  expect(repository.checkRuns(sha)).toHaveLength(1);
});

test("a delay holds one answer back, and no other", async () => {
  const { github, asInstallation } = fixture;
  github.forgetRequests();
  github.fail({ route, fault: { kind: "delay", delayMs: 300 } });
  let isLateHere = false;
  const late = asInstallation.rest.repos.get(shop).then(() => (isLateHere = true));
  await expect.poll(() => github.requests.length).toBe(1);
  await asInstallation.rest.repos.get(shop);
  expect(isLateHere).toBe(false);
  await late;
});

test("an answer of our own that is not GitHub's is a failure, and is noted", async () => {
  await using own = await startFixture();
  const { number } = await openPull(own);
  own.repository.pull(number).title = 7 as unknown as string;
  const get = own.asInstallation.rest.pulls.get({ ...shop, pull_number: number });
  expect(await refusal(get)).toEqual([500, expect.stringContaining("/title must be string")]);
  expect(own.github.violations).toEqual([
    {
      method: "GET",
      route: "/repos/{owner}/{repo}/pulls/{pull_number}",
      problem: "the embedded GitHub's answer: /title must be string",
    },
  ]);
});

test.each([
  { what: "a query parameter that is unknown", path: "/repos/acme/shop/pulls?per_pages=3" },
  { what: "a query parameter of another type", path: "/repos/acme/shop/pulls?per_page=all" },
  { what: "a path parameter of another type", path: "/repos/acme/shop/pulls/first" },
])("$what is refused, and noted", async ({ path }) => {
  const before = fixture.github.violations.length;
  expect((await fetch(`${fixture.github.apiUrl}${path}`)).status).toBe(422);
  expect(fixture.github.violations).toHaveLength(before + 1);
});

test("people see repositories, pull requests and check runs, and no text of theirs becomes HTML", async () => {
  const { github, repository, asInstallation } = fixture;
  const attack = `</pre><script>alert("x" + 'y')</script>`;
  const sha = await repository.commit({ branch: "shown", files: { shown: "1" }, by: "ann" });
  const { number } = await repository.openPull({
    by: "ann",
    title: attack,
    body: attack,
    head: "shown",
  });
  repository.review(number, { by: "bo", event: "COMMENT", body: attack });
  const annotation = { path: attack, start_line: 3, end_line: 4, title: attack, message: attack };
  await asInstallation.rest.checks.create({
    ...shop,
    name: attack,
    head_sha: sha,
    conclusion: "failure",
    output: {
      title: attack,
      summary: attack,
      text: attack,
      annotations: [{ ...annotation, annotation_level: "failure" }],
    },
  });
  const pages = ["/", "/acme/shop", `/acme/shop/pull/${number}`];
  const texts = await Promise.all(
    pages.map(async (page) => (await fetch(`${github.url}${page}`)).text()),
  );
  expect(texts[0]).toContain('href="/acme/shop"');
  expect(texts[1]).toContain(`#${number}`);
  expect(texts[2]?.match(/&lt;script&gt;alert\(&quot;x&quot; \+ &#39;y&#39;\)/g)).toHaveLength(11);
  for (const text of texts) expect(text).not.toContain("<script>");
});

test.each(["/absent", "/acme/absent", "/acme/shop/pull/999", "/acme/shop/issues"])(
  "there is no page at %s",
  async (path) => {
    expect((await fetch(`${fixture.github.url}${path}`)).status).toBe(404);
  },
);

test("a private repository is on no page", async () => {
  await fixture.github.createRepository({ owner: "acme", name: "hidden", private: true });
  const home = await (await fetch(`${fixture.github.url}/`)).text();
  expect(home).toContain("acme/shop");
  expect(home).not.toContain("acme/hidden");
  expect((await fetch(`${fixture.github.url}/acme/hidden`)).status).toBe(404);
});

test("a request without a User-Agent is turned away", async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${fixture.github.apiUrl}/repos/acme/shop`, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
  expect(status).toBe(403);
});

test("stopping frees the port and leaves nothing behind", async () => {
  const github = await startEmbeddedGitHub();
  const { gitFolder } = await github.createRepository({ owner: "acme", name: "gone" });
  await github.stop();
  await expect(fetch(github.url)).rejects.toThrow();
  await expect(access(gitFolder)).rejects.toThrow();
});
