import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const DEMO = join(import.meta.dirname, "../../demo/demo.ts");

let folder: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-demo-test-"));
  temporary = join(folder, "tmp");
  await mkdir(temporary);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Tells the story in a process of its own; `signal` is sent at its first word. */
function tellDemo(env: Record<string, string>, signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, [DEMO], {
    env: { ...process.env, ...env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stdout.on("data", (chunk: Buffer) => {
    told += chunk.toString("utf8");
    if (signal !== undefined) child.kill(signal);
  });
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString("utf8")));
  return new Promise<{ status: number | null; told: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, told });
    });
  });
}

test.each([
  { signal: "SIGINT", expected: 130 },
  { signal: "SIGTERM", expected: 143 },
] as const)("leaves nothing behind when $signal ends it", async ({ signal, expected }) => {
  const { status } = await tellDemo({}, signal);
  expect(status).toBe(expected);
  expect(await readdir(temporary)).toEqual([]);
});

test("is told to its end whatever git configuration and proxy the machine has", async () => {
  const hostile = `[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n[push]\n\tdefault = nothing\n`;
  await writeFile(join(folder, "gitconfig"), hostile);
  const { status, told } = await tellDemo({
    GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
    http_proxy: "http://127.0.0.1:9",
  });
  expect(told).toContain("RECORD_EDITED");
  expect(told).toContain("approved by bo");
  expect(status).toBe(0);
  expect(await readdir(temporary)).toEqual([]);
});
