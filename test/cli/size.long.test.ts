/**
 * Changes, histories and policies of any size come to a verdict or to a refusal that says so, in
 * bounded time and memory. The ceilings are several times what an idle machine takes.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { fileChange, ImportStream, inlineFile, plantTreeBomb } from "./huge-repositories.ts";
import { type MeasuredRun, runMeasured } from "./run-measured.ts";

const NUMBERS = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const WORKFLOWS = ".github/workflows";

let fixture: FixtureRepository;
let stream: ImportStream;
beforeEach(async () => {
  fixture = await createFixtureRepository({ bare: true });
  stream = new ImportStream();
});
afterEach(() => fixture.dispose());

async function check(policies = ["bailiff:recommended"]): Promise<MeasuredRun> {
  const range = ["--base", "main", "--head", "topic", "--format", "json"];
  const named = policies.flatMap((policy) => ["--policy", policy]);
  return runMeasured(["check", "--repo", fixture.directory, ...range, ...named]);
}

function expectWithin(
  { cpuSeconds, peakMegabytes }: MeasuredRun,
  most: { readonly cpuSeconds: number; readonly megabytes: number },
): void {
  console.log(`  ${cpuSeconds.toFixed(1)} s of work, peak ${peakMegabytes.toFixed(0)} MB`);
  expect(cpuSeconds).toBeLessThan(most.cpuSeconds);
  expect(peakMegabytes).toBeLessThan(most.megabytes);
}

interface Shown {
  readonly verdict: {
    readonly decision: string;
    readonly policyIds: readonly string[];
    readonly reasons: readonly { readonly policyId: string; readonly path: string | null }[];
    readonly reasonsOmitted: number;
  };
}

function verdictOf({ out }: MeasuredRun): Shown["verdict"] {
  return (JSON.parse(out) as Shown).verdict;
}

describe("a change of", () => {
  test("fifty thousand new files is judged whole", async () => {
    const from = stream.commit("main", [inlineFile("a", "a")]);
    const files = NUMBERS(50_000).map((n) => inlineFile(`src/d${n % 97}/f${n}.ts`, `a(${n});\n`));
    stream.commit(
      "topic",
      [
        ...files,
        inlineFile(
          `${WORKFLOWS}/z.yml`,
          "on: push\npermissions: write-all\njobs: { a: { runs-on: x, steps: [{ run: make }] } }\n",
        ),
      ],
      { from },
    );
    await stream.importInto(fixture);
    const run = await check();
    expect(run.status).toBe(1);
    expect(verdictOf(run).policyIds).toEqual(["new-permissions"]);
    expectWithin(run, { cpuSeconds: 60, megabytes: 900 });
  });

  test("fifty thousand empty files that moved is a move", async () => {
    const empty = stream.blob("");
    const at = (folder: string): string[] =>
      NUMBERS(50_000).map((n) => fileChange(`${folder}/${n % 223}/${n}/__init__.py`, empty));
    const from = stream.commit("main", at("old"));
    stream.commit("topic", ["D old\n", ...at("new")], { from });
    await stream.importInto(fixture);
    const run = await check();
    expect(verdictOf(run)).toMatchObject({ decision: "ALLOW", reasons: [] });
    expectWithin(run, { cpuSeconds: 60, megabytes: 900 });
  });

  test("five thousand workflows denies, tells a thousand reasons and counts the rest", async () => {
    const from = stream.commit("main", [inlineFile("a", "a")]);
    const text = (n: number): string =>
      `on: push\npermissions: write-all\njobs: { a: { runs-on: x, steps: [{ run: 'echo ${n}' }] } }\n`;
    const files = NUMBERS(5_000).map((n) => inlineFile(`${WORKFLOWS}/f${n}.yml`, text(n)));
    stream.commit("topic", files, { from });
    await stream.importInto(fixture);
    const run = await check();
    const { decision, policyIds, reasons, reasonsOmitted } = verdictOf(run);
    expect({ decision, policyIds }).toEqual({
      decision: "DENY",
      policyIds: ["bailiff/incomplete-evidence", "new-permissions"],
    });
    expect({ shown: reasons.length, reasonsOmitted }).toEqual({
      shown: 1_000,
      reasonsOmitted: 4_000,
    });
    expectWithin(run, { cpuSeconds: 60, megabytes: 900 });
  });

  test("more files than are listed together is refused, not cut short", async () => {
    const from = stream.commit("main", [inlineFile("a", "a")]);
    const blob = stream.blob("b");
    stream.commit(
      "topic",
      NUMBERS(100_001).map((n) => fileChange(`d${n % 97}/f${n}`, blob)),
      { from },
    );
    await stream.importInto(fixture);
    const run = await check();
    expect({ status: run.status, out: run.out }).toEqual({ status: 3, out: "" });
    expectWithin(run, { cpuSeconds: 30, megabytes: 600 });
  });

  test("a hundred thousand paths of four kilobytes is refused before it fills the memory", async () => {
    const from = stream.commit("main", [inlineFile("a", "a")]);
    const blob = stream.blob("b");
    const above = `${"d".repeat(250)}/`.repeat(16);
    stream.commit(
      "topic",
      NUMBERS(90_000).map((n) => fileChange(`${above}${n % 223}/f${n}`, blob)),
      { from },
    );
    await stream.importInto(fixture);
    const run = await check();
    expect({ status: run.status, out: run.out }).toEqual({ status: 3, out: "" });
    expectWithin(run, { cpuSeconds: 30, megabytes: 500 });
  });

  test("one tree of twenty thousand names at five thousand places is refused, as three hundred kilobytes can hold", async () => {
    await plantTreeBomb(fixture, { folders: 5_000, files: 20_000 });
    const run = await check();
    expect({ status: run.status, out: run.out }).toEqual({ status: 3, out: "" });
    expectWithin(run, { cpuSeconds: 40, megabytes: 600 });
  });
});

test("files of a hundred megabytes are not read: as a workflow it denies, else it warns", async () => {
  const large = Buffer.alloc(100 * 1024 * 1024, "on: push\n");
  const binary = Buffer.alloc(large.length);
  const small = { [`${WORKFLOWS}/grown.yml`]: "on: push\n", "grown.txt": "a\n" };
  const base = await fixture.commit(small);
  await fixture.commit(
    {
      [`${WORKFLOWS}/grown.yml`]: large,
      [`${WORKFLOWS}/new.yml`]: large,
      "grown.txt": large,
      "new.bin": binary,
    },
    { branch: "topic", parents: [base] },
  );
  const run = await check();
  expect(run.status).toBe(1);
  const { policyIds, reasons } = verdictOf(run);
  expect(policyIds).toEqual(["bailiff/incomplete-evidence", "opaque-content"]);
  const pathsBy = (id: string): (string | null)[] =>
    reasons.filter(({ policyId }) => policyId === id).map(({ path }) => path);
  const workflows = [`${WORKFLOWS}/grown.yml`, `${WORKFLOWS}/new.yml`];
  expect(pathsBy("bailiff/incomplete-evidence")).toEqual(workflows);
  expect(pathsBy("opaque-content")).toEqual(expect.arrayContaining(["grown.txt", "new.bin"]));
  expectWithin(run, { cpuSeconds: 20, megabytes: 300 });
});

describe("a history of", () => {
  test("a hundred thousand commits since the base is walked and hashed", async () => {
    const root = stream.commit("main", [inlineFile("a", "a")]);
    let from = root;
    for (const n of NUMBERS(100_000)) {
      from = stream.commit("topic", [inlineFile("b", String(n))], { from });
    }
    stream.commit("main", [inlineFile("c", "c")], { from: root });
    await stream.importInto(fixture);
    const run = await check();
    expect(verdictOf(run)).toMatchObject({ decision: "ALLOW" });
    expectWithin(run, { cpuSeconds: 60, megabytes: 900 });
  });

  test.each([
    { what: "below the limit is judged in memory", commits: 1_900, status: 0 },
    { what: "above the limit is refused", commits: 4_000, status: 3 },
  ])("messages $what", async ({ commits, status }) => {
    const root = stream.commit("main", [inlineFile("a", "a")]);
    const message = "m".repeat(130_000);
    let from = root;
    for (const n of NUMBERS(commits)) {
      from = stream.commit("topic", [inlineFile("b", String(n))], { from, message });
    }
    stream.commit("main", [inlineFile("c", "c")], { from: root });
    await stream.importInto(fixture);
    const run = await check();
    expect(run.status).toBe(status);
    expectWithin(run, { cpuSeconds: 30, megabytes: 350 });
  });
});

test("two hundred thousand refs take nothing to pass by", async () => {
  const base = await fixture.commit({ a: "1" });
  const head = await fixture.commit({ a: "2" }, { branch: "topic", parents: [base] });
  const refs = NUMBERS(200_000).map(
    (n) => `${head} refs/pull/${String(n).padStart(6, "0")}/head\n`,
  );
  const header = "# pack-refs with: peeled fully-peeled sorted \n";
  await writeFile(join(fixture.gitDir, "packed-refs"), `${header}${refs.join("")}`);
  const run = await check();
  expect(run.status).toBe(0);
  expectWithin(run, { cpuSeconds: 10, megabytes: 250 });
});

test("ten thousand policies over five thousand files are too much to judge, which denies at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-many-"));
  const files = NUMBERS(10).map((file) => join(folder, `${file}.yml`));
  for (const [file, path] of files.entries()) {
    const one = (n: number): string =>
      `  - { id: p${n}-${file}, decision: WARN, each: files, match: { path: "src/${n}/**" } }\n`;
    await writeFile(path, `version: 1\npolicies:\n${NUMBERS(1_000).map(one).join("")}`);
  }
  const from = stream.commit("main", [inlineFile("a", "a")]);
  stream.commit(
    "topic",
    NUMBERS(5_000).map((n) => inlineFile(`src/${n}`, "a")),
    { from },
  );
  await stream.importInto(fixture);
  const run = await check(files);
  await rm(folder, { recursive: true });
  expect(run.status).toBe(1);
  expect(verdictOf(run)).toMatchObject({
    decision: "DENY",
    policyIds: ["bailiff/policy-error"],
    reasonsOmitted: 9_000,
  });
  expectWithin(run, { cpuSeconds: 40, megabytes: 600 });
});
