import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPull, startFixture, webhookSecret, type Fixture } from "./fixture.ts";
import { receiveHooks, type HookReceiver } from "./hook-receiver.ts";
import { signatureOf } from "./webhooks/signature.ts";

let hooks: HookReceiver;
let fixture: Fixture;
beforeEach(async () => {
  hooks = await receiveHooks();
  fixture = await startFixture({ webhookUrl: hooks.url });
  await fixture.github.deliveries.settled();
});
afterEach(async () => {
  await fixture[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
});

const names = (): string[] => hooks.received.map(({ name }) => name);

test("an App is pinged when it gets its URL, and told of its installation", () => {
  expect(names()).toEqual(["ping", "installation.created"]);
  expect(hooks.received[1]?.payload).toMatchObject({
    installation: { id: fixture.installation.id, account: { login: "acme" } },
    repositories: [{ full_name: "acme/shop" }],
  });
});

test("a delivery is signed with the App's secret, and says what it is", async () => {
  const { number } = await openPull(fixture);
  fixture.repository.review(number, { by: "bo", event: "APPROVE" });
  await fixture.github.deliveries.settled();
  const last = hooks.received.at(-1);
  const expected = createHmac("sha256", webhookSecret)
    .update(last?.body ?? "")
    .digest("hex");
  expect(last?.headers).toMatchObject({
    "x-github-event": "pull_request_review",
    "x-github-delivery": fixture.github.deliveries.log.at(-1)?.guid,
    "x-github-hook-installation-target-id": String(fixture.app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature-256": `sha256=${expected}`,
    "content-type": "application/json",
  });
  expect(last?.payload).toMatchObject({
    action: "submitted",
    review: { state: "approved", user: { login: "bo" } },
    pull_request: { number },
  });
});

test("a push is told by the ref that it moved, before what it did to pull requests", async () => {
  await using told = await startFixture({
    webhookUrl: hooks.url,
    manifest: { default_events: ["push", "pull_request"] },
  });
  const { number, sha } = await openPull(told, "pushed");
  const files = { "next.md": "next\n" };
  const next = await told.repository.commit({ branch: "pushed", files, by: "bo" });
  await told.repository.deleteBranch("pushed", { by: "bo" });
  await told.github.deliveries.settled();
  const [made, , moved, synchronized, gone] = hooks.received.slice(-6);
  const ref = "refs/heads/pushed";
  expect(made?.payload).toMatchObject({ ref, after: sha, created: true, deleted: false });
  expect(moved?.payload).toMatchObject({ ref, before: sha, after: next, created: false });
  expect(synchronized?.payload).toMatchObject({ action: "synchronize", number });
  expect(gone?.payload).toMatchObject({ ref, before: next, created: false, deleted: true });
  expect(moved?.payload).toMatchObject({ sender: { login: "bo" }, pusher: { name: "bo" } });
});

test("reviews are told when they come, change and go", async () => {
  const { repository, github } = fixture;
  const { number } = await openPull(fixture);
  const { id } = repository.review(number, { by: "bo", event: "APPROVE", body: "fine" });
  repository.editReview(id, { by: "bo", body: "not quite" });
  repository.dismissReview(id, { by: "cy" });
  await github.deliveries.settled();
  expect(names().slice(-3)).toEqual([
    "pull_request_review.submitted",
    "pull_request_review.edited",
    "pull_request_review.dismissed",
  ]);
});

test("a check run's re-run is told to the App that made it, and to no other", async () => {
  await using otherHooks = await receiveHooks();
  const other = fixture.github.registerApp({
    slug: "other",
    manifest: { default_permissions: { checks: "write" }, default_events: ["check_run"] },
    webhookSecret: "another secret",
    webhookUrl: otherHooks.url,
  });
  fixture.github.install(other, { owner: "acme" });
  const { sha } = await openPull(fixture);
  const check = { owner: "acme", repo: "shop", name: "bailiff", head_sha: sha } as const;
  const { data } = await fixture.asInstallation.rest.checks.create({
    ...check,
    conclusion: "failure",
  });
  fixture.repository.rerequest(data.id, { by: "ann" });
  await fixture.github.deliveries.settled();
  const told = ["check_run.created", "check_run.completed"];
  expect(names().slice(-3)).toEqual([...told, "check_run.rerequested"]);
  expect(otherHooks.received.map(({ name }) => name).slice(-2)).toEqual(told);
  expect(hooks.received.at(-1)?.payload).toMatchObject({
    check_run: { id: data.id, conclusion: "failure", app: { id: fixture.app.id } },
    sender: { login: "ann" },
  });
});

test("an App hears only of what it subscribed to, may read and is installed on", async () => {
  await using deaf = await receiveHooks();
  const register = (slug: string, permission: "checks" | "pull_requests", event: string): void => {
    const app = fixture.github.registerApp({
      slug,
      manifest: { default_permissions: { [permission]: "read" }, default_events: [event] },
      webhookSecret: "another secret",
      webhookUrl: deaf.url,
    });
    fixture.github.install(app, { owner: slug === "elsewhere" ? "elsewhere" : "acme" });
  };
  register("not-subscribed", "pull_requests", "check_run");
  register("not-allowed", "checks", "pull_request");
  register("elsewhere", "pull_requests", "pull_request");
  await openPull(fixture);
  await fixture.github.deliveries.settled();
  expect(new Set(deaf.received.map(({ name }) => name))).toEqual(
    new Set(["ping", "installation.created"]),
  );
});

test("what is held goes out when and in the order it is told to, or never", async () => {
  const { deliveries } = fixture.github;
  deliveries.hold();
  for (const branch of ["one", "two", "three"]) await openPull(fixture, branch);
  await deliveries.settled();
  expect(names()).toHaveLength(2);
  const [one, two, three] = deliveries.log.slice(-3).map(({ id }) => id);
  deliveries.release([three ?? 0, one ?? 0]);
  await deliveries.settled();
  expect(hooks.received.slice(2).map(({ payload }) => payload["number"])).toEqual([3, 1]);
  expect(deliveries.log.find(({ id }) => id === two)?.state).toBe("failed");
});

test("a redelivery is the same delivery again", async () => {
  const { deliveries } = fixture.github;
  await openPull(fixture);
  deliveries.redeliver(deliveries.log.at(-1)?.id ?? 0);
  await deliveries.settled();
  const [first, again] = hooks.received.slice(-2);
  expect(again?.headers["x-github-delivery"]).toBe(first?.headers["x-github-delivery"]);
  expect(again?.body).toBe(first?.body);
  expect(deliveries.log.at(-1)).toMatchObject({
    redelivery: true,
    state: "delivered",
    status: 202,
  });
  expect(() => {
    deliveries.redeliver(999);
  }).toThrow("no delivery 999");
});

test("an answer outside 2xx and a server that is gone are failed deliveries", async () => {
  const { deliveries } = fixture.github;
  hooks.status = 500;
  await openPull(fixture, "refused");
  await deliveries.settled();
  expect(deliveries.log.at(-1)).toMatchObject({ state: "failed", status: 500 });
  await hooks[Symbol.asyncDispose]();
  await openPull(fixture, "unreachable");
  await deliveries.settled();
  expect(deliveries.log.at(-1)).toMatchObject({ state: "failed", status: null });
});

test("an App that does not answer in time has failed, and the next delivery is sent", async () => {
  await using slow = await startFixture({ webhookUrl: hooks.url, deliveryTimeoutMs: 200 });
  hooks.status = null;
  await openPull(slow, "slow");
  await slow.github.deliveries.settled();
  hooks.status = 202;
  await openPull(slow, "quick");
  await slow.github.deliveries.settled();
  const states = slow.github.deliveries.log.slice(-2).map(({ state }) => state);
  expect(states).toEqual(["failed", "delivered"]);
});

test("any bytes can be posted, signed or not", async () => {
  const body = '{"action":"forged"}';
  const headers = { "x-hub-signature-256": signatureOf(webhookSecret, body) };
  expect(await fixture.github.deliveries.deliverRaw(fixture.app.id, body, headers)).toBe(202);
  expect(hooks.received.at(-1)).toMatchObject({ body, headers });
  await expect(fixture.github.deliveries.deliverRaw(1, body, {})).rejects.toThrow("no webhook URL");
});

test("a payload that is not GitHub's is never sent", async () => {
  const { number } = await openPull(fixture);
  fixture.repository.pull(number).title = 7 as unknown as string;
  expect(() => fixture.repository.closePull(number, { by: "ann" })).toThrow("/pull_request/title");
  expect(fixture.github.violations).toHaveLength(1);
});

test("a GitHub that stops sends nothing more", async () => {
  const { github } = fixture;
  const before = hooks.received.length;
  github.deliveries.hold();
  await openPull(fixture);
  await github.stop();
  github.deliveries.release();
  await github.deliveries.settled();
  expect(hooks.received).toHaveLength(before);
});
