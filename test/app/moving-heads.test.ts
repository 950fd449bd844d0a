import { afterAll, beforeAll, expect, test } from "vitest";
import {
  before,
  changeBaseAt,
  conclusionsAt,
  force,
  forceBack,
  HARMLESS,
  newRepository,
  RAISED,
  replaceHeadAt,
  STEPS,
} from "./moving-scenarios.ts";
import { openPull, openScene, type Scene, WORKFLOW } from "./scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

test.each(["between the listing and the contents", "as the check run is concluded"] as const)(
  "a head replaced by force %s gets nothing of its forerunner's verdict",
  async (name) => {
    const { harmless, raising } = await replaceHeadAt(scene, name);
    expect(raising[0]).toBe("failure");
    expect(raising).not.toContain("success");
    expect(harmless).not.toContain(null);
  },
);

test("a base changed while the head was judged is not green by what the old base allowed", async () => {
  const conclusions = await changeBaseAt(scene, "after the contents were judged");
  expect(conclusions[0]).toBe("failure");
  expect(conclusions).not.toContain("success");
});

test("a base changed while no event of it arrives is judged for itself too", async () => {
  const repository = await newRepository(scene);
  await repository.commit({ branch: "raised", files: RAISED, by: "ann" });
  before(scene, STEPS["after the contents were judged"], () => {
    scene.github.deliveries.hold();
    return repository.editPull(1, { by: "ann", base: "main" });
  });
  const { head } = await openPull(repository, HARMLESS, { base: "raised" });
  await scene.settled();
  expect(conclusionsAt(repository, head)).toEqual(["failure", "failure"]);
  expect(repository.checkRuns(head)[0]?.annotations).toMatchObject([{ path: WORKFLOW }]);
  scene.github.deliveries.release();
  await scene.settled();
});

test("a head that comes back to a commit seen before leaves what came between denied", async () => {
  const repository = await newRepository(scene);
  const { head } = await openPull(repository, HARMLESS);
  await scene.settled();
  before(scene, STEPS["between the listing and the contents"], () => forceBack(repository, head));
  const between = await force(repository, RAISED);
  await scene.settled();
  expect(repository.pull(1).head.sha).toBe(head);
  expect(new Set(conclusionsAt(repository, between))).toEqual(new Set(["failure"]));
  expect(conclusionsAt(repository, head)[0]).toBe("success");
});

test("a branch deleted meanwhile ends its judging, and leaves nothing in progress", async () => {
  const repository = await newRepository(scene);
  before(scene, STEPS["between the listing and the contents"], () =>
    repository.deleteBranch("topic", { by: "ann" }),
  );
  const { number, head } = await openPull(repository, RAISED);
  await scene.settled();
  expect(repository.pull(number).state).toBe("closed");
  expect(conclusionsAt(repository, head)).toEqual(["failure"]);
});

test("GitHub refused nothing that was sent to it", () => {
  expect(scene.github.violations).toEqual([]);
});
