import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execFileSync } from "node:child_process";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  PERMISSION_LINE,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";

let scene: Scene;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

const enforced = () => newRepository({ [POLICIES]: ENFORCED });

function newRepository(files: Readonly<Record<string, string>> = {}): Promise<RepositoryHandle> {
  names += 1;
  return scene.repository(`shop-${names}`, files);
}

/** Puts a symbolic link in the place of the policy file, as git objects. */
function linkPolicies({ gitFolder, defaultBranch }: RepositoryHandle): void {
  const git = (args: readonly string[], input = "") =>
    execFileSync("git", ["-C", gitFolder, ...args], { input, encoding: "utf8" }).trim();
  const ref = `refs/heads/${defaultBranch}`;
  const link = git(["hash-object", "-w", "--stdin"], "../elsewhere.yml");
  const folder = git(["mktree"], `120000 blob ${link}\tbailiff.yml\n`);
  const tree = git(["mktree"], `040000 tree ${folder}\t.github\n`);
  const who = ["-c", "user.name=ann", "-c", "user.email=ann@example.com"];
  const commit = git([...who, "commit-tree", "-p", ref, "-m", "link", tree]);
  git(["update-ref", ref, commit]);
}

/** GitHub tells times in whole seconds: what came after in the same one counts as before. */
function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_001 - (Date.now() % 1_000)));
}

const raised = { [WORKFLOW]: workflow("write") };

describe("a pull request that raises a permission", () => {
  test("is denied at the line, turned by an approval, and back by its dismissal", async () => {
    const repository = await enforced();
    const { number, head } = await openPull(repository, raised);
    await scene.settled();
    const [denied, ...others] = repository.checkRuns(head);
    expect(others).toEqual([]);
    expect(denied).toMatchObject({ name: "bailiff", status: "completed", conclusion: "failure" });
    expect(denied?.annotations).toMatchObject([
      { path: WORKFLOW, startLine: PERMISSION_LINE, endLine: PERMISSION_LINE, level: "failure" },
    ]);

    const approval = repository.review(number, { by: "bo", event: "APPROVE" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "success" });

    repository.dismissReview(approval.id, { by: "bo" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });

  test("is in progress at once", async () => {
    const repository = await enforced();
    scene.github.fail({
      method: "PATCH",
      route: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
      fault: { kind: "delay", delayMs: 300 },
    });
    const { head } = await openPull(repository, raised);
    await expect.poll(() => repository.checkRuns(head)[0]?.status).toBe("in_progress");
    await scene.settled();
    expect(repository.checkRuns(head)[0]?.status).toBe("completed");
  });

  test("is not turned by a bystander, nor by an approval of an older head", async () => {
    const repository = await enforced();
    const { number, head } = await openPull(repository, raised);
    repository.review(number, { by: "stranger", event: "APPROVE" });
    repository.review(number, { by: "bo", event: "APPROVE" });
    const next = await repository.commit({
      branch: "topic",
      files: { [WORKFLOW]: workflow("write", "curl evil") },
      by: "ann",
    });
    await scene.settled();
    expect(next).not.toBe(head);
    expect(repository.checkRuns(next)[0]).toMatchObject({ conclusion: "failure" });
  });

  test("is judged the same from a fork", async () => {
    const repository = await enforced();
    const fork = await repository.fork("cy");
    const head = await fork.commit({ branch: "topic", files: raised, by: "cy" });
    await repository.openPull({ by: "cy", title: "From a fork", head: "topic", from: fork });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });
});

test("a pull request that needs a file which an earlier one left alone is judged too", async () => {
  const repository = await enforced();
  await openPull(repository, { "README.md": "hello\n" }, { head: "first" });
  await scene.settled();
  const { head } = await openPull(repository, raised, { head: "second" });
  await scene.settled();
  expect(repository.checkRuns(head)[0]?.title).toMatch(/denied/i);
});

test("a reformatted workflow is allowed, and a missing ledger told", async () => {
  const repository = await enforced();
  const files = { [WORKFLOW]: `# a comment\n${workflow("read")}` };
  const { head } = await openPull(repository, files);
  await scene.settled();
  const [run] = repository.checkRuns(head);
  expect(run).toMatchObject({ conclusion: "success", annotations: [] });
  expect(`${run?.summary}${run?.text}`).toContain("bailiff ledger init");
});

describe("policies", () => {
  test("are the default branch's, not the head's", async () => {
    const repository = await enforced();
    const files = {
      ...raised,
      [POLICIES]:
        "version: 1\npolicies: [{ id: lax, decision: WARN, match: { action.kind: push } }]\n",
    };
    const { head } = await openPull(repository, files);
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });

  test("are the default branch's, not those of a base that the author chose", async () => {
    const repository = await enforced();
    await repository.commit({
      branch: "lax",
      files: {
        [POLICIES]:
          "version: 1\npolicies: [{ id: lax, decision: WARN, match: { action.kind: push } }]\n",
      },
      by: "ann",
    });
    const { head } = await openPull(repository, raised, { base: "lax" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });

  test("that nobody set are the recommended ones, simulated", async () => {
    const repository = await newRepository();
    const { head } = await openPull(repository, raised);
    await scene.settled();
    const [run] = repository.checkRuns(head);
    expect(run).toMatchObject({ conclusion: "success" });
    expect(run?.title).toMatch(/simulat/i);
  });

  test("that are broken fail the check, with their line", async () => {
    const repository = await newRepository({ [POLICIES]: "version: 1\npolicis: []\n" });
    const { head } = await openPull(repository, { "README.md": "hello\n" });
    await scene.settled();
    const [run] = repository.checkRuns(head);
    expect(run).toMatchObject({ conclusion: "failure" });
    expect(`${run?.summary}${run?.text}`).toContain(POLICIES);
  });

  test("that are a symbolic link fail the check", async () => {
    const repository = await newRepository();
    linkPolicies(repository);
    const { head } = await openPull(repository, { "README.md": "hello\n" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });
});

describe("running a check again", () => {
  test("judges the pull request again, in a new check run", async () => {
    const repository = await enforced();
    const { head } = await openPull(repository, raised);
    await scene.settled();
    const [first] = repository.checkRuns(head);
    repository.rerequest(first?.id ?? 0, { by: "bo" });
    await scene.settled();
    const runs = repository.checkRuns(head);
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  test("works for a fork's, which lists no pull requests", async () => {
    const repository = await enforced();
    const fork = await repository.fork("dee");
    const head = await fork.commit({ branch: "topic", files: raised, by: "dee" });
    await repository.openPull({ by: "dee", title: "From a fork", head: "topic", from: fork });
    await scene.settled();
    repository.rerequest(repository.checkRuns(head)[0]?.id ?? 0, { by: "bo" });
    await scene.settled();
    expect(repository.checkRuns(head)).toHaveLength(2);
  });
});

test("the same commit against a lenient base does not turn the check green", async () => {
  const repository = await enforced();
  // On a branch that already holds the raising commit, the head on top of it changes nothing.
  await repository.commit({ branch: "raised", files: raised, by: "ann" });
  const { head } = await openPull(repository, { "README.md": "hello\n" }, { from: "raised" });
  await scene.settled();
  await repository.openPull({ by: "ann", title: "Same", head: "topic", base: "raised" });
  await scene.settled();
  const [newest] = repository.checkRuns(head);
  expect(newest).toMatchObject({ externalId: "pull/2/allowed", conclusion: "failure" });
  expect(newest?.summary).toContain("#1");
});

test("the same commit of a fork against a lenient base does not turn the check green", async () => {
  const repository = await enforced();
  await repository.commit({ branch: "raised", files: raised, by: "ann" });
  const fork = await repository.fork("eve");
  const files = { "README.md": "hello\n" };
  const head = await fork.commit({ branch: "topic", files, by: "eve", parent: "raised" });
  for (const base of ["main", "raised"]) {
    await repository.openPull({ by: "eve", title: "From a fork", head: "topic", from: fork, base });
    await scene.settled();
  }
  const [newest] = repository.checkRuns(head);
  expect(newest).toMatchObject({ externalId: "pull/2/allowed", conclusion: "failure" });
});

describe("an approval given for another base branch", () => {
  test("settles nothing once the author changed it, and a fresh one does", async () => {
    const repository = await enforced();
    // Against the branch that already holds the raising commit the head changes nothing that matters.
    await repository.commit({ branch: "legacy", files: raised, by: "ann" });
    const { number, head } = await openPull(
      repository,
      { "README.md": "hello\n" },
      { base: "legacy" },
    );
    repository.review(number, { by: "bo", event: "APPROVE" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "success" });

    await repository.editPull(number, { by: "ann", base: "main" });
    await scene.settled();
    const [denied] = repository.checkRuns(head);
    expect(denied).toMatchObject({ conclusion: "failure" });
    expect(denied?.annotations).toMatchObject([{ path: WORKFLOW, startLine: PERMISSION_LINE }]);
    expect(`${denied?.summary}${denied?.text}`).toContain("bo approved it for another base branch");

    await nextSecond();
    repository.review(number, { by: "bo", event: "APPROVE" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "success" });
  });

  test("settles nothing either where the base branch came back to what it was", async () => {
    const repository = await enforced();
    await repository.commit({ branch: "other", files: { "x.md": "x\n" }, by: "ann" });
    const { number, head } = await openPull(repository, raised);
    repository.review(number, { by: "bo", event: "APPROVE" });
    await repository.editPull(number, { by: "ann", base: "other" });
    await repository.editPull(number, { by: "ann", base: "main" });
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });
});

describe("one evaluation", () => {
  const requests = () => scene.github.requests.map(({ method, route }) => `${method} ${route}`);
  const six = [
    "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
    "GET /repos/{owner}/{repo}/pulls",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
    "POST /repos/{owner}/{repo}/check-runs",
  ];

  const people = [
    "GET /repos/{owner}/{repo}/activity",
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
  ];

  test("takes six requests, and three more where nothing is known yet of the approver and the commits", async () => {
    const repository = await enforced();
    const { number } = await openPull(repository, raised);
    await scene.settled();
    scene.github.forgetRequests();
    repository.review(number, { by: "bo", event: "APPROVE" });
    await scene.settled();
    expect(requests().toSorted()).toEqual([...people, ...six].toSorted());

    scene.github.forgetRequests();
    repository.addLabel(number, { by: "ann", label: "urgent" });
    await scene.settled();
    expect(requests().toSorted()).toEqual(six);
  });

  test("does not ask for the base branch's history where no approval could settle", async () => {
    const repository = await enforced();
    const { number } = await openPull(repository, raised);
    await scene.settled();
    scene.github.forgetRequests();
    repository.review(number, { by: "bo", event: "COMMENT" });
    await scene.settled();
    expect(requests().toSorted()).toEqual(six.slice(1));
  });
});

test("a redelivered event is judged once", async () => {
  const repository = await enforced();
  const { head } = await openPull(repository, raised);
  await scene.settled();
  const delivery = scene.github.deliveries.log.findLast(({ event }) => event === "pull_request");
  scene.github.deliveries.redeliver(delivery?.id ?? 0);
  await scene.settled();
  expect(repository.checkRuns(head)).toHaveLength(1);
});

test("events that come out of order are judged by what GitHub says now", async () => {
  const repository = await enforced();
  scene.github.deliveries.hold();
  await openPull(repository, raised);
  const next = await repository.commit({
    branch: "topic",
    files: { [WORKFLOW]: workflow("read", "make release") },
    by: "ann",
  });
  const held = scene.github.deliveries.log.filter(({ state }) => state === "held");
  scene.github.deliveries.release(held.map(({ id }) => id).toReversed());
  await scene.settled();
  expect(repository.checkRuns(next)[0]).toMatchObject({ conclusion: "success" });
});

test("a head that moved while the old one was judged is judged too, whatever became of its event", async () => {
  const repository = await enforced();
  const route = "/repos/{owner}/{repo}/pulls";
  scene.github.fail({ method: "GET", route, fault: { kind: "delay", delayMs: 400 } });
  const { head } = await openPull(repository, raised);
  await expect.poll(() => repository.checkRuns(head)[0]?.status).toBe("in_progress");
  scene.github.deliveries.hold();
  const files = { [WORKFLOW]: workflow("read", "make release") };
  const next = await repository.commit({ branch: "topic", files, by: "ann" });
  await scene.app().idle();
  expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  expect(repository.checkRuns(next)[0]).toMatchObject({ conclusion: "success" });
  scene.github.deliveries.release();
  await scene.settled();
});

describe("trouble", () => {
  test.each([
    {
      when: "a secondary rate limit",
      fault: { kind: "secondary-rate-limit", retryAfterSeconds: 1 },
    },
    { when: "a server error", fault: { kind: "status", status: 502 } },
    { when: "a connection that was cut", fault: { kind: "reset" } },
  ] as const)("$when is tried again", async ({ fault }) => {
    const repository = await enforced();
    scene.github.fail({ method: "POST", route: "/repos/{owner}/{repo}/check-runs", fault });
    const { head } = await openPull(repository, raised);
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });

  test("a pull request that is gone is let go", async () => {
    const repository = await enforced();
    scene.github.fail({
      method: "GET",
      route: "/repos/{owner}/{repo}/pulls/{pull_number}",
      fault: { kind: "status", status: 404 },
    });
    const { head } = await openPull(repository, raised);
    await scene.settled();
    expect(repository.checkRuns(head)).toMatchObject([{ conclusion: "failure" }]);
  });
});

describe("the outbox", () => {
  test("a pull request whose event was taken is judged after a restart", async () => {
    const repository = await enforced();
    scene.github.fail({
      method: "GET",
      route: "/repos/{owner}/{repo}/pulls/{pull_number}",
      times: 4,
      fault: { kind: "status", status: 403 },
    });
    const { head } = await openPull(repository, raised);
    await scene.settled();
    expect(repository.checkRuns(head)).toMatchObject([{ status: "in_progress" }]);
    await scene.stopApp();
    await scene.startApp();
    await scene.settled();
    expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  });
});

test("a delivery with a wrong signature changes nothing, and leaves nothing in the log", async () => {
  const before = scene.github.requests.length;
  const status = await scene.github.deliveries.deliverRaw(
    scene.appId,
    '{"marker":"forged-payload"}',
    {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "0-0",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
  );
  await scene.settled();
  expect(status).toBe(401);
  expect(scene.github.requests).toHaveLength(before);
  expect(scene.log.join("\n")).not.toContain("forged-payload");
});

test("GitHub refused nothing that was sent to it", () => {
  expect(scene.github.violations).toEqual([]);
});

test("no payload, token, secret or key reached the log", () => {
  const log = scene.log.join("\n");
  expect(log.length).toBeGreaterThan(1_000);
  for (const word of ["A change", "From a fork", "installation_id", scene.secret, "PRIVATE KEY"])
    expect(log).not.toContain(word);
  expect(log).not.toMatch(/gh[a-z]_[A-Za-z0-9]|eyJ[A-Za-z0-9]|authorization/i);
});
