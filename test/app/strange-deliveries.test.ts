import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openScene, type Scene } from "./scene.ts";
import { deliverSigned } from "./signed-delivery.ts";

const MARKER = "payload-marker";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

const origin = {
  action: "opened",
  installation: { id: 7 },
  repository: { id: 99, name: "shop", owner: { login: "acme" } },
};
const pullEvent = { ...origin, pull_request: { number: 42, title: MARKER } };
const checkRun = { name: "bailiff", external_id: null, app: { id: 1 }, pull_requests: [] };
const unsafe = (text: string) => text.replace("42", "9007199254740993");

describe("a signed event that an App of GitHub's would not get is refused with 400", () => {
  test.each([
    { when: "a pull request without an installation", payload: { ...pullEvent, installation: 1 } },
    { when: "a pull request without a repository", payload: { ...pullEvent, repository: null } },
    { when: "a pull request without its number", payload: { ...pullEvent, pull_request: {} } },
    { when: "a pull request that is a list", payload: { ...pullEvent, pull_request: [42] } },
    {
      when: "a number that no number holds",
      payload: unsafe(JSON.stringify(pullEvent)),
    },
    {
      when: "an installation that only a prototype has",
      payload: `{"__proto__":{"installation":{"id":7}},${JSON.stringify({ ...pullEvent, installation: undefined }).slice(1)}`,
    },
    {
      when: "a review without a pull request",
      event: "pull_request_review",
      payload: { ...origin, action: "submitted", review: { body: MARKER } },
    },
    {
      when: "a push without its ref",
      event: "push",
      payload: { ...origin, created: false, deleted: false, ref: null },
    },
    {
      when: "a check run without its App",
      event: "check_run",
      payload: { ...origin, action: "rerequested", check_run: { ...checkRun, app: MARKER } },
    },
  ])("$when", async ({ event = "pull_request", payload }) => {
    expect(await deliverSigned(scene, { event, payload })).toBe(400);
  });
});

test.each([
  { when: "of an action that concerns nobody", payload: { ...pullEvent, action: "locked" } },
  { when: "without an action", payload: { x: MARKER } },
  { when: "of a kind that concerns nobody", event: "star", payload: pullEvent },
  { when: "named as something that every object has", event: "constructor", payload: pullEvent },
])(
  "a signed event $when is answered with 202, and asks for nothing",
  async ({ event, payload }) => {
    expect(await deliverSigned(scene, { ...(event && { event }), payload })).toBe(202);
  },
);

test("nothing was asked of GitHub for any of them, and no payload is in the log", async () => {
  await scene.settled();
  expect(scene.github.requests).toEqual([]);
  expect(scene.log.join("\n")).toContain('"status":400');
  expect(scene.log.join("\n")).not.toContain(MARKER);
});
