import { afterAll, beforeAll, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { appendsOf, withLedger } from "./ledger-scene.ts";
import { ENFORCED, openPull, openScene, POLICIES, type Scene } from "./scene.ts";

const API = "/repos/{owner}/{repo}";

/** What the App asks for, without some of it. */
const ALL = {
  metadata: "read",
  checks: "write",
  pull_requests: "read",
  contents: "write",
} as const;

function without(...names: readonly string[]): Partial<Record<string, "read" | "write">> {
  return Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name)));
}

let scene: Scene;
let repository: RepositoryHandle;
let heads = 0;

beforeAll(async () => {
  scene = await openScene();
  repository = await withLedger(scene, "permissions", { [POLICIES]: ENFORCED });
});

afterAll(() => scene[Symbol.asyncDispose]());

test.each([
  {
    when: "checks may not be written",
    left: without("checks"),
    told: null,
  },
  {
    when: "checks may not be written at the end",
    left: without("checks"),
    at: { method: "PATCH", route: `${API}/check-runs/{check_run_id}` },
    told: null,
  },
  {
    when: "the ledger may not be written",
    left: { ...ALL, contents: "read" as const },
    told: "contents: write",
  },
  {
    when: "the ledger is closed at its push",
    left: { ...ALL, contents: "read" as const },
    at: { route: "git-receive-pack", after: 1 },
    told: "contents: write",
  },
  { when: "contents may not be read", left: without("contents"), told: "contents: read" },
  {
    when: "pull requests may not be read",
    left: without("pull_requests"),
    // GitHub sends no events then: the permission goes after this one.
    at: { method: "GET", route: `${API}/pulls/{pull_number}` },
    told: null,
  },
  {
    when: "pull requests may not be read at the end",
    left: without("pull_requests"),
    at: { method: "GET", route: `${API}/pulls` },
    told: "did not take",
  },
])("where $when nothing passes, and the work goes on when it may", async ({ left, at, told }) => {
  const { github } = scene;
  const withdraw = () => {
    github.installations.setPermissions(scene.installation(), left);
  };
  heads += 1;
  const [appends, lines] = [appendsOf(repository).length, scene.log.length];
  if (at === undefined) withdraw();
  else github.fail({ ...at, fault: { kind: "meanwhile", act: withdraw } });
  const { head } = await openPull(
    repository,
    { "README.md": `${heads}\n` },
    { head: `topic-${heads}` },
  );
  await scene.settled();

  const refused = repository.checkRuns(head);
  expect(refused.map(({ conclusion }) => conclusion)).not.toContain("success");
  expect(scene.log.slice(lines).join("\n")).toContain("evaluation failed");
  if (told !== null) {
    const failed = refused.find(({ conclusion }) => conclusion === "failure");
    expect(`${failed?.summary ?? ""}${failed?.text ?? ""}`).toContain(told);
  }

  github.installations.setPermissions(scene.installation());
  await scene.settled();
  expect(repository.checkRuns(head)[0]).toMatchObject({ conclusion: "success" });
  expect(appendsOf(repository).length - appends).toBe(1);
});

test("GitHub refused nothing else of what was sent without permissions", () => {
  expect(scene.github.violations).toEqual([]);
});
