import { afterAll, beforeAll, expect, test } from "vitest";
import { openPull, refusal, shop, startFixture, type Fixture } from "./fixture.ts";
import { receiveHooks, type HookReceiver } from "./hook-receiver.ts";

let hooks: HookReceiver;
let fixture: Fixture;
beforeAll(async () => {
  hooks = await receiveHooks();
  fixture = await startFixture({ webhookUrl: hooks.url });
  fixture.repository.grant("ann", "write");
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
  expect(fixture.github.violations).toEqual([]);
});

/** The events that an act causes, with their payloads. */
async function eventsOf(act: () => unknown): Promise<HookReceiver["received"]> {
  await fixture.github.deliveries.settled();
  hooks.received.length = 0;
  await act();
  await fixture.github.deliveries.settled();
  return [...hooks.received];
}

test("a pull request from a branch is opened, read and listed", async () => {
  const { repository, asInstallation } = fixture;
  const { number, sha } = await openPull(fixture, "listed");
  const { data } = await asInstallation.rest.pulls.get({ ...shop, pull_number: number });
  expect(data).toMatchObject({
    state: "open",
    mergeable: true,
    commits: 1,
    changed_files: 1,
    additions: 1,
    head: { sha, ref: "listed", repo: { full_name: "acme/shop" } },
    base: { ref: "main", sha: await repository.head("main") },
  });
  const listed = await asInstallation.rest.pulls.list({ ...shop, head: "acme:listed" });
  expect(listed.data.map((pull) => pull.number)).toEqual([number]);
  const byCommit = await asInstallation.rest.repos.listPullRequestsAssociatedWithCommit({
    ...shop,
    commit_sha: sha,
  });
  expect(byCommit.data.map((pull) => pull.number)).toEqual([number]);
});

test("a person opens one through the API, once", async () => {
  const { repository, as } = fixture;
  await repository.commit({ branch: "api", files: { api: "1" }, by: "ann" });
  const wanted = { ...shop, title: "api", head: "api", base: "main" };
  expect((await as("ann").rest.pulls.create(wanted)).data.user.login).toBe("ann");
  expect(await refusal(as("ann").rest.pulls.create(wanted))).toEqual([
    422,
    expect.stringContaining("already exists for acme:api"),
  ]);
});

test.each([
  { when: "its head is not there", change: { head: "absent" } },
  { when: "its base is not there", change: { base: "absent" } },
  { when: "it has no commits", change: { head: "main", base: "main" } },
  { when: "its head is no fork's", change: { head: "nobody:main" } },
])("a pull request is refused where $when", async ({ change }) => {
  await fixture.repository.commit({ branch: "refused", files: { refused: "1" }, by: "ann" });
  const wanted = { ...shop, title: "refused", head: "refused", base: "main", ...change };
  expect((await refusal(fixture.as("ann").rest.pulls.create(wanted)))[0]).toBe(422);
});

test("a pull request from a fork has another head repository, and its commits are in the base", async () => {
  const fork = await fixture.repository.fork("mallory");
  const sha = await fork.commit({ branch: "evil", files: { evil: "1" }, by: "mallory" });
  const { number } = await fixture.repository.openPull({
    by: "mallory",
    title: "evil",
    head: "evil",
    from: fork,
  });
  const { data } = await fixture.asInstallation.rest.pulls.get({ ...shop, pull_number: number });
  expect(data.head.repo).toMatchObject({ full_name: "mallory/shop", fork: true });
  const byCommit = { ...shop, commit_sha: sha };
  const listed =
    await fixture.asInstallation.rest.repos.listPullRequestsAssociatedWithCommit(byCommit);
  expect(listed.data).toEqual([]);
  const ref = await fixture.asInstallation.rest.git.getRef({ ...shop, ref: `pull/${number}/head` });
  expect(ref.data.object.sha).toBe(sha);
  const events = await eventsOf(() =>
    fork.commit({ branch: "evil", files: { evil: "2" }, by: "mallory" }),
  );
  expect(events.map(({ name }) => name)).toEqual(["pull_request.synchronize"]);
  expect(events[0]?.payload["repository"]).toMatchObject({ full_name: "acme/shop" });
});

test("a push to the head branch synchronizes, to another it does not", async () => {
  const { repository } = fixture;
  const { number, sha } = await openPull(fixture, "moving");
  const events = await eventsOf(async () => {
    await repository.commit({ branch: "elsewhere", files: { elsewhere: "1" }, by: "ann" });
    await repository.commit({ branch: "moving", files: { moving: "2" }, by: "bo" });
  });
  const after = await repository.head("moving");
  expect(events.map(({ name }) => name)).toEqual(["pull_request.synchronize"]);
  expect(events[0]?.payload).toMatchObject({
    number,
    before: sha,
    after,
    pull_request: { head: { sha: after } },
    sender: { login: "bo" },
    organization: { login: "acme" },
    installation: { id: fixture.installation.id },
  });
});

test("a fork's branch of the same name moves no pull request of the base's", async () => {
  const { number, sha } = await openPull(fixture, "namesake");
  const fork = await fixture.repository.fork("eve");
  await fork.commit({ branch: "namesake", files: { namesake: "2" }, by: "eve" });
  expect(fixture.repository.pull(number)).toMatchObject({ state: "open", head: { sha } });
});

test.each([
  {
    action: "edited",
    act: (number: number) => fixture.repository.editPull(number, { by: "ann", title: "better" }),
    carries: { changes: { title: { from: "acts-edited" } } },
  },
  {
    action: "labeled",
    act: (number: number) => fixture.repository.addLabel(number, { by: "ann", label: "urgent" }),
    carries: { label: { name: "urgent" } },
  },
  {
    action: "converted_to_draft",
    act: (number: number) => fixture.repository.setDraft(number, { by: "ann", draft: true }),
    carries: { pull_request: { draft: true } },
  },
  {
    action: "closed",
    act: (number: number) => fixture.repository.closePull(number, { by: "ann" }),
    carries: { pull_request: { state: "closed", merged: false } },
  },
])("$action is told, and told once", async ({ action, act, carries }) => {
  const { number } = await openPull(fixture, `acts-${action}`);
  const events = await eventsOf(async () => {
    await act(number);
    await act(number);
  });
  expect(events.map(({ name }) => name)).toEqual([`pull_request.${action}`]);
  expect(events[0]?.payload).toMatchObject(carries);
});

test("what was undone is told as well", async () => {
  const { repository } = fixture;
  const { number } = await openPull(fixture, "undone");
  const events = await eventsOf(async () => {
    repository.addLabel(number, { by: "ann", label: "soon" });
    repository.removeLabel(number, { by: "ann", label: "soon" });
    repository.setDraft(number, { by: "ann", draft: true });
    repository.setDraft(number, { by: "ann", draft: false });
    repository.closePull(number, { by: "ann" });
    await repository.reopenPull(number, { by: "ann" });
  });
  expect(events.map(({ name }) => name.split(".")[1])).toEqual([
    "labeled",
    "unlabeled",
    "converted_to_draft",
    "ready_for_review",
    "closed",
    "reopened",
  ]);
});

test("a title, the state and the base are changed through the API", async () => {
  const { repository, as } = fixture;
  const { number } = await openPull(fixture, "patched");
  await repository.commit({ branch: "release", files: { release: "1" }, by: "ann" });
  const update = as("ann").rest.pulls.update;
  const change = { ...shop, pull_number: number };
  const edited = await update({ ...change, title: "patched twice", base: "release" });
  expect(edited.data).toMatchObject({ title: "patched twice", base: { ref: "release" } });
  expect((await update({ ...change, state: "closed" })).data.state).toBe("closed");
  expect((await update({ ...change, state: "open" })).data.state).toBe("open");
  expect((await refusal(update({ ...change, base: "absent" })))[0]).toBe(422);
  const stranger = as("stranger").rest.pulls.update({ ...change, title: "mine" });
  expect((await refusal(stranger))[0]).toBe(403);
});

test("each change of the base branch is an event of the pull request, other edits are none", async () => {
  const { repository, asInstallation } = fixture;
  await repository.commit({ branch: "legacy", files: { legacy: "x\n" }, by: "ann" });
  const { number } = await openPull(fixture, "retargeted");
  const list = () => asInstallation.rest.issues.listEvents({ ...shop, issue_number: number });
  await repository.editPull(number, { by: "ann", title: "better", base: "main" });
  expect((await list()).data).toEqual([]);
  await repository.editPull(number, { by: "ann", base: "legacy" });
  await repository.editPull(number, { by: "bo", base: "main" });
  const { data } = await list();
  expect(data.map(({ event, actor }) => [event, actor.login])).toEqual([
    ["base_ref_changed", "ann"],
    ["base_ref_changed", "bo"],
  ]);
  expect(data[0]?.created_at).toMatch(/:[0-9]{2}Z$/);
});

test("the events of an issue that is no pull request are not found", async () => {
  const { issues } = fixture.asInstallation.rest;
  expect((await refusal(issues.listEvents({ ...shop, issue_number: 9999 })))[0]).toBe(404);
});

test("sides that conflict are not mergeable, and have no test merge", async () => {
  const { repository, asInstallation, as } = fixture;
  const parent = await repository.head("main");
  await repository.commit({
    branch: "conflict",
    files: { "README.md": "mine\n" },
    by: "ann",
    parent,
  });
  await repository.commit({ branch: "ours", files: { "README.md": "ours\n" }, by: "ann", parent });
  const { number } = await repository.openPull({
    by: "ann",
    title: "conflict",
    head: "conflict",
    base: "ours",
  });
  const { data } = await asInstallation.rest.pulls.get({ ...shop, pull_number: number });
  expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
  const merge = asInstallation.rest.git.getRef({ ...shop, ref: `pull/${number}/merge` });
  expect((await refusal(merge))[0]).toBe(404);
  expect((await refusal(as("ann").rest.pulls.merge({ ...shop, pull_number: number })))[0]).toBe(
    405,
  );
});

test("a merge moves the base, closes the pull request, and refuses a head that moved", async () => {
  const { repository, as } = fixture;
  const { number, sha } = await openPull(fixture, "merged");
  const merge = { ...shop, pull_number: number };
  const stale = as("ann").rest.pulls.merge({ ...merge, sha: "0".repeat(40) });
  expect((await refusal(stale))[0]).toBe(409);
  const { data } = await as("ann").rest.pulls.merge({ ...merge, sha });
  expect(data.merged).toBe(true);
  expect(await repository.head("main")).toBe(data.sha);
  expect(repository.pull(number)).toMatchObject({ state: "closed", mergeCommit: data.sha });
  expect((await refusal(as("ann").rest.pulls.merge(merge)))[0]).toBe(405);
});

test("a draft is not merged, nor one by another method than is emulated", async () => {
  const { repository, as } = fixture;
  const { number } = await openPull(fixture, "draft");
  const merge = { ...shop, pull_number: number };
  const squash = as("ann").rest.pulls.merge({ ...merge, merge_method: "squash" });
  expect((await refusal(squash))[0]).toBe(405);
  repository.setDraft(number, { by: "ann", draft: true });
  expect(await refusal(as("ann").rest.pulls.merge(merge))).toEqual([
    405,
    expect.stringContaining("draft"),
  ]);
});

test("a head branch that is deleted closes its pull request, which stays closed without it", async () => {
  const { repository } = fixture;
  const { number } = await openPull(fixture, "deleted");
  const events = await eventsOf(() => repository.deleteBranch("deleted", { by: "ann" }));
  expect(events.map(({ name }) => name)).toEqual(["pull_request.closed"]);
  expect((await refusal(repository.reopenPull(number, { by: "ann" })))[0]).toBe(422);
});

test("lists come in pages, with links from one to the next", async () => {
  const pages = await fixture.as("ann").request("GET /repos/{owner}/{repo}/pulls", {
    ...shop,
    state: "all",
    per_page: 2,
    page: 2,
  });
  expect(pages.data).toHaveLength(2);
  expect(pages.headers.link).toMatch(/page=1>; rel="prev", .*page=3>; rel="next", .*rel="last"/);
  const all = await fixture.as("ann").paginate("GET /repos/{owner}/{repo}/pulls", {
    ...shop,
    state: "all",
    per_page: 3,
  });
  expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(6);
});
