import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { runCli, spawnCli, type Ran } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";
const BAILIFF = join(import.meta.dirname, "../../bailiff");

let folder: string;
let key: string;
let repository: FixtureRepository;
let base: string;
let marker: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-run-"));
  key = join(folder, "key.pem");
  marker = join(folder, "it-ran");
  await runCli(["keys", "generate", "--out", key]);
  repository = await createFixtureRepository();
  base = await repository.commit({ [RELEASE]: workflows.RELEASE, "README.md": "hello\n" });
  await repository.commit({ [RELEASE]: workflows.RAISED }, { branch: "raise", parents: [base] });
  await repository.commit({ "README.md": "hi\n" }, { branch: "readme", parents: [base] });
  await runCli(["ledger", "init", "--repo", repository.directory, "--key", key]);
});
afterAll(async () => {
  await repository.dispose();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await rm(marker, { force: true });
  await repository.git("clean", "-q", "-f", "-d", "-x");
});

const TOUCH = ["sh", "-c", 'touch "$1"; exit 7', "sh"];

/** The words of `run` on a branch that is checked out. */
async function wordsOn(branch: string, ...options: readonly string[]): Promise<readonly string[]> {
  await repository.git("checkout", "-q", "-f", branch);
  const judged = ["--base", "main", "--policy", "bailiff:recommended"];
  return ["run", "--action", "deploy", "--repo", repository.directory, ...judged, ...options];
}

async function runOn(branch: string, ...options: readonly string[]): Promise<Ran> {
  return spawnCli([...(await wordsOn(branch, ...options)), "--", ...TOUCH, marker]);
}

const recording = (): readonly string[] => ["--record", "--key", key];

interface Printed {
  readonly verdict: { readonly decision: string };
  readonly record: { readonly index: number; readonly leaf: string } | null;
  readonly execution: {
    readonly attempt: string;
    readonly status: string;
    readonly exitCode: number;
    readonly signal: string | null;
    readonly record: { readonly index: number } | null;
  };
}

interface ShownRecord {
  readonly kind: string;
  readonly leaf: string;
  readonly statement: { readonly predicate: Record<string, unknown> };
}

/** The exit status of a program that has one more variable. */
async function exitOf(program: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "ignore" });
  const [status] = (await once(child, "exit")) as [number | null];
  return status;
}

async function recordAt(index: number): Promise<ShownRecord> {
  const args = ["ledger", "show", String(index), "--repo", repository.directory];
  return JSON.parse((await runCli([...args, "--format", "json"])).out) as ShownRecord;
}

async function size(): Promise<number> {
  const args = ["ledger", "verify", "--repo", repository.directory, "--format", "json"];
  const { out, status } = await runCli(args);
  expect(status).toBe(0);
  return (JSON.parse(out) as { size: number }).size;
}

describe("a policy violation", () => {
  test("prevents the run, exit 125, and the record says what was blocked by what", async () => {
    const ran = await runOn("raise", ...recording(), "--format", "json");
    expect(ran.status).toBe(125);
    expect(existsSync(marker)).toBe(false);
    expect(ran.out).toBe("");
    const { verdict, record, execution } = JSON.parse(ran.said) as Printed;
    expect(verdict.decision).toBe("DENY");
    expect(execution).toMatchObject({ status: "blocked", cause: "denied", exitCode: 125 });

    const blocked = await recordAt(execution.record?.index ?? -1);
    expect(blocked.kind).toBe("execution");
    expect(blocked.statement.predicate).toMatchObject({
      phase: "blocked",
      cause: "denied",
      verdictLeaf: record?.leaf,
      action: { name: "deploy", attempt: execution.attempt },
    });
    const judged = await recordAt(record?.index ?? -1);
    expect(judged.statement.predicate).toMatchObject({
      action: { kind: "command", name: "deploy", attempt: execution.attempt },
    });
    expect(await size()).toBe((execution.record?.index ?? -1) + 1);
  });

  test("is told in the lineage from the action to what became of it", async () => {
    await runOn("raise", ...recording());
    await runOn("readme", ...recording());
    const { out } = await runCli(["lineage", "--repo", repository.directory]);
    const [denied, allowed] = ["DENY", "ALLOW"].map((decision) =>
      out.split("\n\n").find((tree) => tree.includes(`: ${decision}`)),
    );
    expect(denied).toMatch(/^command deploy \(run .*failed new-permissions.*execution blocked/s);
    expect(allowed).toMatch(/execution started .*; ended with exit code 7 /);
    const { out: asked } = await runCli([
      ...["lineage", "--repo", repository.directory, "--decision", "DENY"],
    ]);
    expect(asked).toContain("execution blocked");
    expect(asked).not.toContain("execution started");
  });

  test("prevents nothing in simulation, and the record says that it was one", async () => {
    const ran = await runOn("raise", ...recording(), "--simulate", "--format", "json");
    expect(ran.status).toBe(7);
    expect(existsSync(marker)).toBe(true);
    const { execution } = JSON.parse(ran.said) as Printed;
    const ended = await recordAt(execution.record?.index ?? -1);
    expect(ended.statement.predicate).toMatchObject({ phase: "ended", simulation: true });
  });
});

describe("what is allowed", () => {
  test("runs in the folder that was judged, and its exit code is returned", async () => {
    const words = await wordsOn("readme");
    const ran = await spawnCli([...words, "--", "sh", "-c", "pwd; cat README.md; exit 9"]);
    expect(ran).toMatchObject({ status: 9, out: `${repository.directory}\nhi\n` });
    expect(ran.said).toContain("--record");
  });

  test("is on the record as started and ended, joined by its attempt", async () => {
    const ran = await runOn("readme", ...recording(), "--format", "json");
    const { record, execution } = JSON.parse(ran.said) as Printed;
    const end = execution.record?.index ?? -1;
    const [started, ended] = [await recordAt(end - 1), await recordAt(end)];
    expect(record?.index).toBe(end - 2);
    expect(started.statement.predicate).toMatchObject({ phase: "started" });
    expect(ended.statement.predicate).toMatchObject({
      ...{ phase: "ended", exitCode: 7, signal: null, failure: null },
      startedLeaf: started.leaf,
      action: { attempt: execution.attempt },
    });
  });

  test("writes nothing into the repository without --record", async () => {
    await repository.git("checkout", "-q", "-f", "readme");
    const before = [await repository.git("for-each-ref"), await repository.git("count-objects")];
    expect((await runOn("readme")).status).toBe(7);
    expect(existsSync(marker)).toBe(true);
    const after = [await repository.git("for-each-ref"), await repository.git("count-objects")];
    expect(after).toEqual(before);
  });

  test("inherits none of Bailiff's credentials, and everything else", async () => {
    const pem = await readFile(key, "utf8");
    const words = await wordsOn("readme", "--record");
    const env = { BAILIFF_SIGNING_KEY: pem, SIGNING_KEY_COPY: pem, BAILIFF_X: "x", MINE: "mine" };
    const ran = await spawnCli([...words, "--", "env"], env);
    expect(ran.status).toBe(0);
    expect(ran.out).toContain("MINE=mine\n");
    expect(ran.out).not.toMatch(/BAILIFF_|SIGNING_KEY_COPY|PRIVATE KEY/);
  });

  test("is given the exit code of the command where the temporary folder went meanwhile", async () => {
    const temporary = join(folder, "temporary");
    await mkdir(temporary);
    const words = await wordsOn("readme");
    const spoil = 'rm -r "$TMPDIR" && touch "$TMPDIR" && exit 6';
    const ran = await spawnCli([...words, "--", "sh", "-c", spoil], { TMPDIR: temporary });
    await rm(temporary);
    expect(ran.status).toBe(6);
  });

  test.each([
    { when: "a file that is open already", by: "exec 20<$KEY", named: "/dev/fd/20" },
    { when: "a file that is open under its name", by: "exec 20<$KEY", named: "$KEY" },
    { when: "a pipe that can be read once", by: "exec 20< <(cat $KEY)", named: "/dev/fd/20" },
  ])("finds no key where it came from $when", async ({ by, named }) => {
    const words = await wordsOn("readme", "--record", "--key");
    const look = "test -e /dev/fd/20 && exit 9; exit 4";
    const script = `${by}; exec "$0" "$@" ${named} -- sh -c '${look}'`;
    const status = await exitOf("bash", ["-c", script, BAILIFF, ...words], { KEY: key });
    expect(status).toBe(4);
  });

  test("gets its own words, whatever they look like", async () => {
    const words = await wordsOn("readme", "--format", "json");
    const ran = await spawnCli([...words, "--", "echo", "--help", "--", "$HOME", "--format"]);
    expect(ran).toMatchObject({ status: 0, out: "--help -- $HOME --format\n" });
    expect(ran.said.trimEnd().split("\n")).toHaveLength(1);
  });

  test.each([
    { when: "it is nowhere", command: "no-such-command", status: 127, failure: "not-found" },
    {
      when: "it cannot be executed",
      command: "./README.md",
      status: 126,
      failure: "not-executable",
    },
  ])("is told as shells do where $when, with its end", async ({ command, status, failure }) => {
    const words = await wordsOn("readme", ...recording(), "--format", "json");
    const ran = await spawnCli([...words, "--", command]);
    expect(ran.status).toBe(status);
    const { execution } = JSON.parse(ran.said) as Printed;
    const ended = await recordAt(execution.record?.index ?? -1);
    expect(ended.statement.predicate).toMatchObject({ phase: "ended", exitCode: status, failure });
  });

  test("has its end said aloud where that cannot be recorded", async () => {
    const words = await wordsOn("readme", ...recording());
    const spoil = 'mv "$1" "$1.away" && exit 5';
    const branch = join(repository.gitDir, "refs/heads/governance-ledger");
    const ran = await spawnCli([...words, "--", "sh", "-c", spoil, "sh", branch]);
    await repository.git(
      "update-ref",
      "refs/heads/governance-ledger",
      (await readFile(`${branch}.away`, "utf8")).trim(),
    );
    await rm(`${branch}.away`);
    expect(ran.status).toBe(5);
    expect(ran.said).toContain("NOT ON THE RECORD");
    const { out } = await runCli(["lineage", "--repo", repository.directory]);
    expect(out).toContain("no end recorded");
  });
});

describe("a work tree that is not what was judged", () => {
  const spoilt: readonly { when: string; act: () => Promise<unknown> }[] = [
    { when: "has a new file", act: () => writeFile(place("Makefile"), "x") },
    {
      when: "has another commit checked out",
      act: () => repository.git("checkout", "-q", "-f", "main"),
    },
  ];

  function place(path: string): string {
    return join(repository.directory, path);
  }

  test.each(spoilt)("is refused where it $when, exit 125", async ({ act }) => {
    const words = await wordsOn("readme", "--head", "readme");
    await act();
    const ran = await spawnCli([...words, "--", ...TOUCH, marker]);
    expect(ran.status).toBe(125);
    expect(existsSync(marker)).toBe(false);
    expect(ran.said).toContain("--allow-dirty");
  });

  test("is refused where the signing key lies in it, with what to do about the key", async () => {
    const words = await wordsOn("readme", "--record", "--key", place("key.pem"));
    await copyFile(key, place("key.pem"));
    const ran = await spawnCli([...words, "--", ...TOUCH, marker]);
    expect(ran.status).toBe(125);
    expect(ran.said).toContain("keep it outside of the repository");
    expect(ran.said).not.toContain("--allow-dirty");
  });

  test("is run on with --allow-dirty, and the record says how it differed", async () => {
    const words = await wordsOn("readme", ...recording(), "--allow-dirty", "--format", "json");
    await writeFile(place("Makefile"), "x");
    const ran = await spawnCli([...words, "--", ...TOUCH, marker]);
    expect(ran.status).toBe(7);
    const { execution } = JSON.parse(ran.said) as Printed;
    const ended = await recordAt(execution.record?.index ?? -1);
    expect(ended.statement.predicate["workTree"]).toEqual({
      allowDirty: true,
      differences: [{ path: "Makefile", kind: "untracked" }],
    });
  });

  test("is not left through a link that leads out of it", async () => {
    const link = { mode: "120000", content: folder } as const;
    await repository.commit({ out: link }, { branch: "linked", parents: [base] });
    const words = await wordsOn("linked", "--simulate");
    const at = words.map((word) => (word === repository.directory ? place("out") : word));
    const ran = await spawnCli([...at, "--", ...TOUCH, marker]);
    expect(ran.status).toBe(125);
    expect(existsSync(marker)).toBe(false);
  });
});

describe("a signal", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "%s reaches the command, whose end is recorded and returned",
    async (signal) => {
      const words = await wordsOn("readme", ...recording(), "--format", "json");
      const { ended, said } = await signalled(
        [...words, "--", "sh", "-c", "echo up; exec sleep 60"],
        signal,
      );
      const number = { SIGTERM: 15, SIGINT: 2, SIGHUP: 1 }[signal];
      expect(ended).toEqual({ status: 128 + number, signal: null });
      expect((JSON.parse(said) as Printed).execution).toMatchObject({ signal, status: "ended" });
    },
  );

  test("that the command withstands leaves both running", async () => {
    const trap = 'trap "echo again; exit 4" TERM; echo up; while :; do sleep 0.05; done';
    const words = await wordsOn("readme");
    const { ended, out } = await signalled([...words, "--", "sh", "-c", trap], "SIGTERM");
    expect(out).toBe("up\nagain\n");
    expect(ended).toEqual({ status: 4, signal: null });
  });
});

describe("what is ours to refuse ends in 125", () => {
  test.each<{ when: string; args: readonly string[] }>([
    { when: "no command", args: ["--action", "deploy"] },
    { when: "nothing after --", args: ["--action", "deploy", "--"] },
    { when: "an empty word for a command", args: ["--action", "deploy", "--", ""] },
    { when: "no name of the action", args: ["--", "true"] },
    { when: "a name that is none", args: ["--action", "a b", "--", "true"] },
    { when: "an unknown option", args: ["--action", "deploy", "--frobnicate", "--", "true"] },
    { when: "an unknown format", args: ["--action", "deploy", "--format", "sarif", "--", "true"] },
    {
      when: "a folder that is not there",
      args: ["--action", "x", "--repo", "/nowhere", "--", "true"],
    },
    { when: "no repository", args: ["--action", "x", "--repo", "/", "--", "true"] },
    { when: "recording without a key", args: ["--action", "x", "--record", "--", "true"] },
    { when: "a word that is not UTF-8", args: ["--action", "x", "--", "echo", "\u{FFFD}"] },
    {
      when: "a key that cannot be read, and so not be withheld",
      args: ["--action", "x", "--record", "--key", "/nowhere", "--", "true"],
    },
    {
      when: "a key for a record that nobody asked for",
      args: ["--action", "x", "--key", "key.pem", "--", "true"],
    },
  ])("$when: one line", async ({ args }) => {
    const repo = args.includes("--repo") ? [] : ["--repo", repository.directory];
    const { status, out, said } = await runCli(["run", ...repo, ...args]);
    expect(status).toBe(125);
    expect(out).toBe("");
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });

  test("a bare repository", async () => {
    await using bare = await createFixtureRepository({ bare: true });
    await bare.commit({ "a.txt": "x" });
    const { status } = await runCli([
      "run",
      "--action",
      "x",
      "--repo",
      bare.directory,
      "--",
      "true",
    ]);
    expect(status).toBe(125);
  });

  test("a key on a stream that the command would inherit", async () => {
    const words = await wordsOn("readme", "--record", "--key", "/dev/stdin");
    const script = 'exec "$0" "$@" -- sh -c "exit 9" <$KEY';
    expect(await exitOf("bash", ["-c", script, BAILIFF, ...words], { KEY: key })).toBe(125);
  });

  test("a ledger that refuses", async () => {
    const ran = await runOn(
      "readme",
      ...recording(),
      "--root",
      "0".repeat(64),
      "--repository-id",
      "1",
    );
    expect(ran.status).toBe(125);
    expect(existsSync(marker)).toBe(false);
  });

  test("help is none", async () => {
    const { status, out } = await runCli(["run", "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(/^bailiff run --action NAME/);
  });
});

/** Runs `./bailiff` and sends it a signal once its command says something. */
function signalled(args: readonly string[], signal: NodeJS.Signals) {
  const child = spawn(BAILIFF, args, { stdio: ["ignore", "pipe", "pipe"] });
  let [out, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    if (out === "") child.kill(signal);
    out += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  const { promise, resolve } = Promise.withResolvers<{
    readonly ended: { readonly status: number | null; readonly signal: string | null };
    readonly out: string;
    readonly said: string;
  }>();
  child.on("close", (status, by) => {
    resolve({ ended: { status, signal: by }, out, said });
  });
  return promise;
}
