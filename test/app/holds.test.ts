import { expect, test } from "vitest";
import { createHolds } from "../../app/holds.ts";
import { fakeClient, httpError } from "../github/fake-client.ts";

const CREATE = "POST /repos/{owner}/{repo}/check-runs";
const [OLD, NEW] = ["a".repeat(40), "b".repeat(40)];

const key = {
  installation: 7,
  repository: { id: "99", owner: "acme", name: "shop" },
  pull: 42,
  reason: "pull_request.edited",
  delivery: "a",
};

/** Holds over a GitHub that refuses the first `refused` requests. */
function open({ refused = 0 } = {}) {
  let made = 0;
  const { client, requests } = fakeClient({
    [CREATE]: () => {
      made += 1;
      if (made <= refused) throw httpError(403);
      return { id: made, app: { id: 4242 } };
    },
  });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return { requests, holds: createHolds({ connect: () => Promise.resolve(client), log }) };
}

test("a head is put in progress once, however many events come before it is taken", async () => {
  const { holds, requests } = open();
  holds.place(key, OLD);
  holds.place(key, OLD);
  await holds.settled();
  holds.place(key, OLD);
  expect(await holds.take(key)).toEqual([{ head: OLD, id: 1, appId: 4242 }]);
  expect(requests).toMatchObject([{ params: { status: "in_progress", head_sha: OLD } }]);
});

test("what was taken is taken, and the next event puts the head in progress anew", async () => {
  const { holds } = open();
  holds.place(key, OLD);
  await holds.take(key);
  expect(await holds.take(key)).toEqual([]);
  holds.place(key, OLD);
  expect(await holds.take(key)).toEqual([{ head: OLD, id: 2, appId: 4242 }]);
});

test("another head is put in progress beside the one before", async () => {
  const { holds } = open();
  holds.place(key, OLD);
  holds.place(key, NEW);
  await holds.settled();
  expect((await holds.take(key)).map(({ head }) => head)).toEqual([OLD, NEW]);
});

test("what is given back is there to be taken, and not placed again", async () => {
  const { holds, requests } = open();
  holds.place(key, OLD);
  holds.putBack(key, await holds.take(key));
  holds.place(key, OLD);
  expect(await holds.take(key)).toEqual([{ head: OLD, id: 1, appId: 4242 }]);
  holds.putBack(key, []);
  expect(requests).toHaveLength(1);
});

test("what GitHub refuses is let go, and placed at the next event", async () => {
  const { holds } = open({ refused: 1 });
  holds.place(key, OLD);
  expect(await holds.take(key)).toEqual([]);
  holds.place(key, OLD);
  expect(await holds.take(key)).toEqual([{ head: OLD, id: 2, appId: 4242 }]);
});

test("pull requests are held each for itself", async () => {
  const { holds } = open();
  holds.place(key, OLD);
  expect(await holds.take({ ...key, pull: 43 })).toEqual([]);
  expect(await holds.take(key)).toHaveLength(1);
});
