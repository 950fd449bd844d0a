import { expect, test } from "vitest";
import {
  headOfPull,
  workIdentity,
  workOfCheckRun,
  workOfCheckSuite,
  workOfPull,
  workOfPush,
} from "../../app/work-key.ts";

const APP_ID = 4242;

const origin = {
  action: "opened",
  installation: { id: 7 },
  repository: { id: 99, name: "shop", owner: { login: "acme" } },
};

const keyOf = (pull: number, reason: string) => ({
  installation: 7,
  repository: { id: "99", owner: "acme", name: "shop" },
  pull,
  reason,
  delivery: "guid",
});

const pullEvent = (payload: object) => ({
  id: "guid",
  name: "pull_request",
  payload: { ...origin, pull_request: { number: 42, title: "secret plan" }, ...payload },
});

const checkRunEvent = (checkRun: object) => ({
  id: "guid",
  name: "check_run",
  payload: {
    ...origin,
    action: "rerequested",
    check_run: {
      name: "bailiff",
      external_id: "pull/42/blocked",
      app: { id: APP_ID },
      pull_requests: [],
      ...checkRun,
    },
  },
});

test("a pull request's key holds ids and names, nothing else of the payload", () => {
  expect(workOfPull(pullEvent({}))).toEqual(keyOf(42, "pull_request.opened"));
});

test.each([
  { when: "the head that it names", head: { sha: "a".repeat(40) }, found: "a".repeat(40) },
  { when: "none where it names none", head: undefined, found: null },
  { when: "none where that is no commit's id", head: { sha: "main" }, found: null },
])("a pull request's event is about $when", ({ head, found }) => {
  expect(headOfPull(pullEvent({ pull_request: { number: 42, head } }))).toBe(found);
});

test.each([
  { when: "no installation", payload: { installation: undefined } },
  { when: "a number that is none", payload: { pull_request: { number: "42" } } },
  { when: "a number below one", payload: { pull_request: { number: 0 } } },
  {
    when: "a repository name that is a path",
    payload: { repository: { ...origin.repository, name: "../x" } },
  },
  {
    when: "an owner with a slash",
    payload: { repository: { ...origin.repository, owner: { login: "a/b" } } },
  },
])("a payload with $when gives no key", ({ payload }) => {
  expect(() => workOfPull(pullEvent(payload))).toThrow();
});

const pushEvent = (payload: object) => ({
  id: "guid",
  name: "push",
  payload: {
    ...{ installation: origin.installation, repository: origin.repository },
    ...{ ref: "refs/heads/release/1", created: false, deleted: false, ...payload },
  },
});

test("a pushed branch's key holds its name, and is no pull request's", () => {
  const [key] = workOfPush(pushEvent({}));
  const { pull, ...place } = keyOf(7, "push");
  expect(key).toEqual({ ...place, branch: "release/1" });
  const [seven] = workOfPush(pushEvent({ ref: `refs/heads/${pull}` }));
  expect(seven && workIdentity(seven)).not.toBe(workIdentity(keyOf(pull, "push")));
});

test.each([
  { when: "a tag", payload: { ref: "refs/tags/v1" } },
  { when: "a branch that is new", payload: { created: true } },
  { when: "a branch that is gone", payload: { deleted: true } },
  { when: "the ledger's branch", payload: { ref: "refs/heads/governance-ledger" } },
])("a push of $when asks for nothing", ({ payload }) => {
  expect(workOfPush(pushEvent(payload))).toEqual([]);
});

test.each([
  { when: "the pull request it names", checkRun: {}, pulls: [42] },
  {
    when: "those that GitHub lists, each once",
    checkRun: { pull_requests: [{ number: 42 }, { number: 43 }] },
    pulls: [42, 43],
  },
  {
    when: "those that GitHub lists where it names none",
    checkRun: { external_id: "", pull_requests: [{ number: 43 }] },
    pulls: [43],
  },
  { when: "nothing for another App's check", checkRun: { app: { id: 1 } }, pulls: [] },
  { when: "nothing for a check without an App", checkRun: { app: null }, pulls: [] },
  { when: "nothing for another check of ours", checkRun: { name: "bailiff-2" }, pulls: [] },
  { when: "nothing where no pull request is known", checkRun: { external_id: null }, pulls: [] },
  {
    when: "nothing for a name that only begins well",
    checkRun: { external_id: "pull/42x" },
    pulls: [],
  },
])("a check run pressed again asks for $when", ({ checkRun, pulls }) => {
  expect(workOfCheckRun(checkRunEvent(checkRun), APP_ID)).toEqual(
    pulls.map((pull) => keyOf(pull, "check_run.rerequested")),
  );
});

test.each([
  {
    when: "each pull request that it lists",
    suite: { pull_requests: [{ number: 42 }, { number: 43 }] },
    pulls: [42, 43],
  },
  { when: "nothing where it lists none", suite: { pull_requests: [] }, pulls: [] },
  { when: "nothing for another App's suite", suite: { app: { id: 1 } }, pulls: [] },
  { when: "nothing for a suite without an App", suite: { app: null }, pulls: [] },
])("a check suite pressed again asks for $when", ({ suite, pulls }) => {
  const check_suite = { app: { id: APP_ID }, pull_requests: [{ number: 42 }], ...suite };
  const event = {
    id: "guid",
    name: "check_suite",
    payload: { ...origin, action: "rerequested", check_suite },
  };
  expect(workOfCheckSuite(event, APP_ID)).toEqual(
    pulls.map((pull) => keyOf(pull, "check_suite.rerequested")),
  );
});
