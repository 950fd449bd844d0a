import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOutbox } from "../../app/outbox.ts";
import type { PullKey } from "../../app/work-key.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-outbox-"));
  path = join(folder, "outbox.json");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const key = (pull: number, delivery: string): PullKey => ({
  installation: 7,
  repository: { id: "99", owner: "acme", name: "shop" },
  pull,
  reason: "pull_request.opened",
  delivery,
});

test("a key that was added waits again after a restart", async () => {
  const outbox = await openOutbox(path);
  expect(await outbox.add("a", [key(1, "a")])).toBe(true);
  expect((await openOutbox(path)).pending()).toEqual([key(1, "a")]);
});

test("a key whose work ended is gone after a restart", async () => {
  const outbox = await openOutbox(path);
  await outbox.add("a", [key(1, "a")]);
  await outbox.done(key(1, "a"));
  expect((await openOutbox(path)).pending()).toEqual([]);
});

test.each([
  { when: "in one run", restart: false },
  { when: "across a restart", restart: true },
])("a delivery that came twice counts once, $when", async ({ restart }) => {
  const first = await openOutbox(path);
  await first.add("a", [key(1, "a")]);
  await first.done(key(1, "a"));
  const second = restart ? await openOutbox(path) : first;
  expect(await second.add("a", [key(1, "a")])).toBe(false);
  expect(second.pending()).toEqual([]);
});

test("many events of one pull request are one key, the latest", async () => {
  const outbox = await openOutbox(path);
  await Promise.all(["a", "b", "c"].map((id) => outbox.add(id, [key(1, id)])));
  expect(outbox.pending()).toEqual([key(1, "c")]);
});

test("work that ended does not take off an event that came meanwhile", async () => {
  const outbox = await openOutbox(path);
  await outbox.add("a", [key(1, "a")]);
  await outbox.add("b", [key(1, "b")]);
  await outbox.done(key(1, "a"));
  expect((await openOutbox(path)).pending()).toEqual([key(1, "b")]);
});

test("a branch's key waits, and what follows from it waits behind others, also after a restart", async () => {
  const { pull, ...place } = key(2, "push");
  const outbox = await openOutbox(path);
  await outbox.add("push", [{ ...place, branch: "main" }]);
  await outbox.add("a", [key(1, "a")]);
  await outbox.follow([key(1, "push"), key(pull, "push")]);
  await outbox.done({ ...place, branch: "main" });
  expect((await openOutbox(path)).pending()).toEqual([key(1, "push"), key(pull, "push")]);
});

describe("one pull request's events do not keep the others waiting: it goes behind them", () => {
  test("when it was asked for again while it was judged", async () => {
    const outbox = await openOutbox(path);
    await outbox.add("a", [key(1, "a"), key(2, "a")]);
    await outbox.add("b", [key(1, "b")]);
    await outbox.done(key(1, "a"));
    expect(outbox.pending()).toEqual([key(2, "a"), key(1, "b")]);
  });

  test("when it was judged in vain", async () => {
    const outbox = await openOutbox(path);
    await outbox.add("a", [key(1, "a"), key(2, "a")]);
    outbox.postpone(key(1, "a"));
    expect(outbox.pending()).toEqual([key(2, "a"), key(1, "a")]);
  });
});

test("what is on disk holds ids and names, readable by its owner only", async () => {
  const outbox = await openOutbox(path);
  await outbox.add("a", [key(1, "a")]);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
    version: 1,
    deliveries: ["a"],
    keys: [key(1, "a")],
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("remembered deliveries are bounded, the oldest forgotten first", async () => {
  const deliveries = Array.from({ length: 5_000 }, (_, index) => `d${index}`);
  await writeFile(path, JSON.stringify({ version: 1, deliveries, keys: [] }));
  const outbox = await openOutbox(path);
  await outbox.add("new", []);
  expect(await outbox.add("d1", [])).toBe(false);
  expect(await outbox.add("d0", [])).toBe(true);
});

test("a delivery that did not reach the disk is taken when it comes again", async () => {
  const outbox = await openOutbox(path);
  await mkdir(path);
  await expect(outbox.add("a", [key(1, "a")])).rejects.toThrow();
  await rm(path, { recursive: true });
  expect(await outbox.add("a", [key(1, "a")])).toBe(true);
  expect((await openOutbox(path)).pending()).toEqual([key(1, "a")]);
});

test("a repetition is not acknowledged before the first is on disk", async () => {
  const outbox = await openOutbox(path);
  const first = outbox.add("a", [key(1, "a")]);
  expect(await outbox.add("a", [key(1, "a")])).toBe(false);
  expect((await openOutbox(path)).pending()).toEqual([key(1, "a")]);
  await first;
});

describe("a file that is no outbox stops the start", () => {
  test.each([
    { when: "not JSON", text: "{" },
    { when: "another version", text: '{"version":2,"deliveries":[],"keys":[]}' },
    { when: "unknown keys", text: '{"version":1,"deliveries":[],"keys":[],"payload":{}}' },
  ])("$when", async ({ text }) => {
    await writeFile(path, text);
    await expect(openOutbox(path)).rejects.toMatchObject({ code: "OUTBOX_UNREADABLE" });
  });
});

test("a write that was cut off leaves the outbox as it was", async () => {
  const outbox = await openOutbox(path);
  await outbox.add("a", [key(1, "a")]);
  await writeFile(`${path}.0123456789abcdef.tmp`, '{"version":1,"deliv');
  expect((await openOutbox(path)).pending()).toEqual([key(1, "a")]);
});
