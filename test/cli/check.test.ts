import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { runCli, spawnCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";

interface Checked {
  readonly verdict: {
    readonly decision: string;
    readonly reasons: readonly {
      readonly path: string;
      readonly line: number;
      readonly remedy: string;
    }[];
    readonly provenance: { readonly simulation: boolean };
  };
  readonly checks: readonly { readonly policyId: string; readonly outcome: string }[];
  readonly change: { readonly base: string; readonly head: string; readonly mergeBase: string };
  readonly record: null;
}

let repository: FixtureRepository;
let base: string;
let repo: readonly string[];

beforeAll(async () => {
  repository = await createFixtureRepository();
  base = await repository.commit({ [RELEASE]: workflows.RELEASE, "README.md": "hello\n" });
  repo = ["--repo", repository.directory];
});
afterAll(() => repository.dispose());

function change(files: Parameters<FixtureRepository["commit"]>[0]): Promise<string> {
  return repository.commit(files, { branch: "topic", parents: [base] });
}

async function check(head: string, ...options: readonly string[]) {
  const range = ["--base", base, "--head", head];
  const { status, out, said } = await runCli(["check", ...repo, ...range, ...options]);
  return { status, said, out };
}

const enforced = ["--policy", "bailiff:recommended", "--format", "json"];

describe("check by the recommended pack", () => {
  test("a raised permission is denied at its line, with a remedy, exit 1", async () => {
    const head = await change({ [RELEASE]: workflows.RAISED });
    const { status, out } = await check(head, ...enforced);
    const { verdict, change: judged, record } = JSON.parse(out) as Checked;
    expect(status).toBe(1);
    expect(verdict.decision).toBe("DENY");
    expect(verdict.reasons).toHaveLength(1);
    expect(verdict.reasons[0]).toMatchObject({ path: RELEASE, line: 6 });
    expect(verdict.reasons[0]?.remedy).toContain(head.slice(0, 7));
    expect(judged).toEqual({ base, head, mergeBase: base });
    expect(record).toBeNull();
  });

  test.each([
    { when: "a file is reformatted", files: { [RELEASE]: workflows.REFORMATTED } },
    {
      when: "a job moves to another file",
      files: {
        [RELEASE]: workflows.WITHOUT_PUBLISH,
        ".github/workflows/publish.yml": workflows.PUBLISH_ALONE,
      },
    },
    {
      when: "a file is renamed",
      files: { [RELEASE]: null, ".github/workflows/ship.yml": workflows.RELEASE },
    },
    { when: "nothing that grants is touched", files: { "README.md": "hello, world\n" } },
  ])("allows with exit 0 when $when", async ({ files }) => {
    const { status, out } = await check(await change(files), ...enforced);
    expect((JSON.parse(out) as Checked).verdict).toMatchObject({ decision: "ALLOW", reasons: [] });
    expect(status).toBe(0);
  });

  test("a harmless job deleted and a hostile one added with its scope is denied", async () => {
    const { status, out } = await check(
      await change({ [RELEASE]: workflows.HOSTILE }),
      ...enforced,
    );
    expect((JSON.parse(out) as Checked).verdict.decision).toBe("DENY");
    expect(status).toBe(1);
  });

  test("a privileged trigger is denied", async () => {
    const triggered = workflows.RELEASE.replace("on:\n", "on:\n  pull_request_target:\n");
    const { status, out } = await check(await change({ [RELEASE]: triggered }), ...enforced);
    expect((JSON.parse(out) as Checked).checks).toContainEqual(
      expect.objectContaining({ policyId: "new-permissions", outcome: "fail" }),
    );
    expect(status).toBe(1);
  });

  test("a symbolic link in the place of a workflow is denied", async () => {
    const link = { mode: "120000", content: "../../README.md" } as const;
    const { status, out } = await check(await change({ [RELEASE]: link }), ...enforced);
    expect(JSON.stringify(JSON.parse(out))).toContain("bailiff/incomplete-evidence");
    expect(status).toBe(1);
  });
});

describe("a file that the base has moved since", () => {
  const HARMLESS = workflows.RELEASE.replace("contents: write", "contents: read");
  const GRANTING = HARMLESS.replace("contents: read", "contents: write");
  const SHIP = ".github/workflows/ship.yml";

  async function judged(main: Parameters<typeof change>[0], topic: Parameters<typeof change>[0]) {
    await using moved = await createFixtureRepository();
    const fork = await moved.commit({ "off/ship.yml": HARMLESS, "README.md": "hello\n" });
    await moved.commit(main);
    const head = await moved.commit(topic, { branch: "topic", parents: [fork] });
    const range = ["--repo", moved.directory, "--base", "main", "--head", head];
    const { status, out } = await runCli(["check", ...range, ...enforced]);
    return { status, verdict: (JSON.parse(out) as Checked).verdict };
  }

  test.each([
    { when: "an edit would land in a workflow", path: "off/ship.yml" },
    { when: "a new file would land beside it", path: "off/new.yml" },
  ])("is denied at its place, exit 1, where $when", async ({ path }) => {
    const main = { "off/ship.yml": null, [SHIP]: HARMLESS };
    const { status, verdict } = await judged(main, { [path]: GRANTING });
    expect(verdict.decision).toBe("DENY");
    expect(verdict.reasons).toMatchObject([{ policyId: "bailiff/incomplete-evidence", path }]);
    expect(status).toBe(1);
  });

  test("is denied where the change renames into a workflow what the base gave a grant", async () => {
    const topic = { "off/ship.yml": null, [SHIP]: HARMLESS };
    const { status, verdict } = await judged({ "off/ship.yml": GRANTING }, topic);
    expect(verdict.reasons).toMatchObject([
      { policyId: "bailiff/incomplete-evidence", path: SHIP },
    ]);
    expect(status).toBe(1);
  });

  test.each([
    { when: "it became no workflow", main: { "off/ship.yml": null, "src/ship.yml": HARMLESS } },
    { when: "it is not what the change touches", main: { "README.md": null, [SHIP]: HARMLESS } },
  ])("is allowed with exit 0 where $when", async ({ main }) => {
    const { status, verdict } = await judged(main, { "off/ship.yml": GRANTING });
    expect(verdict).toMatchObject({ decision: "ALLOW", reasons: [] });
    expect(status).toBe(0);
  });
});

describe("which policies judge", () => {
  test("without any, the recommended pack in simulation: told, and exit 0", async () => {
    const { status, out } = await check(
      await change({ [RELEASE]: workflows.RAISED }),
      "--format",
      "json",
    );
    const { verdict } = JSON.parse(out) as Checked;
    expect(verdict).toMatchObject({ decision: "DENY", provenance: { simulation: true } });
    expect(status).toBe(0);
  });

  test("the repository's own at the base, never those that the change brings", async () => {
    const policy = `version: 1\npolicies:\n  - id: readme\n    decision: DENY\n    each: files\n    match: { path: README.md }\n`;
    const governed = await repository.commit(
      { ".github/bailiff.yml": policy },
      { branch: "governed", parents: [base] },
    );
    const head = await repository.commit(
      {
        ".github/bailiff.yml": "version: 1\nextends: [bailiff:recommended@1]\n",
        "README.md": "x\n",
      },
      { branch: "governed-topic", parents: [governed] },
    );
    const { status, out } = await runCli([
      ...["check", ...repo, "--base", governed, "--head", head, "--format", "json"],
    ]);
    expect((JSON.parse(out) as Checked).checks.map(({ policyId }) => policyId)).toContain("readme");
    expect(status).toBe(1);
  });

  test("--simulate never fails, and says so", async () => {
    const head = await change({ [RELEASE]: workflows.RAISED });
    const { status, out } = await check(head, "--policy", "bailiff:recommended", "--simulate");
    expect(status).toBe(0);
    expect(out).toContain("in simulation");
  });
});

describe("the first commit of a repository", () => {
  test("is held against the empty tree", async () => {
    await using fresh = await createFixtureRepository();
    await fresh.commit({ [RELEASE]: workflows.RELEASE });
    const { status, out } = await runCli(["check", "--repo", fresh.directory, ...enforced]);
    expect((JSON.parse(out) as Checked).verdict.decision).toBe("DENY");
    expect(status).toBe(1);
  });

  test("is so too where the empty tree is named as its base", async () => {
    const emptyTree = await repository.gitWithInput("", "hash-object", "-t", "tree", "--stdin");
    const range = ["--base", emptyTree, "--head", base];
    const { status, out } = await runCli(["check", ...repo, ...range, ...enforced]);
    expect((JSON.parse(out) as Checked).change.base).toBe(emptyTree);
    expect(status).toBe(1);
  });
});

describe("bad input ends in one clear line and the contract's exit status", () => {
  const aliasBomb = `on: push
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
jobs: { build: { runs-on: x, steps: [] } }
`;

  test.each([
    { when: "a workflow cannot be parsed", text: "on: push\njobs:\n  a: [\n", line: true },
    { when: "a workflow has 5 MB", text: `#${"x".repeat(5 * 1024 * 1024)}\n`, line: false },
    { when: "a workflow is an alias bomb", text: aliasBomb, line: true },
    { when: "a workflow nests without end", text: `on: ${"[".repeat(100_000)}`, line: true },
  ])("$when: denied at its place, exit 1", async ({ text, line }) => {
    const { status, out } = await check(await change({ [RELEASE]: text }), ...enforced);
    const { verdict } = JSON.parse(out) as Checked;
    expect(verdict.reasons[0]).toMatchObject({
      policyId: "bailiff/incomplete-evidence",
      path: RELEASE,
    });
    expect(typeof verdict.reasons[0]?.line === "number").toBe(line);
    expect(status).toBe(1);
  });

  test.each([
    { when: "an unknown revision", args: ["--head", "nowhere"] },
    { when: "a revision that looks like an option", args: ["--head", "--upload-pack=x"] },
    { when: "an empty range", args: ["--base", "main", "--head", "main"] },
    { when: "an unknown option", args: ["--frobnicate"] },
    { when: "a stray word", args: ["frobnicate"] },
    { when: "an unknown format", args: ["--format", "xml"] },
    { when: "an unknown pack", args: ["--policy", "bailiff:nothing"] },
    { when: "a policy file that is not there", args: ["--policy", "nowhere.yml"] },
    { when: "recording without a key", args: ["--record"] },
    { when: "a key without --record", args: ["--key", "key.pem"] },
    { when: "a root without --record", args: ["--root", "0".repeat(64)] },
    { when: "a repository's id without --record", args: ["--repository-id", "1"] },
  ])("$when: exit 2", async ({ args }) => {
    const { status, out, said } = await runCli(["check", ...repo, ...args]);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(said).toMatch(/^bailiff: [^\n]+; [^\n]+\n$/);
  });

  test.each([
    { when: "an unknown key", policy: "match: { delta: added }\n    frobnicate: 1", place: "6:5" },
    { when: "an unknown operator", policy: "when: { frobnicate: [1] }", place: "5:13" },
    { when: "an unknown fact", policy: "match: { colour: red }", place: "5:14" },
  ])("a policy with $when: its place, exit 2", async ({ policy, place }) => {
    const path = join(repository.directory, "policy.yml");
    await writeFile(
      path,
      `version: 1\npolicies:\n  - id: x\n    decision: DENY\n    ${policy}\n    each: capabilities\n`,
    );
    const { status, said } = await check(await change({ "README.md": "y\n" }), "--policy", path);
    expect(status).toBe(2);
    expect(said).toContain(`bailiff: ${path}:${place}: `);
  });

  test("a policy with two problems: a line for each, with its own place and remedy", async () => {
    const path = join(repository.directory, "policy.yml");
    await writeFile(
      path,
      `version: 1\npolicies:\n  - id: x\n    decision: MAYBE\n    each: some\n`,
    );
    const { said } = await check(await change({ "README.md": "z\n" }), "--policy", path);
    const lines = said.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines)
      expect(line).toMatch(/^bailiff: [^ ]+policy\.yml:\d+:\d+: [^;]+; .+$/);
  });

  test("a key of the wrong kind: one remedy", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const path = join(repository.directory, "ec.pem");
    await writeFile(path, privateKey.export({ type: "pkcs8", format: "pem" }));
    const { status, said } = await runCli(["keys", "show", "--key", path]);
    expect(status).toBe(2);
    expect(said.match(/keys generate/g)).toHaveLength(1);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });

  test("a repository without a commit: told of HEAD, not of an option that nobody gave", async () => {
    await using fresh = await createFixtureRepository();
    const { status, said } = await runCli(["check", "--repo", fresh.directory]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: HEAD names no commit/);
  });

  test.each(["check", "facts", "run"])("%s says that a folder is not there", async (command) => {
    const words = command === "run" ? ["--action", "x", "--", "true"] : [];
    const { said } = await runCli([command, "--repo", "/nowhere", ...words]);
    expect(said).toMatch(/^bailiff: there is no folder \/nowhere; [^\n]+\n$/);
  });

  test.each([
    { when: "is the head itself", head: "main" },
    { when: "already holds the head", head: "main~1" },
  ])("an empty range whose base $when tells a base that nobody named", async ({ head }) => {
    await using fresh = await createFixtureRepository();
    for (const a of ["1", "2", "3"]) await fresh.commit({ a });
    const range = ["check", "--repo", fresh.directory, "--head", head];
    const guessed = await runCli(range);
    const named = await runCli([...range, "--base", "main"]);
    expect([guessed.status, named.status]).toEqual([2, 2]);
    expect(guessed.said).toContain("no --base was given, so main was taken");
    expect(named.said).not.toContain("no --base");
  });

  test("a stray word is told whole, dots and all", async () => {
    const { said } = await runCli(["check", ...repo, "policy.yml"]);
    expect(said).toMatch(/^bailiff: check: Unexpected argument 'policy\.yml'; see /);
  });

  test("a key's file in the place of the key itself: what the variable wants, and not a word of it", async () => {
    const { status, said } = await runCli(["keys", "show"], { BAILIFF_SIGNING_KEY: "secret.pem" });
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: BAILIFF_SIGNING_KEY [^\n]+--key FILE\n$/);
    expect(said).not.toContain("secret");
  });

  test("what the machine refuses: exit 3, one line without a stack", async () => {
    const ran = await spawnCli(["check", ...repo], { TMPDIR: "/nonexistent" });
    expect(ran.status).toBe(3);
    expect(ran.said).toMatch(/^bailiff: ENOENT[^\n]+\n$/);
  });

  test("not a repository: exit 2, one line with a remedy", async () => {
    const { status, said } = await runCli(["check", "--repo", "/"]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });
});

describe("the program", () => {
  test("prints one JSON document on stdout and nothing else", async () => {
    const head = await change({ [RELEASE]: workflows.RAISED });
    const ran = await spawnCli(["check", ...repo, "--base", base, "--head", head, ...enforced]);
    expect(ran.status).toBe(1);
    expect(ran.said).toBe("");
    expect((JSON.parse(ran.out) as Checked).verdict.decision).toBe("DENY");
  });

  test("`facts` prints the document that policies see", async () => {
    const head = await change({ [RELEASE]: workflows.RAISED });
    const { status, out } = await runCli(["facts", ...repo, "--base", base, "--head", head]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schema: "bailiff.dev/facts/v1",
      capabilities: [{ name: "contents", delta: "raised", before: "read", after: "write" }],
    });
  });

  test("no command, an unknown one, and help", async () => {
    expect(await runCli([])).toMatchObject({ status: 2, out: "" });
    expect((await runCli(["frobnicate"])).status).toBe(2);
    expect((await runCli(["check", "-h"])).out).toMatch(/^bailiff check/);
    expect(await runCli(["help", "check"])).toEqual(await runCli(["check", "-h"]));
    expect((await runCli(["ledger", "pin", "-h"])).out).toMatch(/^bailiff ledger pin.*\n.+\n$/);
    expect((await runCli(["help", "frobnicate"])).status).toBe(2);
    expect(await runCli(["--version"])).toMatchObject({ status: 0, out: "0.1.0\n" });
    const help = await runCli(["--help"]);
    expect(help.status).toBe(0);
    for (const command of ["check", "facts", "ledger init", "lineage", "keys generate"]) {
      expect(help.out).toContain(`bailiff ${command}`);
    }
  });

  test.skipIf(!existsSync("/dev/full"))("output that cannot be written is no DENY", async () => {
    await using full = await open("/dev/full", "w");
    const ran = await spawnCli(["--help"], {}, { stdout: full.fd });
    expect(ran.status).toBe(3);
    expect(ran.said).toMatch(/^bailiff: the output was not written: ENOSPC[^\n]+\n$/);
  });

  test("a reader of stderr that left does not change the exit status", async () => {
    const ran = await spawnCli(["frobnicate"], {}, { closeStderr: true });
    expect(ran.status).toBe(2);
  });

  test("an older Node is told what it needs, exit 3", async () => {
    const older = `Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;
    const ran = await spawnCli(["check"], {
      NODE_OPTIONS: `--import=data:text/javascript,${older}`,
    });
    expect(ran.status).toBe(3);
    expect(ran.said).toMatch(/^bailiff: this is Node 20\.20\.2; [^\n]+\n$/);
  });
});
