import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { ENFORCED, openPull, openScene, POLICIES, type Scene } from "./scene.ts";

const API = "/repos/{owner}/{repo}";
const harmless = { "README.md": "hello\n" };

let scene: Scene;
let ours: RepositoryHandle;
let others: RepositoryHandle;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  expect(scene.github.violations).toEqual([]);
});

/** Two repositories of two owners, each with an installation of its own. */
beforeEach(async () => {
  names += 1;
  ours = await scene.repository(`ours-${names}`, { [POLICIES]: ENFORCED });
  scene.github.installations.setRepositories(scene.installation(), [ours.name]);
  const owner = `other-${names}`;
  others = await scene.github.createRepository({ owner, name: "theirs" });
  await others.commit({ branch: "main", files: { a: "1\n" }, by: "ann", parent: null });
  scene.github.install({ id: scene.appId } as never, { owner });
});

const acts = () => scene.github.installations;
const conclusionsAt = (repository: RepositoryHandle, head: string) =>
  repository.checkRuns(head).map(({ conclusion }) => conclusion);

/** Opens a pull request here, which meets `trouble`, then one of another installation. */
async function judgedAround(trouble: () => void): Promise<string> {
  scene.github.fail({
    method: "GET",
    route: `${API}/pulls/{pull_number}`,
    fault: { kind: "meanwhile", act: trouble },
  });
  const { head } = await openPull(ours, harmless);
  await scene.settled();
  const { head: theirs } = await openPull(others, harmless);
  await scene.settled();
  expect(conclusionsAt(others, theirs)).toEqual(["success"]);
  return head;
}

describe("an installation that is suspended", () => {
  test("lets its work rest, others go on, and resumes when it is unsuspended", async () => {
    const head = await judgedAround(() => {
      acts().suspend(scene.installation());
    });
    expect(conclusionsAt(ours, head)).not.toContain("success");
    const requests = scene.github.requests.length;
    await scene.settled();
    expect(scene.github.requests).toHaveLength(requests);

    acts().unsuspend(scene.installation());
    await scene.settled();
    expect(conclusionsAt(ours, head)[0]).toBe("success");
  });

  test("between record and conclusion passes nothing before it is unsuspended", async () => {
    scene.github.fail({
      method: "PATCH",
      route: `${API}/check-runs/{check_run_id}`,
      fault: {
        kind: "meanwhile",
        act: () => {
          acts().suspend(scene.installation());
        },
      },
    });
    const { head } = await openPull(ours, harmless);
    await scene.settled();
    expect(conclusionsAt(ours, head)).not.toContain("success");
    acts().unsuspend(scene.installation());
    await scene.settled();
    expect(conclusionsAt(ours, head)[0]).toBe("success");
  });
});

test("a repository that is taken out of the installation rests, and resumes when it is added", async () => {
  const head = await judgedAround(() => {
    acts().setRepositories(scene.installation(), []);
  });
  expect(conclusionsAt(ours, head)).not.toContain("success");
  acts().setRepositories(scene.installation(), [ours.name]);
  await scene.settled();
  expect(conclusionsAt(ours, head)[0]).toBe("success");
});

test("an installation that is deleted ends its work, and others go on", async () => {
  const installation = scene.installation();
  const head = await judgedAround(() => {
    acts().uninstall(installation);
  });
  expect(conclusionsAt(ours, head)).not.toContain("success");
  expect(scene.log.join("\n")).toContain("nothing to judge");
});
