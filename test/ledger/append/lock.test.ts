import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeOver, tryTake } from "../../../ledger/append/lock-files.ts";
import {
  isDead,
  newHolder,
  readHolder,
  SILENT_MS,
  silenceOf,
} from "../../../ledger/append/lock-holder.ts";
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

test("the claim of a process that died while it took a lock over is taken over itself", async () => {
  await leave({});
  const claimant = { token: "t1", host: hostname(), pid: deadPid, start: null };
  await writeFile(`${path}.t0.claim`, JSON.stringify(claimant));
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await pause(3);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => openLock(path, 5_000).hold(work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test("the claim of a process that still runs is left to it", async () => {
  await leave({});
  const claimant = { token: "t1", host: hostname(), pid: process.pid, start: null };
  await writeFile(`${path}.t0.claim`, JSON.stringify(claimant));
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
  });
  expect((await readdir(folder)).sort()).toEqual(["lock", "lock.t0.claim"]);
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

test("a holder is this process, under a name of its own each time", () => {
  const [one, other] = [newHolder(), newHolder()];
  expect(one).toEqual({ ...other, token: one.token });
  expect(one.token).toMatch(/^[0-9a-f]{24}$/);
  expect(one.token).not.toBe(other.token);
  expect(one).toMatchObject({ host: hostname(), pid: process.pid });
});

test.runIf(process.platform === "linux")("a process is told by its boot and its first tick", () => {
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
  // Field 22, counted from the third, which follows the name in brackets.
  const [, tick = ""] =
    /\) (?:\S+ ){19}([0-9]+) /.exec(readFileSync("/proc/self/stat", "utf8")) ?? [];
  expect(newHolder().start).toBe(`${boot.slice(0, 36)} ${tick}`);
  expect(tick).toMatch(/^[1-9][0-9]*$/);
  expect(newHolder().pidNamespace).toBe(readlinkSync("/proc/self/ns/pid"));
});

test.each([
  { when: "this process", holder: {}, dead: false },
  { when: "a process that does not say when it began", holder: { start: null }, dead: false },
  {
    when: "a process of this number that began at another time",
    holder: { start: "x" },
    dead: true,
  },
  { when: "a process that ended", holder: { pid: deadPid, start: null }, dead: true },
  { when: "such a one on another host", holder: { pid: deadPid, host: "x" }, dead: false },
  { when: "a process that is not ours", holder: { pid: 1, start: null }, dead: false },
])("$when is dead: $dead", ({ holder, dead }) => {
  expect(isDead({ ...newHolder(), ...holder }, SILENT_MS + 1)).toBe(dead);
});

const ELSEWHERE = { start: null, pidNamespace: "pid:[1]" };

/** As if the lock's holder had given its last sign that long ago. */
async function silence(ms: number): Promise<void> {
  const then = (Date.now() - ms) / 1000;
  await utimes(path, then, then);
}

test("a holder in another PID namespace of the same hostname is not taken for dead", async () => {
  await leave(ELSEWHERE);
  await silence(SILENT_MS - 10_000);
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining(
      "another container; taken over once it was silent for 180 s",
    ) as string,
  });
  expect(await readHolder(path)).toMatchObject(ELSEWHERE);
});

test("a holder in another PID namespace is dead once its lock was silent for long", async () => {
  await leave(ELSEWHERE);
  await silence(SILENT_MS + 1_000);
  await expect(openLock(path, 60).hold(() => Promise.resolve(1))).resolves.toBe(1);
});

test("a holder in another PID namespace is dead after the silence that is allowed, and not at it", () => {
  const holder = { ...newHolder(), ...ELSEWHERE };
  expect(isDead(holder, SILENT_MS)).toBe(false);
  expect(isDead(holder, SILENT_MS + 1)).toBe(true);
});

test("a lock's file that is gone has been silent for no time at all", async () => {
  expect(await silenceOf(path)).toBe(0);
});

test("a lock that is a link to nothing is nobody's, and not taken", async () => {
  await symlink(join(folder, "nothing"), path);
  await expect(openLock(path, 60).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringMatching(/^another process holds /) as string,
  });
});

test("a lock of a version that knew no namespaces is still told dead by its process", async () => {
  await leave({});
  await expect(openLock(path, 60).hold(() => Promise.resolve(1))).resolves.toBe(1);
});

test("a lock gives signs as long as it is held, and only for itself", async () => {
  const age = async () => Date.now() - (await stat(path)).mtimeMs;
  await openLock(path, 0, 20).hold(async () => {
    await silence(60_000);
    while ((await age()) > 30_000) await pause(10);
    await leave({ pid: process.pid });
    await silence(60_000);
    await pause(100);
    expect(await age()).toBeGreaterThan(30_000);
  });
});

test("a lock gives no signs any more once it was given back, nor where it is gone", async () => {
  let own = "";
  await openLock(path, 0, 10).hold(async () => {
    own = await readFile(path, "utf8");
    await rm(path);
    await pause(50);
    await writeFile(path, own);
  });
  await writeFile(path, own);
  await silence(60_000);
  await pause(50);
  expect(await silenceOf(path)).toBeGreaterThan(30_000);
});

test("a lock that cannot be made for another reason than that it is held is an error", async () => {
  const temporary = join(folder, "not there");
  await expect(tryTake({ path, temporary })).rejects.toMatchObject({ code: "ENOENT" });
});

test("while a lock is held its file names who holds it, for its owner alone", async () => {
  await openLock(path).hold(async () => {
    expect(await readdir(folder)).toEqual(["lock"]);
    expect(await readHolder(path)).toMatchObject({ host: hostname(), pid: process.pid });
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
  });
  expect(await readHolder(path)).toBeNull();
});

test("a lock is waited for as long as was asked, and not longer", async () => {
  let release = (): void => undefined;
  const held = openLock(path).hold(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  while ((await readHolder(path).catch(() => null)) === null) await pause(1);
  await expect(openLock(path, 0).hold(() => Promise.resolve())).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining(`process ${process.pid} on ${hostname()} holds`) as string,
  });
  const waiting = openLock(path, 60_000).hold(() => Promise.resolve("mine"));
  release();
  await held;
  expect(await waiting).toBe("mine");
});

test("a file that is no lock is told with its cause", async () => {
  await writeFile(path, "my notes");
  await expect(readHolder(path)).rejects.toMatchObject({
    code: "LOCKED",
    cause: expect.any(SyntaxError) as Error,
  });
});

test("a dead lock is taken over under a claim, and nothing of it is left", async () => {
  await leave({});
  const temporary = join(folder, "ready");
  await writeFile(temporary, JSON.stringify(newHolder()));
  const dead = { token: "t0", host: hostname(), pid: deadPid, start: null };
  expect(await takeOver({ path, temporary }, dead)).toBe(true);
  expect(await readHolder(path)).toMatchObject({ pid: process.pid });
  expect((await readdir(folder)).sort()).toEqual(["lock", "ready"]);
});

test("a lock that was removed by hand while it was held is no error", async () => {
  const held = openLock(path).hold(async () => {
    await rm(path);
    return "done";
  });
  await expect(held).resolves.toBe("done");
  expect(await readdir(folder)).toEqual([]);
});

test("a dead lock that was removed since it was seen is left to who comes next", async () => {
  const temporary = join(folder, "ready");
  await writeFile(temporary, "{}");
  const dead = { token: "t0", host: hostname(), pid: deadPid, start: null };
  expect(await takeOver({ path, temporary }, dead)).toBe(false);
  expect(await readdir(folder)).toEqual(["ready"]);
});
