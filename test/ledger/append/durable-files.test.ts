import { readdirSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDurableFiles, type DurableFiles } from "../../../ledger/append/durable-files.ts";

let folder = "";
let files: DurableFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-files-"));
  files = openDurableFiles(join(folder, "a", "b"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function text(name: string): Promise<string | null> {
  const bytes = await files.read(name);
  return bytes === null ? null : Buffer.from(bytes).toString();
}

test("opening and reading make nothing", async () => {
  expect(await files.read("x")).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

test("what was written is read, replaced, added to and removed", async () => {
  await files.write("x", Buffer.from("one"));
  expect(await text("x")).toBe("one");
  await files.write("x", Buffer.from("two"));
  await files.append("x", Buffer.from("+"));
  await files.append("deep/y", Buffer.from("new"));
  expect([await text("x"), await text("deep/y")]).toEqual(["two+", "new"]);
  await files.remove("x");
  await files.remove("x");
  expect(await text("x")).toBeNull();
});

test("nothing but the files is left, for their owner alone", async () => {
  await files.write("x", Buffer.from("one"));
  await files.append("y", Buffer.from("two"));
  const place = join(folder, "a", "b");
  expect((await readdir(place)).sort()).toEqual(["x", "y"]);
  const modes = await Promise.all(
    [place, join(place, "x"), join(place, "y")].map((path) => stat(path)),
  );
  expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(["700", "600", "600"]);
});

test("a write that fails leaves the old bytes and no other file", async () => {
  await files.write("x", Buffer.from("one"));
  await files.write("folder/y", Buffer.from("one"));
  await expect(files.write("folder", Buffer.from("two"))).rejects.toThrow();
  expect((await readdir(join(folder, "a", "b"))).sort()).toEqual(["folder", "x"]);
  await chmod(folder, 0o700);
});

test("a folder that cannot be read is an error, not an absent file", async () => {
  await files.write("x", Buffer.from("one"));
  await expect(files.read("x/y")).rejects.toMatchObject({ code: "ENOTDIR" });
});

test("removing from a folder that is not there makes it, and removes nothing", async () => {
  await files.remove("deep/x");
  expect(await readdir(join(folder, "a", "b", "deep"))).toEqual([]);
});

test("files of two names are two files", async () => {
  await files.write("x", Buffer.from("one"));
  await files.write("y", Buffer.from("two"));
  await files.remove("x");
  expect([await text("x"), await text("y")]).toEqual([null, "two"]);
});

test.runIf(process.platform === "linux")("what was written to is closed again", async () => {
  await files.write("x", Buffer.from("one"));
  const before = readdirSync("/proc/self/fd").length;
  for (let at = 0; at < 30; at += 1) {
    await files.write(`x${at}`, Buffer.from("one"));
    await files.append(`x${at}`, Buffer.from("two"));
  }
  expect(readdirSync("/proc/self/fd").length).toBeLessThan(before + 30);
});
