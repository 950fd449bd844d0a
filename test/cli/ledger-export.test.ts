import { execFile } from "node:child_process";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openExportFolder } from "../../cli/export-folder.ts";
import { checkTiledLog } from "../../ledger/export/tiled-log.ts";
import { openCheckpoint } from "../../ledger/format/checkpoint.ts";
import { parsePublicKey } from "../../ledger/format/keys.ts";
import { noteVerifierKey } from "../../ledger/format/note.ts";
import { formatPin } from "../../ledger/format/pin.ts";
import { toBase64 } from "../../ledger/format/base64.ts";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { LEDGER_KEY, LedgerBuilder, sampleLedger } from "../ledger/ledger-builder.ts";
import { ORIGIN } from "../ledger/verdict-fixture.ts";
import { runCli } from "./run-cli.ts";

const LEDGER = sampleLedger();
const ONE_LINE = /^bailiff: [^\n]+; [^\n]+\n$/;

let repository: FixtureRepository;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-export-"));
  repository = await repositoryOf(LEDGER);
});
afterAll(async () => {
  await repository.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function repositoryOf({ commits }: LedgerBuilder): Promise<FixtureRepository> {
  const made = await createFixtureRepository({ bare: true });
  for (const { files, message } of commits) {
    await made.commit(files, { branch: "governance-ledger", message });
  }
  return made;
}

/** A place for an export that no other test has. */
async function place(): Promise<string> {
  return join(await mkdtemp(join(folder, "to-")), "export");
}

function exporting(to: string, ...more: readonly string[]) {
  const args = ["ledger", "export", "--to", to];
  return runCli([
    ...args,
    ...(more.includes("--repo") ? [] : ["--repo", repository.directory]),
    ...more,
  ]);
}

/** Opens an export with nothing but the key that the command printed. */
async function opened(to: string, printed: string) {
  const [name = "", , base64 = ""] = printed.trim().split("+");
  const key = parsePublicKey(
    toBase64(Buffer.from(printed.trim().slice(-44), "base64").subarray(1)),
  );
  expect([name, base64.length > 0]).toEqual([ORIGIN, true]);
  const head = await openCheckpoint(await readFile(join(to, "checkpoint")), [key], ORIGIN);
  await checkTiledLog(openExportFolder(to), head);
  return head;
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("ledger export", () => {
  test("an exported ledger opens with the key that was printed, and holds", async () => {
    const to = await place();
    const { status, out, said } = await exporting(to, "--pin", formatPin(LEDGER.pin));
    expect({ status, said }).toEqual({ status: 0, said: "Exported 5 records, 5 of them new.\n" });
    expect(out).toBe(`${noteVerifierKey(ORIGIN, LEDGER_KEY.public)}\n`);
    expect((await opened(to, out)).size).toBe(5);
  });

  test("files are readable as any file that a user writes is: they are to be served", async () => {
    const to = await place();
    await exporting(to);
    await writeFile(join(folder, "plain"), "");
    const { mode } = await stat(join(folder, "plain"));
    for (const name of ["checkpoint", "tile/0/000.p/5"]) {
      expect((await stat(join(to, name))).mode).toBe(mode);
    }
  });

  test("an earlier export is continued, at a revision too, and what is there is not written again", async () => {
    const to = await place();
    const first = await exporting(to, "--ref", "governance-ledger~2");
    expect((await opened(to, first.out)).size).toBe(2);
    const before = await stat(join(to, "records/001-1.jsonl"));
    const { status, out, said } = await exporting(to);
    expect({ status, said }).toEqual({ status: 0, said: "Exported 5 records, 3 of them new.\n" });
    expect((await opened(to, out)).size).toBe(5);
    const after = await stat(join(to, "records/001-1.jsonl"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test("a file that a crash left without its name is passed over and removed", async () => {
    const to = await place();
    await mkdir(to);
    await writeFile(join(to, ".0011223344556677.partial"), "half");
    expect((await exporting(to)).status).toBe(0);
    expect((await filesIn(to)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("a write that fails leaves nothing behind", async () => {
    const to = await place();
    await mkdir(join(to, "tile"), { recursive: true });
    await expect(openExportFolder(to).add("tile", Buffer.from("x"))).rejects.toThrow();
    expect(await readdir(to)).toEqual(["tile"]);
  });

  test("a ledger that does not verify is told with its problems, exit 1, and nothing is written", async () => {
    const cut = new LedgerBuilder().verdicts({ id: "1" }).commit({ frontier: null });
    await using other = await repositoryOf(cut);
    const to = await place();
    const { status, out, said } = await exporting(to, "--repo", other.directory);
    expect([status, out]).toEqual([1, ""]);
    expect(said).toContain("FILE_MISSING");
    await expect(stat(to)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("a pin that the ledger does not keep, exit 1, and nothing is written", async () => {
    const to = await place();
    const pin = formatPin({ ...LEDGER.pin, size: 6 });
    const { status, said } = await exporting(to, "--pin", pin);
    expect(status).toBe(1);
    expect(said).toContain("TRUNCATED");
    await expect(stat(to)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("an export of another history is refused in one line, exit 3, and left as it is", async () => {
    const to = await place();
    await exporting(to);
    const head = await readFile(join(to, "checkpoint"));
    await using other = await repositoryOf(new LedgerBuilder().verdicts({ id: "another" }));
    const smaller = await exporting(to, "--repo", other.directory);
    expect([smaller.status, smaller.out]).toEqual([3, ""]);
    expect(smaller.said).toMatch(ONE_LINE);
    expect(await readFile(join(to, "checkpoint"))).toEqual(head);
  });

  test("a folder with something else in it is refused in one line, exit 2", async () => {
    const to = await place();
    await mkdir(to);
    await writeFile(join(to, "a\u001b[31m.txt"), "mine");
    const { status, said } = await exporting(to);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\p{Cc}]+; [^\p{Cc}]+\n$/u);
    expect(await filesIn(to)).toHaveLength(1);
  });

  test.each([
    {
      when: "a file where a folder belongs",
      plant: (to: string) => writeFile(join(to, "tile"), ""),
    },
    { when: "a link to a folder", plant: (to: string) => symlink(folder, join(to, "records")) },
    {
      when: "a link to a file",
      plant: (to: string) => symlink(process.execPath, join(to, "checkpoint")),
    },
    {
      when: "a pipe without an end",
      plant: (to: string) => promisify(execFile)("mkfifo", [join(to, "checkpoint")]),
    },
  ])(
    "$when in the folder is refused in one line, exit 2, and not gone through",
    async ({ plant }) => {
      const to = await place();
      await mkdir(to);
      await plant(to);
      const outside = await readdir(folder);
      const { status, said } = await exporting(to);
      expect(status).toBe(2);
      expect(said).toMatch(ONE_LINE);
      expect(await readdir(folder)).toEqual(outside);
    },
  );

  test("a folder that may not be written to is told in one line", async () => {
    const to = await place();
    await mkdir(to, { mode: 0o500 });
    if (process.getuid?.() === 0) return; // root writes wherever it likes
    const readOnly = await exporting(to);
    await chmod(to, 0o700);
    expect([readOnly.status, ONE_LINE.test(readOnly.said)]).toEqual([3, true]);
  });

  test.each([
    { when: "a file", to: () => fileURLToPath(import.meta.url) },
    { when: "git's own folder", to: () => repository.gitDir },
    { when: "a new folder inside git's own", to: () => join(repository.gitDir, "a", "export") },
    { when: "no name", to: () => "" },
  ])("$when is no place for an export: one line, exit 2, nothing written", async ({ to }) => {
    const before = await readdir(repository.gitDir);
    const { status, out, said } = await exporting(to());
    expect([status, out]).toEqual([2, ""]);
    expect(said).toMatch(ONE_LINE);
    expect(await readdir(repository.gitDir)).toEqual(before);
  });

  test.each([
    { when: "no place", args: ["ledger", "export"] },
    { when: "a pin that is none", args: ["ledger", "export", "--to", "x", "--pin", "x"] },
    { when: "a stray word", args: ["ledger", "export", "x"] },
    { when: "a revision that is none", args: ["ledger", "export", "--to", "x", "--ref", "none"] },
  ])("exporting with $when: exit 2", async ({ args }) => {
    const { status, said } = await runCli([...args, "--repo", repository.directory]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });
});

describe("ledger proof", () => {
  test("a record's proof goes to stdout, with the checkpoint as it stands", async () => {
    const { status, out, said } = await runCli([
      ...["ledger", "proof", "3", "--repo", repository.directory],
    ]);
    const note = LEDGER.commits.at(-1)?.files["checkpoint"] as Uint8Array;
    expect([status, said]).toEqual([0, ""]);
    expect(out.startsWith("c2sp.org/tlog-proof@v1\nextra ")).toBe(true);
    expect(out).toContain("\nindex 3\n");
    expect(out.endsWith(`\n\n${Buffer.from(note).toString()}`)).toBe(true);
  });

  test("a proof of an earlier revision leads to that revision's checkpoint", async () => {
    const args = ["ledger", "proof", "1", "--repo", repository.directory];
    const { out } = await runCli([...args, "--ref", "governance-ledger~2"]);
    expect(out).toContain(`\n${ORIGIN}\n2\n`);
  });

  test.each([
    { when: "no index", args: [] },
    { when: "an index that is none", args: ["-x"] },
    { when: "an index in other digits", args: ["01"] },
    { when: "an index beyond the end", args: ["5"] },
    { when: "two indices", args: ["1", "2"] },
  ])("a proof with $when: exit 2", async ({ args }) => {
    const { status, out, said } = await runCli([
      ...["ledger", "proof", ...args, "--repo", repository.directory],
    ]);
    expect([status, out]).toEqual([2, ""]);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });

  test("records that do not lead to the checkpoint: one line, exit 1, and no proof", async () => {
    const edited = sampleLedger();
    const [path = ""] = Object.keys(edited.commits.at(-1)?.files ?? {});
    await using other = await repositoryOf(edited.commit({ [path]: null }));
    const { status, out, said } = await runCli(["ledger", "proof", "1", "--repo", other.directory]);
    expect([status, out]).toEqual([1, ""]);
    expect(said).toMatch(ONE_LINE);
  });
});
