import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli, spawnCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

interface Shown {
  readonly path: string;
  readonly reader: string | null;
  readonly understood: boolean;
  readonly capabilities: readonly { readonly kind: string; readonly line: number }[];
}

let root: string;
let outside: string;
let release: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bailiff-capabilities-"));
  await mkdir(join(root, ".git"));
  await mkdir(join(root, ".github/workflows"), { recursive: true });
  release = join(root, ".github/workflows/release.yml");
  await writeFile(release, workflows.RELEASE);
  await writeFile(join(root, ".github/workflows/broken.yml"), "on: push\njobs: 7\n");
  await writeFile(join(root, ".github/workflows/huge.yml"), Buffer.alloc(1024 * 1024 + 1, "#"));
  await symlink("release.yml", join(root, ".github/workflows/link.yml"));
  await writeFile(join(root, "notes.txt"), workflows.RELEASE);
  await writeFile(join(root, "run.sh"), "#!/bin/sh\n");
  await chmod(join(root, "run.sh"), 0o755);
  outside = await mkdtemp(join(tmpdir(), "bailiff-no-work-tree-"));
  await mkdir(join(outside, ".github/workflows"), { recursive: true });
  await writeFile(join(outside, ".github/workflows/a.yml"), workflows.RELEASE);
  await writeFile(join(outside, ".github/notes.txt"), "a\n");
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await rm(outside, { recursive: true, force: true });
});

async function shown(...args: readonly string[]): Promise<Shown> {
  const { out } = await runCli(["capabilities", ...args, "--format", "json"]);
  return JSON.parse(out) as Shown;
}

describe("bailiff capabilities", () => {
  test("prints a line for each capability of a workflow, exit 0", async () => {
    const { status, out, said } = await spawnCli(["capabilities", release]);
    expect({ status, said }).toEqual({ status: 0, said: "" });
    expect(out).toMatch(/^ +15 {2}github\.workflow\.permission +contents +write +jobs\.publish /m);
  });

  test("takes a file by its path in the repository that it lies in", async () => {
    expect(await shown(release)).toMatchObject({
      ...{
        path: ".github/workflows/release.yml",
        readers: ["github-workflow", "cloudformation", "kubernetes"],
        understood: true,
      },
    });
  });

  test("takes a file as if it stood at another path", async () => {
    const file = join(root, "notes.txt");
    expect(await shown(file)).toMatchObject({ path: "notes.txt", readers: [], capabilities: [] });
    const { capabilities } = await shown(file, "--as", ".github/workflows/a.yml");
    expect(capabilities).toEqual((await shown(release)).capabilities);
  });

  test.each([
    { from: ".", file: "./.github/workflows/a.yml", path: ".github/workflows/a.yml" },
    { from: ".github", file: "../.github/workflows/a.yml", path: "workflows/a.yml" },
    { from: ".github/workflows", file: "../notes.txt", path: "notes.txt" },
  ])("outside of a work tree $file, seen from $from, is $path", async ({ from, file, path }) => {
    const { out } = await spawnCli(
      ["capabilities", file, "--format", "json"],
      {},
      { folder: join(outside, from) },
    );
    expect((JSON.parse(out) as Shown).path).toBe(path);
  });

  test("takes stdin, as the file at a path", async () => {
    const args = ["capabilities", "-", "--as", ".github/workflows/a.yml", "--format", "json"];
    const { status, out } = await runCli(args, {}, workflows.RELEASE);
    expect(status).toBe(0);
    expect((JSON.parse(out) as Shown).capabilities).toEqual((await shown(release)).capabilities);
  });

  test("names the reader of no path, exit 0", async () => {
    const { status, out } = await runCli(["capabilities", join(root, "notes.txt")]);
    expect(status).toBe(0);
    expect(out).toContain("notes.txt: no reader");
  });

  test.each([
    { what: "is broken", file: "broken.yml", says: /broken\.yml:2: not understood/ },
    { what: "is too large", file: "huge.yml", says: /huge\.yml: not understood: too large/ },
    { what: "is a link", file: "link.yml", says: /link\.yml: not understood: a symbolic link/ },
  ])("a workflow that $what is not understood, exit 1", async ({ file, says }) => {
    const { status, out } = await runCli(["capabilities", join(root, ".github/workflows", file)]);
    expect(status).toBe(1);
    expect(out).toMatch(says);
  });

  test("too much on stdin is not understood, exit 1", async () => {
    const args = ["capabilities", "-", "--as", ".github/workflows/a.yml"];
    const { status } = await runCli(args, {}, "#".repeat(1024 * 1024 + 1));
    expect(status).toBe(1);
  });

  test.each([
    { what: "no file", args: [] },
    { what: "a file that is not there", args: ["nowhere.yml"] },
    { what: "a folder", args: ["."] },
    { what: "stdin without a path", args: ["-"] },
    { what: "two files", args: ["a", "b"] },
    { what: "an unknown format", args: ["-", "--as", "a", "--format", "xml"] },
    { what: "no path to stand at", args: ["-", "--as", ""] },
    { what: "a path from the machine's root", args: ["-", "--as", "/a.yml"] },
    { what: "a path that leaves the repository", args: ["-", "--as", "../a.yml"] },
    { what: "a path with a dot", args: ["-", "--as", "./a.yml"] },
  ])("$what is a usage error, exit 2", async ({ args }) => {
    expect((await runCli(["capabilities", ...args])).status).toBe(2);
  });
});
