import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { appendsOf, initLedgerOf, trusting } from "./ledger-scene.ts";
import { ENFORCED, openPull, openScene, POLICIES, type Scene } from "./scene.ts";

const API = "/repos/{owner}/{repo}";
const harmless = { "README.md": "hello\n" };

let scene: Scene;
let repository: RepositoryHandle;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

beforeEach(async () => {
  names += 1;
  repository = await scene.repository(`shop-${names}`, { [POLICIES]: ENFORCED });
  const root = await initLedgerOf(repository);
  await scene.stopApp();
  await scene.startApp(trusting(root));
});

/** Opens a pull request; its event arrives only after `change`. */
async function openThen(change: () => unknown): Promise<string> {
  scene.github.deliveries.hold();
  const { head } = await openPull(repository, harmless);
  await change();
  scene.github.deliveries.release();
  await scene.settled();
  return head;
}

/** Does `change` when a request arrives, while the pull request is judged. */
async function openWhile(
  at: { method?: string; route: string; after?: number },
  change: () => unknown,
): Promise<string> {
  scene.github.fail({ ...at, fault: { kind: "meanwhile", act: change } });
  const { head } = await openPull(repository, harmless);
  await scene.settled();
  return head;
}

/** Somebody's repository under the name that ours had, with all of our commits, and our ledger's. */
async function squat(name: string): Promise<RepositoryHandle> {
  repository.settings.rename(`${name}-moved`);
  const squatter = await scene.github.createRepository({
    owner: "acme",
    name,
    from: repository.gitFolder,
  });
  return squatter;
}

const conclusionsAt = (head: string) =>
  repository.checkRuns(head).map(({ conclusion }) => conclusion);

describe("a repository that was renamed", () => {
  test("is judged and recorded under its new name, where the event had the old one", async () => {
    const head = await openThen(() => {
      repository.settings.rename(`renamed-${names}`);
    });
    expect(conclusionsAt(head)).toEqual(["success"]);
    expect(appendsOf(repository)).toHaveLength(1);
  });

  test.each([
    {
      when: "before its check run is made",
      at: { method: "POST", route: `${API}/check-runs` },
      records: 1,
    },
    { when: "before it is fetched", at: { route: "git-upload-pack" }, records: 1 },
    // What was signed under the old name is placed first; the new name is said by another record.
    { when: "before the ledger's push", at: { route: "git-receive-pack" }, records: 2 },
    {
      when: "before the conclusion",
      at: { method: "PATCH", route: `${API}/check-runs/{check_run_id}` },
      records: 1,
    },
  ])("$when passes once it is judged there, and nothing is recorded twice", async (moved) => {
    const head = await openWhile(moved.at, () => {
      repository.settings.rename(`renamed-${names}`);
    });
    expect(conclusionsAt(head)[0]).toBe("success");
    expect(appendsOf(repository)).toHaveLength(moved.records);
  });
});

describe("a name that another repository took", () => {
  test("gets nothing, where the event names it", async () => {
    const { deliveries } = scene.github;
    deliveries.hold();
    const { head, number } = await openPull(repository, harmless);
    const ours = deliveries.log.findLast(({ state }) => state === "held");
    const squatter = await squat(repository.name);
    // The same number and the same head: only the repository's id tells them apart.
    const { number: theirs } = await squatter.openPull({ by: "ann", title: "Same", head: "topic" });
    expect(theirs).toBe(number);
    deliveries.release([ours?.id ?? 0]);
    await scene.settled();
    expect(squatter.checkRuns(head)).toEqual([]);
    expect(conclusionsAt(head)).not.toContain("success");
    expect(appendsOf(repository)).toHaveLength(0);
  });

  test("gets no check run, where it took it while one is made", async () => {
    let squatter: RepositoryHandle | undefined;
    const head = await openWhile({ method: "POST", route: `${API}/check-runs` }, async () => {
      squatter = await squat(repository.name);
    });
    expect(await squatter?.head("topic")).toBe(head);
    expect(squatter?.checkRuns(head)).toEqual([]);
    expect(conclusionsAt(head)).not.toContain("success");
  });

  test("gets no record, where it took it while one is pushed", async () => {
    let squatter: RepositoryHandle | undefined;
    const head = await openWhile({ route: "git-receive-pack" }, async () => {
      squatter = await squat(repository.name);
    });
    expect(squatter && appendsOf(squatter)).toHaveLength(0);
    expect(conclusionsAt(head)).not.toContain("success");
  });
});

describe("a repository that was transferred", () => {
  test("to an owner without the App is let alone", async () => {
    const head = await openThen(() => {
      repository.settings.transfer(`stranger-${names}`);
    });
    expect(repository.checkRuns(head)).toEqual([]);
    expect(appendsOf(repository)).toHaveLength(0);
  });

  test("while it is judged passes no more", async () => {
    const at = { method: "PATCH", route: `${API}/check-runs/{check_run_id}` };
    const head = await openWhile(at, () => {
      repository.settings.transfer(`stranger-${names}`);
    });
    expect(conclusionsAt(head)).not.toContain("success");
  });

  test("to an owner with the App goes on there, in the same ledger", async () => {
    const { number } = await openPull(repository, harmless);
    await scene.settled();
    const owner = `other-${names}`;
    repository.settings.transfer(owner);
    scene.github.install({ id: scene.appId } as never, { owner });
    const files = { "README.md": "once more\n" };
    const head = await repository.commit({ branch: "topic", files, by: "ann" });
    await scene.settled();
    expect(repository.pull(number).head.sha).toBe(head);
    expect(conclusionsAt(head)[0]).toBe("success");
    expect(appendsOf(repository)).toHaveLength(2);
  });
});

test.each([
  {
    what: "archived",
    change: () => {
      repository.settings.setArchived(true);
    },
  },
  {
    what: "deleted",
    change: () => {
      repository.settings.delete();
    },
  },
])(
  "a repository that was $what while it is judged passes no more, and others are judged",
  async ({ change }) => {
    const other = await scene.repository(`other-${names}`, { [POLICIES]: ENFORCED });
    const at = { method: "PATCH", route: `${API}/check-runs/{check_run_id}` };
    const head = await openWhile(at, change);
    expect(conclusionsAt(head)).not.toContain("success");
    const { head: others } = await openPull(other, harmless);
    await scene.settled();
    expect(other.checkRuns(others)[0]).toMatchObject({ conclusion: "success" });
  },
);

test.each([
  {
    what: "is private now",
    change: () => {
      repository.settings.setPrivate(true);
      return Promise.resolve();
    },
  },
  {
    what: "has another default branch now",
    change: () => repository.settings.renameDefaultBranch("trunk"),
  },
])("a repository that $what is judged by its policies as before", async ({ change }) => {
  const head = await openThen(change);
  expect(conclusionsAt(head)).toEqual(["success"]);
  expect(appendsOf(repository)).toHaveLength(1);
  expect(repository.checkRuns(head)[0]?.title).not.toMatch(/simulat/i);
});

test("a redirect to another host is sent nothing, and nothing it would say is believed", async () => {
  const heard: string[] = [];
  const elsewhere = createServer((request, response) => {
    heard.push(`${request.method ?? ""} ${request.headers.authorization ?? ""}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/api/v3/x`;
  for (const route of [`${API}/check-runs`, `${API}/pulls/{pull_number}`, "git-upload-pack"]) {
    const fault = { kind: "status", status: 307, headers: { location } } as const;
    scene.github.fail({ route, times: 1, fault });
  }
  const { head } = await openPull(repository, harmless);
  await scene.settled();
  elsewhere.close();
  expect(heard).toEqual([]);
  // Each redirect used up one try; the last try met none.
  expect(conclusionsAt(head)[0]).toBe("success");
  expect(appendsOf(repository)).toHaveLength(1);
});

test("GitHub refused nothing else of what was sent while repositories moved", () => {
  expect(scene.github.violations).toEqual([]);
});
