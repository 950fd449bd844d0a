import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { openPull, openScene, POLICIES, type Scene } from "./scene.ts";

let scene: Scene;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
  const { organisations } = scene.github;
  organisations.team("acme/security", { members: ["cy"], invited: ["bo"] });
  organisations.team("acme/red", { members: ["di"], privacy: "secret" });
  organisations.join("acme", "bo");
});
afterAll(() => scene[Symbol.asyncDispose]());

interface World {
  readonly repository: RepositoryHandle;
  readonly number: number;
  readonly head: string;
}

/** A pull request of ann that changes `src/a.ts`, which needs what stands under `approved_by`. */
async function opened(rule: string, files: Readonly<Record<string, string>> = {}): Promise<World> {
  names += 1;
  const policy = `{ id: source, decision: DENY, each: files, match: { path: "src/**" }, unless: { approved_by: ${rule} } }`;
  const text = `version: 1\npolicies:\n  - ${policy}\n`;
  const repository = await scene.repository(`approved-${names}`, { [POLICIES]: text, ...files });
  for (const login of ["cy", "di"]) repository.grant(login, "write");
  repository.grant("mo", "maintain");
  return { repository, ...(await openPull(repository, { "src/a.ts": "1\n" })) };
}

const approve = ({ repository, number }: World, by: string) =>
  repository.review(number, { by, event: "APPROVE" });

async function concluded({ repository, head }: World, at = head) {
  await scene.settled();
  const [run] = repository.checkRuns(at);
  return { conclusion: run?.conclusion, text: `${run?.summary ?? ""}${run?.text ?? ""}` };
}

describe("an approval counts only by who is asked", () => {
  test.each([
    { rule: "{ teams: [acme/security] }", by: "cy", conclusion: "success" },
    { rule: "{ teams: [acme/security] }", by: "bo", conclusion: "failure" },
    { rule: "{ teams: [acme/nowhere] }", by: "cy", conclusion: "failure" },
    { rule: "{ teams: [acme/red] }", by: "di", conclusion: "success" },
    { rule: "{ organisations: [acme] }", by: "bo", conclusion: "success" },
    { rule: "{ organisations: [acme] }", by: "mo", conclusion: "failure" },
    { rule: "{ organisations: [other] }", by: "bo", conclusion: "failure" },
    { rule: "{ roles: [maintain] }", by: "mo", conclusion: "success" },
    { rule: "{ roles: [maintain] }", by: "bo", conclusion: "failure" },
    { rule: "{ not: { teams: [acme/security] } }", by: "cy", conclusion: "failure" },
    { rule: "{ not: { teams: [acme/security] } }", by: "bo", conclusion: "success" },
    { rule: "{ not: { teams: [acme/nowhere] } }", by: "bo", conclusion: "failure" },
  ])("$rule by $by: $conclusion", async ({ rule, by, conclusion }) => {
    const world = await opened(rule);
    approve(world, by);
    expect(await concluded(world)).toMatchObject({ conclusion });
  });

  test("owners are those of the base, whatever the change and its place of departure say", async () => {
    const world = await opened("{ owners: true }", { CODEOWNERS: "src/ @cy\n" });
    const { repository, number } = world;
    const files = { CODEOWNERS: "src/ @bo\n" };
    const head = await repository.commit({ branch: "topic", files, by: "ann" });
    approve({ repository, number, head }, "bo");
    expect(await concluded(world, head)).toMatchObject({ conclusion: "failure" });
    approve({ repository, number, head }, "cy");
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });

    await repository.commit({ branch: "main", files: { CODEOWNERS: "src/ @mo\n" }, by: "ann" });
    expect(await concluded(world, head)).toMatchObject({ conclusion: "failure" });
  });

  test("an owning team is asked for though no policy names it", async () => {
    const world = await opened("{ owners: true }", { CODEOWNERS: "*.ts @acme/security\n" });
    approve(world, "cy");
    expect(await concluded(world)).toMatchObject({ conclusion: "success" });
  });
});

describe("whoever had a hand in the change does not approve it", () => {
  const commit = (world: World, more: object) =>
    world.repository.commit({ branch: "topic", files: { "b.md": "b\n" }, by: "ann", ...more });
  const bos = (id: number) => `Co-authored-by: Bo <${id}+bo@users.noreply.github.com>`;
  test.each([
    { hand: "committed", more: () => ({ madeBy: "bo" }), says: "an author of it" },
    {
      hand: "is a co-author",
      more: () => ({ message: `Do it\n\n${bos(scene.github.user("bo").id)}` }),
      says: "a co-author of it",
    },
    {
      hand: "pushed it",
      more: () => ({ by: "bo", madeBy: "ann" }),
      says: "pushed it last",
    },
    {
      hand: "may have written it",
      more: () => ({ madeBy: { name: "x", email: "x@example.org" } }),
      says: "it is not known who wrote, committed and pushed",
    },
  ])("bo $hand", async ({ more, says }) => {
    const world = await opened("{}");
    const head = await commit(world, more());
    approve(world, "bo");
    const told = await concluded(world, head);
    expect(told.conclusion).toBe("failure");
    expect(told.text).toContain(says);
  });

  test("unless the rule lets them", async () => {
    const world = await opened("{ ignoring: { author: false, committer: false } }");
    const head = await commit(world, { madeBy: "bo" });
    approve(world, "bo");
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });
  });

  test("a co-author's address of no account keeps nobody from it", async () => {
    const world = await opened("{}");
    const head = await commit(world, { message: "Do it\n\nco-authored-by: X <x@example.org>" });
    approve(world, "bo");
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });
  });

  test("who pushed to a fork is asked there", async () => {
    const world = await opened("{}");
    const fork = await world.repository.fork("eve");
    const files = { "src/c.ts": "c\n" };
    const head = await fork.commit({ branch: "theirs", files, by: "eve" });
    const from = { by: "eve", title: "Theirs", head: "theirs", from: fork };
    const { number } = await world.repository.openPull(from);
    world.repository.review(number, { by: "bo", event: "APPROVE" });
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });
  });
});

test("a request for changes by somebody who may write holds it, and one by a stranger does not", async () => {
  const world = await opened("{}");
  approve(world, "bo");
  world.repository.review(world.number, { by: "stranger", event: "REQUEST_CHANGES" });
  expect(await concluded(world)).toMatchObject({ conclusion: "success" });
  const veto = world.repository.review(world.number, { by: "cy", event: "REQUEST_CHANGES" });
  const held = await concluded(world);
  expect(held.conclusion).toBe("failure");
  expect(held.text).toContain("cy");
  world.repository.dismissReview(veto.id, { by: "ann" });
  expect(await concluded(world)).toMatchObject({ conclusion: "success" });
});

describe("a later push", () => {
  const rebase = async ({ repository }: World, files: Readonly<Record<string, string>>) => {
    await repository.commit({ branch: "main", files: { "other.md": "o\n" }, by: "ann" });
    return repository.commit({ branch: "topic", files, by: "ann", parent: "main" });
  };
  test("of the same change on another base leaves an approval as it is", async () => {
    const world = await opened("{}");
    approve(world, "bo");
    const head = await rebase(world, { "src/a.ts": "1\n" });
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });
  });

  test("of another change voids it, and says so", async () => {
    const world = await opened("{}");
    approve(world, "bo");
    const head = await rebase(world, { "src/a.ts": "1\n", "b.md": "b\n" });
    const told = await concluded(world, head);
    expect(told.conclusion).toBe("failure");
    expect(told.text).toContain("bo approved an earlier commit");
  });

  test("of other paths leaves it where the rule says that paths will do", async () => {
    const world = await opened("{ survives: paths }");
    approve(world, "bo");
    const head = await rebase(world, { "src/a.ts": "1\n", "b.md": "b\n" });
    expect(await concluded(world, head)).toMatchObject({ conclusion: "success" });
    const next = await rebase(world, { "src/a.ts": "1\n", "src/b.ts": "b\n" });
    expect(await concluded(world, next)).toMatchObject({ conclusion: "failure" });
  });

  test("voids it where the commit that was approved is gone", async () => {
    const world = await opened("{}");
    scene.github.deliveries.hold();
    approve(world, "bo");
    const head = await rebase(world, { "src/a.ts": "1\n" });
    const { gitFolder } = world.repository;
    execFileSync("git", ["-C", gitFolder, "config", "uploadpack.allowAnySHA1InWant", "false"]);
    execFileSync("git", ["-C", gitFolder, "gc", "--quiet", "--prune=now"]);
    await scene.stopApp();
    const { rmSync } = await import("node:fs");
    rmSync(`${scene.dataDirectory}/git`, { recursive: true, force: true });
    await scene.startApp();
    scene.github.deliveries.release();
    expect(await concluded(world, head)).toMatchObject({ conclusion: "failure" });
  });
});

test("nothing that GitHub would refuse was sent", () => {
  expect(scene.github.violations).toEqual([]);
  expect(readFileSync("app.yml", "utf8")).toContain("members: read");
});
