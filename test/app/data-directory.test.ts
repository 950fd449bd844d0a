import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimDataDirectory } from "../../app/data-directory.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-data-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("a second App on one data directory does not start", async () => {
  const release = await claimDataDirectory(folder);
  await expect(claimDataDirectory(folder)).rejects.toMatchObject({ code: "DATA_IN_USE" });
  await release();
});

test("a directory that was let go of can be claimed again", async () => {
  await (
    await claimDataDirectory(folder)
  )();
  await (
    await claimDataDirectory(folder)
  )();
});

test("a directory that is not there is made", async () => {
  const release = await claimDataDirectory(join(folder, "not", "there"));
  await release();
});

test.each(["/dev/null/data", "/dev/null"])("what is no directory is refused: %s", async (path) => {
  const refused = expect(claimDataDirectory(path)).rejects;
  await refused.toMatchObject({ code: "DATA_UNUSABLE" });
});
