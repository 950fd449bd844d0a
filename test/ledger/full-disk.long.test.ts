import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const OWN_NAMESPACE = ["unshare", ["-Urm"]] as const;
const PROCESS = fileURLToPath(new URL("full-disk-process.ts", import.meta.url));

/** Whether this system lets anybody mount a small disk in a namespace of their own. */
const canMount = (() => {
  const [program, options] = OWN_NAMESPACE;
  const mount = ["mount", "-t", "tmpfs", "tmpfs", "/mnt"];
  return spawnSync(program, [...options, ...mount]).status === 0;
})();

interface Run {
  readonly failed: number;
  readonly answered: number;
  readonly told: number;
}

test.skipIf(!canMount)(
  "a disk that is really full at one page after another: nothing lost, nothing twice, never two roots of one size",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "bailiff-full-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [program, options] = OWN_NAMESPACE;
    const args = [...options, process.execPath, PROCESS, folder];
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const runs = JSON.parse(stdout) as Record<"repository" | "writer", Run>;
    const clean = { problems: [], twoRoots: [], lost: 0, twice: 0, litter: [] };
    expect(runs).toMatchObject({ repository: clean, writer: clean });
    for (const { failed, answered, told } of Object.values(runs)) {
      expect(failed).toBeGreaterThan(0);
      expect(answered).toBeGreaterThan(0);
      expect(told).toBeGreaterThanOrEqual(answered / 2);
    }
  },
);
