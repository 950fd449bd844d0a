import { expect, test } from "vitest";
import { ENFORCED, openScene, POLICIES } from "../app/scene.ts";
import { deliverSigned } from "../app/signed-delivery.ts";

test("a merge group is not waved through: as long as it is not judged, nothing is said of it", async () => {
  await using scene = await openScene();
  const { id, name, owner, ...repository } = await scene.repository("shop", {
    [POLICIES]: ENFORCED,
  });
  await scene.settled();
  scene.github.forgetRequests();
  const head = (await repository.head("main")) ?? "";
  const payload = {
    action: "checks_requested",
    installation: { id: 1 },
    repository: { id, name, owner: { login: owner } },
    merge_group: { head_sha: head, head_ref: "refs/heads/gh-readonly-queue/main/pr-1-0" },
  };
  expect(await deliverSigned(scene, { event: "merge_group", payload })).toBe(202);
  await scene.settled();
  expect(scene.github.requests).toEqual([]);
  expect(repository.checkRuns(head)).toEqual([]);
});
