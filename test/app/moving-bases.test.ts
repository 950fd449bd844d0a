import { afterAll, beforeAll, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { concluded } from "../pitfalls/checked.ts";
import { ENFORCED, openPull, openScene, POLICIES, type Scene, workflow } from "./scene.ts";

/** A workflow where it grants nothing, and where it does. */
const EXAMPLE = "docs/example.yml";
const LIVE = ".github/workflows/example.yml";
const RAISED = { [EXAMPLE]: workflow("write") };
const GRANTED = { [LIVE]: workflow("write") };

let scene: Scene;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

/** A repository whose `main` holds the example, and takes nothing without our check. */
async function withExample(): Promise<RepositoryHandle> {
  names += 1;
  const files = { [POLICIES]: ENFORCED, [EXAMPLE]: workflow("read") };
  const repository = await scene.repository(`bases-${names}`, files);
  const checks = [{ context: "bailiff", integrationId: scene.appId }];
  const rules = [{ type: "required_status_checks", checks }] as const;
  repository.addRuleset({ name: "gate", branches: ["main"], rules });
  return repository;
}

/** A pull request that brings the example to life as it is. */
function openRename(repository: RepositoryHandle) {
  const files = { [EXAMPLE]: null, [LIVE]: workflow("read") };
  return openPull(repository, files, { head: "rename" });
}

const merged = (repository: RepositoryHandle, number: number) =>
  repository.merge(number, { by: "ann" }).then(
    () => "merged",
    () => "refused",
  );

test("two changes that are harmless each and not together are not both merged", async () => {
  const repository = await withExample();
  const rename = await openRename(repository);
  const raise = await openPull(repository, RAISED, { head: "raise" });
  await scene.settled();
  expect(concluded(scene, repository, rename.head)).toBe("success");
  expect(await merged(repository, raise.number)).toBe("merged");
  await scene.settled();
  expect(concluded(scene, repository, rename.head)).toBe("failure");
  expect(await merged(repository, rename.number)).toBe("refused");
});

test("a base that moved since the head was pushed is the one that is judged against", async () => {
  const repository = await withExample();
  const rename = await openRename(repository);
  await scene.settled();
  scene.github.deliveries.hold();
  await repository.commit({ branch: "main", files: RAISED, by: "ann" });
  scene.github.deliveries.release([]);
  repository.rerequest(repository.checkRuns(rename.head)[0]?.id ?? 0, { by: "ann" });
  await scene.settled();
  expect(concluded(scene, repository, rename.head)).toBe("failure");
});

const LISTING = "GET /repos/{owner}/{repo}/pulls";
const requests = () => scene.github.requests.map(({ method, route }) => `${method} ${route}`);

test.each([
  { when: "no open pull request is into", branch: "aside", asked: [LISTING] },
  { when: "the ledger is on", branch: "governance-ledger", asked: [] },
])("a push to a branch that $when has nothing judged", async ({ branch, asked }) => {
  const repository = await withExample();
  await openRename(repository);
  await repository.commit({ branch, files: { "x.md": "x\n" }, by: "ann" });
  await scene.settled();
  scene.github.forgetRequests();
  await repository.commit({ branch, files: { "x.md": "y\n" }, by: "ann" });
  await scene.settled();
  expect(requests().filter((request) => !request.includes("git-"))).toEqual(asked);
});

test("a branch that was pushed while its pull requests cannot be listed has them judged later", async () => {
  const repository = await withExample();
  const { head } = await openRename(repository);
  await scene.settled();
  const route = "/repos/{owner}/{repo}/pulls";
  scene.github.fail({ method: "GET", route, fault: { kind: "status", status: 403 } });
  await repository.commit({ branch: "main", files: RAISED, by: "ann" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
});

test("a base branch that is gone is told, and passes nothing", async () => {
  const repository = await withExample();
  await repository.commit({ branch: "aside", files: { "x.md": "x\n" }, by: "ann" });
  const { head } = await openPull(repository, { "y.md": "y\n" }, { base: "aside" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("success");
  await repository.deleteBranch("aside", { by: "ann" });
  repository.rerequest(repository.checkRuns(head)[0]?.id ?? 0, { by: "ann" });
  await scene.settled();
  expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "failure" });
  expect(repository.checkRuns(head)[0]?.summary).toContain("base branch aside");
});

test("a pull request whose base was changed is not green while others wait before it", async () => {
  const repository = await withExample();
  await repository.commit({ branch: "lenient", files: GRANTED, by: "ann" });
  const lenient = { head: "evil", base: "lenient" };
  const evil = await openPull(repository, { "x.md": "x\n" }, lenient);
  const other = await openPull(repository, { "y.md": "y\n" }, { head: "other" });
  await scene.settled();
  expect(concluded(scene, repository, evil.head)).toBe("success");

  const { act, end } = heldUp();
  const route = "/repos/{owner}/{repo}/pulls/{pull_number}";
  scene.github.fail({ method: "GET", route, fault: { kind: "meanwhile", act } });
  await repository.editPull(other.number, { by: "ann", title: "Again" });
  await repository.editPull(evil.number, { by: "ann", base: "main" });
  await expect.poll(() => repository.checkRuns(evil.head)[0]?.status).toBe("in_progress");
  expect(await merged(repository, evil.number)).toBe("refused");
  end();
  await scene.settled();
  const statuses = repository.checkRuns(evil.head).map(({ status }) => status);
  expect(statuses).toEqual(["completed", "completed"]);
  expect(concluded(scene, repository, evil.head)).toBe("failure");
});

/** Something that goes on until it is told to end. */
function heldUp() {
  const { promise, resolve } = Promise.withResolvers<null>();
  const end = () => {
    resolve(null);
  };
  return { act: () => promise, end };
}

test("GitHub refused nothing that was sent to it", () => {
  expect(scene.github.violations).toEqual([]);
});
