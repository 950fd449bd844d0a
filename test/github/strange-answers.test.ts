import nock from "nock";
import { Octokit } from "octokit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPullRequest } from "../../github/pull-request.ts";
import { readReviews } from "../../github/reviews.ts";
import { action } from "../maestro/fake-ports.ts";

const API = "https://api.github.com";
const repository = { id: "7", owner: "acme", name: "shop" };
const standing = () => Promise.resolve([]);
const saw = () => Promise.resolve({ sameChange: false, sameFor: null });

const approval = {
  id: 1,
  user: { id: 6, login: "bo", type: "User" },
  state: "APPROVED",
  commit_id: action.range.head,
  submitted_at: "2026-11-22T09:00:00Z",
};

/** Answers that GitHub does not give, and that a proxy or a broken server in between can. */
const STRANGE = [
  { what: "a page in HTML", body: "<html>busy</html>", type: "text/html" },
  { what: "JSON that is cut short", body: '[{"id": 1, "us', type: "application/json" },
  { what: "nothing at all", body: "", type: "application/json" },
  { what: "a value of another kind", body: "true", type: "application/json" },
  { what: "null", body: "null", type: "application/json" },
];

beforeEach(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

function client(): Octokit {
  return new Octokit({ auth: "token", retry: { enabled: false }, throttle: { enabled: false } });
}

describe.each(STRANGE)("$what in the place of an answer", ({ body, type }) => {
  test("gives no reviews, so it settles nothing: it is refused", async () => {
    nock(API)
      .get(/\/pulls\/42\/reviews/)
      .reply(200, body, { "content-type": type });
    await expect(readReviews(client(), repository, { action, standing, saw })).rejects.toThrow();
  });

  test("says nothing of the base branch, so an approval does not settle: it is refused", async () => {
    nock(API)
      .get(/\/pulls\/42\/reviews/)
      .reply(200, [approval]);
    nock(API)
      .get(/\/issues\/42\/events/)
      .reply(200, body, { "content-type": type });
    await expect(readReviews(client(), repository, { action, standing, saw })).rejects.toThrow();
  });

  test("is no pull request: it is refused", async () => {
    nock(API)
      .get(/\/pulls\/42$/)
      .reply(200, body, { "content-type": type });
    await expect(readPullRequest(client(), repository, 42)).rejects.toThrow();
  });
});
