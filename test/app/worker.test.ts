import { expect, test } from "vitest";
import { createLog } from "../../app/log.ts";
import type { Outbox } from "../../app/outbox.ts";
import { type Worker, startWorker } from "../../app/worker.ts";
import { type PullKey, workIdentity, type WorkKey } from "../../app/work-key.ts";

const key = (repository: string, pull: number, delivery = `${repository}-${pull}`): PullKey => ({
  installation: 7,
  repository: { id: repository, owner: "acme", name: repository },
  pull,
  reason: "pull_request.opened",
  delivery,
});

/** An outbox in memory, with what a test needs to see. */
function fakeOutbox(keys: readonly WorkKey[]): Outbox & { put(key: WorkKey): void } {
  const waiting = new Map(keys.map((waits) => [workIdentity(waits), waits]));
  return {
    pending: () => [...waiting.values()],
    put: (added) => void waiting.set(workIdentity(added), added),
    add: () => Promise.reject(new Error("not used")),
    knows: () => false,
    follow: () => Promise.reject(new Error("not used")),
    done(ended) {
      if (waiting.get(workIdentity(ended))?.delivery === ended.delivery)
        waiting.delete(workIdentity(ended));
      return Promise.resolve();
    },
    postpone(key) {
      const waits = waiting.get(workIdentity(key));
      if (waits === undefined || !waiting.delete(workIdentity(key))) return;
      waiting.set(workIdentity(key), waits);
    },
  };
}

interface Setup {
  readonly keys: readonly PullKey[];
  readonly evaluate: (key: PullKey) => Promise<void>;
  readonly retryDelaysMs?: readonly number[];
  readonly concurrency?: number;
}

function start({ keys, evaluate, retryDelaysMs = [], concurrency = 4 }: Setup) {
  const outbox = fakeOutbox(keys);
  const log = createLog({
    level: "error",
    write: () => undefined,
    now: () => new Date(0),
    secrets: [],
  });
  const worker: Worker = startWorker({
    outbox,
    evaluate: (work) => evaluate(work as PullKey),
    log,
    retryDelaysMs,
    concurrency,
  });
  worker.wake();
  return { outbox, worker };
}

/** Work whose ends a test decides. */
function controlled() {
  const running: WorkKey[] = [];
  const ends = new Map<string, PromiseWithResolvers<null>>();
  return {
    running,
    evaluate: async (work: WorkKey): Promise<void> => {
      running.push(work);
      const end = Promise.withResolvers<null>();
      ends.set(workIdentity(work), end);
      await end.promise;
    },
    end: (work: WorkKey) => {
      ends.get(workIdentity(work))?.resolve(null);
      return new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

test("one repository's keys are taken one at a time, in order", async () => {
  const work = controlled();
  const [first, second] = [key("r", 1), key("r", 2)];
  const { worker } = start({ keys: [first, second], evaluate: work.evaluate });
  expect(work.running).toEqual([first]);
  await work.end(first);
  expect(work.running).toEqual([first, second]);
  await work.end(second);
  await worker.idle();
});

test("repositories are judged side by side, up to the limit", async () => {
  const work = controlled();
  const keys = ["a", "b", "c"].map((name) => key(name, 1));
  const { worker } = start({ keys, evaluate: work.evaluate, concurrency: 2 });
  expect(work.running.map(({ repository }) => repository.id)).toEqual(["a", "b"]);
  for (const each of keys) await work.end(each);
  await worker.idle();
  expect(work.running).toHaveLength(3);
});

const of = (installation: number, work: PullKey): PullKey => ({ ...work, installation });

test("a repository with one key does not wait for all keys of others", async () => {
  const order: string[] = [];
  const many = ["a", "b", "c", "d"].flatMap((name) =>
    Array.from({ length: 50 }, (_, pull) => key(name, pull + 1)),
  );
  const { worker } = start({
    keys: [...many, of(8, key("one", 1)), key("e", 1)],
    evaluate: async ({ delivery }) => {
      order.push(delivery);
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
  });
  await worker.idle();
  expect(order).toHaveLength(many.length + 2);
  expect(order.indexOf("one-1")).toBeLessThan(4);
  expect(order.indexOf("e-1")).toBeLessThan(8);
});

test("an installation does not hold every slot where another one waits", async () => {
  const work = controlled();
  const keys = ["a", "b", "c", "d", "e"].map((name) => key(name, 1));
  const other = of(8, key("other", 1));
  const { outbox, worker } = start({ keys, evaluate: work.evaluate });
  expect(work.running).toHaveLength(4);
  outbox.put(other);
  worker.wake([other]);
  await work.end(key("c", 1));
  expect(work.running.at(-1)).toEqual(other);
  for (const each of [...keys, other]) await work.end(each);
  await worker.idle();
});

test("repositories of one installation take turns, whichever has more keys", async () => {
  const order: string[] = [];
  const { worker } = start({
    keys: [key("a", 1), key("a", 2), key("a", 3), key("b", 1), key("b", 2)],
    concurrency: 1,
    evaluate: ({ delivery }) => Promise.resolve(void order.push(delivery)),
  });
  await worker.idle();
  expect(order).toEqual(["a-1", "b-1", "a-2", "b-2", "a-3"]);
});

test("a key stays in the outbox until its work ended", async () => {
  const work = controlled();
  const { outbox, worker } = start({ keys: [key("r", 1)], evaluate: work.evaluate });
  expect(outbox.pending()).toHaveLength(1);
  await work.end(key("r", 1));
  await worker.idle();
  expect(outbox.pending()).toEqual([]);
});

test("an event that comes while its pull request is judged has it judged again", async () => {
  const work = controlled();
  const { outbox, worker } = start({ keys: [key("r", 1, "a")], evaluate: work.evaluate });
  outbox.put(key("r", 1, "b"));
  worker.wake();
  expect(work.running).toHaveLength(1);
  await work.end(key("r", 1));
  expect(work.running.map(({ delivery }) => delivery)).toEqual(["a", "b"]);
  await work.end(key("r", 1));
  await worker.idle();
});

test("work that failed is tried again until it succeeds", async () => {
  let tries = 0;
  const { outbox, worker } = start({
    keys: [key("r", 1)],
    evaluate: () => ((tries += 1) < 3 ? Promise.reject(new Error("no")) : Promise.resolve()),
    retryDelaysMs: [1, 1, 1],
  });
  await worker.idle();
  expect(tries).toBe(3);
  expect(outbox.pending()).toEqual([]);
});

test("work that always fails rests, is not lost, and runs again with its next event", async () => {
  const tried: string[] = [];
  const { outbox, worker } = start({
    keys: [key("r", 1, "a"), key("r", 2, "other")],
    evaluate: ({ pull, delivery }) => {
      tried.push(delivery);
      return pull === 1 ? Promise.reject(new Error("no")) : Promise.resolve();
    },
    retryDelaysMs: [1],
  });
  await worker.idle();
  expect(tried.toSorted()).toEqual(["a", "a", "other"]);
  expect(outbox.pending()).toEqual([key("r", 1, "a")]);
  outbox.put(key("r", 1, "b"));
  worker.wake();
  await worker.idle();
  expect(tried.filter((delivery) => delivery === "b")).toHaveLength(2);
});

test("work that rests runs again when it is asked for, and only then", async () => {
  let tries = 0;
  const [failing, other] = [key("r", 1), key("s", 1)];
  const { outbox, worker } = start({
    keys: [failing],
    evaluate: () => ((tries += 1) < 3 ? Promise.reject(new Error("no")) : Promise.resolve()),
    retryDelaysMs: [1],
  });
  await worker.idle();
  worker.wake();
  worker.wake([other]);
  await worker.idle();
  expect(tries).toBe(2);
  worker.wake([failing]);
  await worker.idle();
  expect(outbox.pending()).toEqual([]);
});

test("work that waits for its next try is not hurried by being asked for", async () => {
  let tries = 0;
  const { worker } = start({
    keys: [key("r", 1)],
    evaluate: () => {
      tries += 1;
      return Promise.reject(new Error("no"));
    },
    retryDelaysMs: [60_000],
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  worker.wake([key("r", 1)]);
  expect(tries).toBe(1);
  await worker.stop();
});

test("work that fails at each of many events does not keep the next from its turn", async () => {
  const tried: number[] = [];
  const { outbox, worker } = start({
    keys: [key("r", 1, "a"), key("r", 2)],
    evaluate: async ({ pull }) => {
      tried.push(pull);
      await Promise.resolve();
      if (pull === 2 || tried.length > 9) return;
      outbox.put(key("r", 1, `again-${tried.length}`));
      throw new Error("no");
    },
  });
  await worker.idle();
  expect(tried.slice(0, 2)).toEqual([1, 2]);
});

test("a stopped worker lets running work end and starts nothing", async () => {
  const work = controlled();
  const { outbox, worker } = start({ keys: [key("r", 1), key("r", 2)], evaluate: work.evaluate });
  const stopped = worker.stop();
  await work.end(key("r", 1));
  await stopped;
  worker.wake();
  expect(work.running).toHaveLength(1);
  expect(outbox.pending()).toEqual([key("r", 2)]);
  await worker.idle();
});

test("an installation that may work again has its keys tried at once, whatever they wait for", async () => {
  const tried: string[] = [];
  const theirs = { ...key("c", 3), installation: 8 };
  const { worker } = start({
    keys: [key("a", 1), key("b", 2), theirs],
    retryDelaysMs: [3_600_000],
    evaluate: (work) => {
      tried.push(work.repository.id);
      return Promise.reject(new Error("suspended"));
    },
  });
  await expect.poll(() => tried).toEqual(["a", "c", "b"]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  worker.resume(7);
  await expect.poll(() => tried).toEqual(["a", "c", "b", "a", "b"]);
  await worker.stop();
});
