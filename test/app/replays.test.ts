import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { replay } from "../../ledger/replay.ts";
import type { Delivery } from "../embedded-github/webhooks/deliveries.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { withLedger } from "./ledger-scene.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";
import { deliverSigned } from "./signed-delivery.ts";

const raised = { [WORKFLOW]: workflow("write") };
const harmless = { [WORKFLOW]: workflow("read", "make release") };

let scene: Scene;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

const newName = () => `replays-${(names += 1)}`;
const enforced = () => scene.repository(newName(), { [POLICIES]: ENFORCED });

/** The heads that the ledger has verdicts of, one for each record. */
async function recordedHeads({ gitFolder }: RepositoryHandle): Promise<string[]> {
  await using clone = await openLedgerClone({ repository: gitFolder });
  const heads: string[] = [];
  for await (const { verdict } of replay(clone))
    if (verdict !== null) heads.push(verdict.change.head);
  return heads;
}

function deliveryOf(repository: RepositoryHandle, action: string): Delivery {
  const found = scene.github.deliveries.log.findLast(
    (delivery) =>
      delivery.event === "pull_request" &&
      delivery.action === action &&
      (delivery.payload["repository"] as { id: number }).id === repository.id,
  );
  if (found === undefined) throw new Error(`no delivery pull_request.${action}`);
  return found;
}

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const conclusionsAt = (repository: RepositoryHandle, head: string) =>
  repository.checkRuns(head).map(({ conclusion }) => conclusion);

describe("one event, fifty times at once and fifty times after it was judged", () => {
  test("under its own id is judged once", async () => {
    const repository = await enforced();
    scene.github.deliveries.hold();
    const { head } = await openPull(repository, raised);
    const { guid: id, payload } = deliveryOf(repository, "opened");
    for (let round = 0; round < 2; round += 1) {
      const statuses = await times(50, () => deliverSigned(scene, { id, payload }));
      expect(new Set(statuses)).toEqual(new Set([202]));
      await scene.settled();
    }
    expect(conclusionsAt(repository, head)).toEqual(["failure"]);
    scene.github.deliveries.release();
    await scene.settled();
    expect(conclusionsAt(repository, head)).toEqual(["failure"]);
  });

  test("under fresh ids is judged a few times, always the same, and recorded once", async () => {
    const repository = await withLedger(scene, newName(), { [POLICIES]: ENFORCED });
    const { head } = await openPull(repository, raised);
    await scene.settled();
    const { payload } = deliveryOf(repository, "opened");
    await times(50, () => deliverSigned(scene, { payload }));
    await scene.settled();
    const conclusions = conclusionsAt(repository, head);
    expect(new Set(conclusions)).toEqual(new Set(["failure"]));
    expect(conclusions.length).toBeLessThan(25);
    expect(await recordedHeads(repository)).toEqual([head]);
  });
});

test("an old head's event that comes after the new one's judges the new head", async () => {
  const repository = await enforced();
  const { head } = await openPull(repository, harmless);
  await scene.settled();
  const next = await repository.commit({ branch: "topic", files: raised, by: "ann" });
  await scene.settled();
  await deliverSigned(scene, { payload: deliveryOf(repository, "opened").payload });
  await scene.settled();
  // The old head was put in progress by its event, and is let go without a verdict.
  expect(conclusionsAt(repository, head)).toEqual(["failure", "success"]);
  expect(new Set(conclusionsAt(repository, next))).toEqual(new Set(["failure"]));
});

test("events of a pull request that come after it was closed judge nothing", async () => {
  const repository = await enforced();
  scene.github.deliveries.hold();
  const { number, head } = await openPull(repository, raised);
  const next = await repository.commit({ branch: "topic", files: harmless, by: "ann" });
  repository.closePull(number, { by: "ann" });
  const held = scene.github.deliveries.log.filter(({ state }) => state === "held");
  scene.github.deliveries.release(held.map(({ id }) => id).toReversed());
  await scene.settled();
  expect(repository.checkRuns(head)).toMatchObject([{ conclusion: "failure", annotations: [] }]);
  expect(repository.checkRuns(next)).toMatchObject([{ conclusion: "failure", annotations: [] }]);
});

test("“Re-run all checks” judges the pull request again", async () => {
  const repository = await enforced();
  const { number, head } = await openPull(repository, raised);
  await scene.settled();
  const { installation, repository: place } = deliveryOf(repository, "opened").payload;
  const suite = { app: { id: scene.appId }, head_sha: head, pull_requests: [{ number }] };
  const event = { action: "rerequested", installation, repository: place, check_suite: suite };
  expect(await deliverSigned(scene, { event: "check_suite", payload: event })).toBe(202);
  await scene.settled();
  expect(conclusionsAt(repository, head)).toEqual(["failure", "failure"]);
});

test("a redelivery has a pull request judged that rested after failures", async () => {
  const repository = await enforced();
  await scene.stopApp();
  await scene.startApp({}, { retryDelaysMs: [] });
  scene.github.fail({
    method: "GET",
    route: "/repos/{owner}/{repo}/pulls/{pull_number}",
    fault: { kind: "status", status: 422 },
  });
  const { head } = await openPull(repository, raised);
  await scene.settled();
  expect(repository.checkRuns(head)).toMatchObject([{ status: "in_progress" }]);
  scene.github.deliveries.redeliver(deliveryOf(repository, "opened").id);
  await scene.settled();
  expect(conclusionsAt(repository, head)).toEqual(["failure"]);
});

test("GitHub refused nothing that was sent to it", () => {
  expect(scene.github.violations).toEqual([]);
});
