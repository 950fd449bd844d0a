import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fixture } from "../embedded-github/fixture.ts";
import {
  checkout,
  emptyWorkspace,
  jobToken,
  openChange,
  pullStep,
  startShop,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type Step } from "./runner/run-step.ts";

const NOTHING = "0".repeat(40);

let fixture: Fixture;
let base: string;
let denied: { readonly number: number; readonly sha: string };

beforeAll(async () => {
  fixture = await startShop({ private: true });
  fixture.repository.grant("ann", "write");
  base = (await fixture.repository.head("main")) ?? "";
  denied = await openChange(fixture, { [WORKFLOW]: workflow("write") });
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

const queue = () => ({
  ...{ base_ref: "refs/heads/main", base_sha: base },
  ...{ head_ref: "refs/heads/topic", head_sha: denied.sha },
});

const EVENTS: Readonly<Record<string, { event: string; payload: () => object }>> = {
  "a pull request": { event: "pull_request", payload: () => ({}) },
  "its privileged twin": { event: "pull_request_target", payload: () => ({}) },
  "a review": { event: "pull_request_review", payload: () => ({}) },
  "a merge group": { event: "merge_group", payload: () => ({ merge_group: queue() }) },
  "a push": {
    event: "push",
    payload: () => ({ ref: "refs/heads/topic", before: base, after: denied.sha }),
  },
  "a push to the default branch": {
    event: "push",
    payload: () => ({ ref: "refs/heads/main", before: base, after: denied.sha }),
  },
  "a new branch": {
    event: "push",
    payload: () => ({ ref: "refs/heads/topic", before: NOTHING, after: denied.sha }),
  },
  "a run behind another one": {
    event: "workflow_run",
    payload: () => ({ workflow_run: { event: "pull_request", head_sha: denied.sha } }),
  },
  "a deployment": {
    event: "deployment",
    payload: () => ({ deployment: { sha: denied.sha, ref: "topic", environment: "production" } }),
  },
  "a dispatched run": { event: "workflow_dispatch", payload: () => ({}) },
};

const CIRCUMSTANCES: Readonly<
  Record<string, { depth: "deep" | "shallow" | null; rest: () => Partial<Step> }>
> = {
  "the whole history, and no API": {
    depth: "deep",
    rest: () => ({ apiUrl: "http://127.0.0.1:9" }),
  },
  "one commit, and a token that may only read": {
    depth: "shallow",
    rest: () => ({ token: jobToken(fixture, { contents: "read" }) }),
  },
  "nothing, and all permissions": {
    depth: null,
    rest: () => ({
      token: jobToken(fixture, { checks: "write", contents: "write", "pull-requests": "write" }),
    }),
  },
  "nothing, and no token": { depth: null, rest: () => ({ token: "" }) },
};

const cases = Object.keys(EVENTS).flatMap((event) =>
  Object.keys(CIRCUMSTANCES).map((circumstance) => ({ event, circumstance })),
);

test.each(cases)(
  "what is denied is not green on $event, with $circumstance",
  async ({ event: eventName, circumstance }) => {
    const { event = "", payload = () => ({}) } = EVENTS[eventName] ?? {};
    const { depth = null, rest = () => ({}) } = CIRCUMSTANCES[circumstance] ?? {};
    const ref = `refs/pull/${denied.number}/head`;
    await using workspace =
      depth === null ? await emptyWorkspace() : await checkout(fixture, ref, depth);
    const step = await pullStep(fixture, denied.number, workspace.folder);
    const whole = { ...step.payload, ...payload() };
    const place = { event, payload: whole, sha: denied.sha, ref: "refs/heads/topic" };
    const result = await runStep({ ...step, ...place, ...rest() });
    expect(result.succeeded).toBe(false);
    expect(result.outputs["decision"] ?? "none").toMatch(/^(?:DENY|none)$/);
    expect(result.log).not.toMatch(/^\s+at /m);
    const passed = fixture.repository.checkRuns(denied.sha);
    expect(passed.filter(({ conclusion }) => conclusion === "success")).toEqual([]);
  },
);
