import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeOver } from "../../../ledger/append/lock-files.ts";
import { readHolder } from "../../../ledger/append/lock-holder.ts";
import { openLock } from "../../../ledger/append/lock.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

/** Leaves a lock as its holder would have. */
async function leave(holder: object): Promise<void> {
  const whole = { token: "t0", host: hostname(), pid: deadPid, start: null, ...holder };
  await writeFile(path, JSON.stringify(whole));
}

test("those who come at once take turns, and nothing is left behind", async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await pause(3);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => openLock(path).hold(work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test("a lock is given back when the work fails", async () => {
  const failing = openLock(path).hold(() => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  await expect(openLock(path, 0).hold(() => Promise.resolve(1))).resolves.toBe(1);
});

test.each([
  { when: "a process that is gone", holder: {} },
  { when: "a process whose number another has now", holder: { pid: process.pid, start: "then" } },
])("the lock of $when is taken over, by one at a time", async ({ holder }) => {
  await leave(holder);
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await pause(3);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => openLock(path).hold(work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  { when: "a process that runs", holder: { pid: process.pid } },
  { when: "a process that runs and is not ours", holder: { pid: 1 } },
  { when: "another host", holder: { host: "elsewhere.example" } },
])("the lock of $when is waited for, then told", async ({ holder }) => {
  await leave(holder);
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining(path) as string,
  });
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("a dead lock that somebody else is about to take over is left to them", async () => {
  await leave({});
  await writeFile(`${path}.t0.claim`, "");
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
  });
});

test("a lock that was taken over since it was seen dead is left to who has it", async () => {
  const dead = { token: "t0", host: hostname(), pid: deadPid, start: null };
  await leave({ token: "t1", pid: process.pid });
  const temporary = join(folder, "ready");
  await writeFile(temporary, "{}");
  expect(await takeOver({ path, temporary }, dead)).toBe(false);
  expect((await readHolder(path))?.token).toBe("t1");
  expect((await readdir(folder)).sort()).toEqual(["lock", "ready"]);
});

test("a file that is no lock is not removed", async () => {
  await writeFile(path, "my notes");
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
  });
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("a lock that was removed by hand and taken by another is not given back for them", async () => {
  await openLock(path).hold(async () => {
    await rm(path);
    await leave({ pid: process.pid });
  });
  expect(await readdir(folder)).toEqual(["lock"]);
});
