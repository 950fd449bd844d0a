import { expect, test } from "vitest";
import type { Config } from "../../app/config.ts";
import { AppError } from "../../app/errors.ts";
import { createEvaluation } from "../../app/evaluate.ts";
import { createLog } from "../../app/log.ts";
import { fakeClient, httpError } from "../github/fake-client.ts";

type Answers = Parameters<typeof fakeClient>[0];

const PULL = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

const key = {
  installation: 7,
  repository: { id: "99", owner: "acme", name: "shop" },
  pull: 42,
  reason: "pull_request.opened",
  delivery: "a",
};

const pullOf = (repository: { id: number; name: string }) => ({
  ...{ number: 42, state: "open", title: "A change", body: null, labels: [], user: null },
  base: {
    ...{ ref: "main", sha: "b".repeat(40) },
    repo: { ...repository, owner: { login: "acme" }, default_branch: "main", full_name: "" },
  },
  head: { ref: "topic", sha: "a".repeat(40), repo: null },
});

/** Evaluates the key where its name is answered with `repository`; it has no token for git. */
async function evaluated(repository: { id: number; name: string }, answers: Answers = {}) {
  const { client, requests } = fakeClient({ [PULL]: () => pullOf(repository), ...answers });
  const evaluate = createEvaluation({
    config: { serverUrl: "https://github.com", appId: 1 } as Config,
    log: createLog({
      level: "error",
      write: () => undefined,
      now: () => new Date(0),
      secrets: [],
    }),
    now: () => new Date(0),
    connect: () => Promise.resolve(client),
    connectWith: () => Promise.resolve(null),
    holds: { take: () => Promise.resolve([]), putBack: () => undefined },
    follow: () => Promise.resolve(),
    tokens: {
      get: () => Promise.reject(new AppError("LEDGER_GONE", "no token here", "none")),
      renew: () => Promise.reject(new Error("no token here")),
      forget: () => undefined,
    },
  });
  const ended = await evaluate(key).then(
    () => "let go",
    () => "to be tried again",
  );
  return { ended, created: requests.filter(({ route }) => route === CREATE) };
}

test("a name that another repository has now gets no check run, and is not asked for again", async () => {
  expect(await evaluated({ id: 100, name: "shop" })).toEqual({ ended: "let go", created: [] });
});

test("a repository that was renamed is reached by its new name", async () => {
  const { ended, created } = await evaluated({ id: 99, name: "store" });
  expect(ended).toBe("to be tried again");
  expect(created).toMatchObject([{ params: { owner: "acme", repo: "store" } }]);
});

const refuse = (): never => {
  throw httpError(502);
};

test.each([
  { when: "GitHub took it", update: () => ({}), ends: "let go" },
  { when: "GitHub did not take it", update: refuse, ends: "to be tried again" },
])("a refusal that does not pass by itself is $ends where $when", async ({ update, ends }) => {
  const answers = { [CREATE]: () => ({ id: 1, app: { id: 1 } }), [UPDATE]: update };
  expect((await evaluated({ id: 99, name: "shop" }, answers)).ended).toBe(ends);
});
