import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signCheckpoint } from "../../ledger/format/checkpoint.ts";
import { signEnvelope } from "../../ledger/format/envelope.ts";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import type { PlannedCommit } from "../ledger/fake-clone.ts";
import { LEDGER_KEY, sampleLedger, verdictLine } from "../ledger/ledger-builder.ts";
import { statementOf, verdictPredicateOf } from "../ledger/verdict-fixture.ts";
import { THIEF } from "../ledger/verify/attacks/attack.ts";
import { runCli, spawnCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";
const VERIFIED = { ok: true, problems: [] };

let folder: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-cli-"));
  key = join(folder, "key.pem");
  expect((await runCli(["keys", "generate", "--out", key])).status).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function withLedger(): Promise<FixtureRepository & { readonly pin: string }> {
  const repository = await createFixtureRepository();
  const base = await repository.commit({ [RELEASE]: workflows.RELEASE });
  await repository.commit({ [RELEASE]: workflows.RAISED }, { branch: "raise", parents: [base] });
  await repository.commit({ "README.md": "hello\n" }, { branch: "readme", parents: [base] });
  const init = await runCli(["ledger", "init", "--repo", repository.directory, "--key", key]);
  expect(init.status).toBe(0);
  return { ...repository, pin: init.out.trim() };
}

function recordingCheck(directory: string, head: string): readonly string[] {
  const judged = ["--base", "main", "--head", head, "--policy", "bailiff:recommended"];
  return ["check", "--repo", directory, ...judged, "--record", "--key", key, "--format", "json"];
}

async function verify(directory: string, ...options: readonly string[]) {
  const args = ["ledger", "verify", "--repo", directory, "--format", "json", ...options];
  const { status, out } = await runCli(args);
  return { status, verification: JSON.parse(out) as { pin: string; size: number } };
}

describe("keys", () => {
  test("a new key is readable by its owner alone, and never overwrites a file", async () => {
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    const again = await runCli(["keys", "generate", "--out", key]);
    expect(again.status).toBe(2);
  });

  test("a new key without a file is its PEM on stdout, and nothing else", async () => {
    const { status, out, said } = await runCli(["keys", "generate"]);
    expect(status).toBe(0);
    expect(said).toBe("");
    const shown = await runCli(["keys", "show"], { BAILIFF_SIGNING_KEY: out });
    expect(shown.status).toBe(0);
  });

  test("show tells id and public half, from a file or the environment, and nothing more", async () => {
    const pem = await readFile(key, "utf8");
    const [file, environment] = [
      await runCli(["keys", "show", "--key", key]),
      await runCli(["keys", "show"], { BAILIFF_SIGNING_KEY: pem }),
    ];
    expect(file.out).toBe(environment.out);
    expect(Object.keys(JSON.parse(file.out) as object)).toEqual(["id", "public"]);
  });

  test.each([
    {
      when: "another kind",
      pem: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    },
    { when: "no PEM at all", pem: "hello" },
    { when: "empty", pem: "" },
  ])("a key that is $when: one line, exit 2, and not a word of the key", async ({ pem }) => {
    const path = join(folder, "odd.pem");
    await writeFile(path, pem);
    const { status, said } = await runCli(["keys", "show", "--key", path]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
    expect(said).not.toContain("AAAA");
  });
});

describe("a ledger of one's own", () => {
  test("init, a recorded check, verify, pin, log, show, lineage", async () => {
    await using ledger = await withLedger();
    const { directory, pin } = ledger;
    const recorded = await runCli(recordingCheck(directory, "raise"));
    expect(recorded.status).toBe(1);
    const { record } = JSON.parse(recorded.out) as { record: { index: number; leaf: string } };
    expect(record.index).toBe(1);
    expect(record.leaf).toMatch(/^[0-9a-f]{64}$/);

    const { status, verification } = await verify(directory, "--pin", pin);
    expect(status).toBe(0);
    expect(verification).toMatchObject({ ...VERIFIED, size: 2 });
    const pinned = await runCli(["ledger", "pin", "--repo", directory]);
    expect(pinned.out.trim()).toBe(verification.pin);

    const log = await runCli(["ledger", "log", "--repo", directory]);
    expect(log.out.split("\n")).toHaveLength(3);
    expect(log.out).toContain("DENY");
    const shown = await runCli(["ledger", "show", "1", "--repo", directory, "--format", "json"]);
    expect(JSON.parse(shown.out)).toMatchObject({ index: 1, leaf: record.leaf, kind: "verdict" });
    const head = await ledger.git("rev-parse", "raise");
    const lineage = await runCli(["lineage", "--repo", directory, "--commit", head.slice(0, 9)]);
    expect(lineage.out).toContain("jobs.build: contents read → write");
    const none = await runCli(["lineage", "--repo", directory, "--decision", "WARN"]);
    expect(none.out).toContain("No record matches");
  });

  test("four checks at once are four records, and the ledger is clean", async () => {
    await using ledger = await withLedger();
    const checks = Array.from({ length: 4 }, () =>
      spawnCli(recordingCheck(ledger.directory, "raise")),
    );
    const ran = await Promise.all(checks);
    expect(ran.map(({ status }) => status)).toEqual([1, 1, 1, 1]);
    const indices = ran.map(
      ({ out }) => (JSON.parse(out) as { record: { index: number } }).record.index,
    );
    expect(indices.sort()).toEqual([1, 2, 3, 4]);
    const { verification } = await verify(ledger.directory, "--pin", ledger.pin);
    expect(verification).toMatchObject({ ...VERIFIED, size: 5 });
  });

  test("judging alone writes nothing into the repository", async () => {
    await using ledger = await withLedger();
    const before = await ledger.git("for-each-ref");
    const objects = await ledger.git("count-objects");
    const args = recordingCheck(ledger.directory, "raise").filter(
      (arg) => !["--record", "--key", key].includes(arg),
    );
    expect((await runCli(args)).status).toBe(1);
    expect(await ledger.git("for-each-ref")).toBe(before);
    expect(await ledger.git("count-objects")).toBe(objects);
  });
});

describe("a clone whose branch is not what was fetched", () => {
  test.each(["verify", "pin"])(
    "%s says which of them it read, and where the other is",
    async (verb) => {
      await using ledger = await withLedger();
      const ours = await ledger.git("rev-parse", "governance-ledger");
      await runCli(recordingCheck(ledger.directory, "raise"));
      await ledger.git("update-ref", "refs/remotes/origin/governance-ledger", "governance-ledger");
      const command = ["ledger", verb, "--repo", ledger.directory];
      expect((await runCli(command)).said).toBe("");
      await ledger.git("update-ref", "refs/heads/governance-ledger", ours);
      const { status, said, out } = await runCli(command);
      expect(status).toBe(0);
      expect(said).toMatch(
        /^bailiff: refs\/heads\/governance-ledger is at [^\n]+ origin\/[^\n]+\n$/,
      );
      if (verb === "verify")
        expect(out).toContain(`Read: refs/heads/governance-ledger, commit ${ours}`);
      const fetched = await runCli([...command, "--ref", "origin/governance-ledger"]);
      expect(fetched).toMatchObject({ status: 0, said: "" });
    },
  );
});

async function repositoryOf(commits: readonly PlannedCommit[]): Promise<FixtureRepository> {
  const repository = await createFixtureRepository({ bare: true });
  for (const { files, message } of commits) {
    await repository.commit(files, { branch: "governance-ledger", message });
  }
  return repository;
}

function batchOf(line: Uint8Array): string {
  return `${Buffer.from(line).toString("utf8")}\n`;
}

/** What whoever may push, and has no key, leaves on the sample ledger's branch. */
const forgeries = [
  {
    when: "a record was replaced under a stranger's key",
    files: () => ({ "records/001-1.jsonl": batchOf(verdictLine({ id: "1" }, THIEF)) }),
    shown: "root",
  },
  {
    when: "a record was copied behind the signed size",
    files: () => ({ "records/005-1.jsonl": batchOf(verdictLine({ id: "1" })) }),
    shown: "record",
  },
  {
    when: "the head was signed by a stranger",
    files: () => {
      const { origin, size, root } = sampleLedger().pin;
      return { checkpoint: signCheckpoint({ origin, size, root }, THIEF) };
    },
    shown: "checkpoint",
  },
];

describe("somebody else's ledger", () => {
  test("one that was copied into a fork is told by the repository's id", async () => {
    await using ledger = await withLedger();
    const { status, verification } = await verify(ledger.directory, "--repository-id", "666");
    expect(status).toBe(1);
    expect(verification).toMatchObject({ ok: false, problems: [{ code: "FOREIGN_RECORD" }] });
  });

  describe.each(forgeries)("one where $when", ({ files, shown }) => {
    test.each([["ledger", "log"], ["ledger", "show", "1"], ["lineage"]])(
      "is told by no reader: %s %s",
      async (...command) => {
        const { commits } = sampleLedger().commit(files());
        await using repository = await repositoryOf(commits);
        const { status, out, said } = await runCli([
          ...[...command, "--repo", repository.directory],
        ]);
        expect([status, out]).toEqual([1, ""]);
        expect(said).toMatch(/^bailiff: [^\n]+; run `bailiff ledger verify`\n$/);
        expect(said).toContain(shown);
      },
    );
  });

  test.each([["ledger", "log"], ["ledger", "show", "1"], ["lineage"]])(
    "what is read is not said to be verified: %s %s",
    async (...command) => {
      await using repository = await repositoryOf(sampleLedger().commits);
      const args = [...command, "--repo", repository.directory];
      const text = await runCli(args);
      expect([text.status, text.said]).toEqual([
        0,
        expect.stringMatching(/^[^\n]*`bailiff ledger verify`[^\n]*\n$/),
      ]);
      const json = await runCli([...args, "--format", "json"]);
      expect([json.status, json.said]).toEqual([0, ""]);
      expect(JSON.parse(json.out)).toBeTypeOf("object");
    },
  );

  test.each([
    { asOf: "4", status: 0 },
    { asOf: "5", status: 2 },
    { asOf: "99", status: 2 },
  ])("a lineage as of $asOf, of five records: exit $status", async ({ asOf, status }) => {
    await using repository = await repositoryOf(sampleLedger().commits);
    const ran = await runCli(["lineage", "--repo", repository.directory, "--as-of", asOf]);
    expect(ran.status).toBe(status);
  });

  test("a record that is refused commands no terminal through the error", async () => {
    await using repository = await createFixtureRepository({ bare: true });
    const statement = statementOf("verdict", verdictPredicateOf());
    const name = "x\u001b]0;owned\u0007\u009b31m\n::error::";
    const subject = [{ digest: { [name]: "0".repeat(64) } }];
    const line = signEnvelope({ ...statement, subject }, LEDGER_KEY);
    const placing = { leafKind: "verdict", message: "DENY\n" };
    for (const { files, message } of sampleLedger().place([line], placing).commits) {
      await repository.commit(files, { branch: "governance-ledger", message });
    }
    for (const command of [["ledger", "log"], ["ledger", "show", "5"], ["lineage"]]) {
      const { status, said } = await runCli([...command, "--repo", repository.directory]);
      expect(status).toBe(1);
      expect(said).toMatch(/^bailiff: [^\p{Cc}]+\n$/u);
    }
  });
});

describe("what is refused", () => {
  test.each([
    { command: "show", index: "x" },
    { command: "show", index: "01" },
    { command: "proof", index: "-1" },
    { command: "proof", index: "1e3" },
  ])("ledger $command $index, by the name that its help gives", async ({ command, index }) => {
    await using repository = await repositoryOf(sampleLedger().commits);
    const at = ["--repo", repository.directory];
    const { status, said } = await runCli(["ledger", command, ...at, "--", index]);
    expect([status, said]).toEqual([
      2,
      `bailiff: INDEX ${index} is not a whole number; write it in digits\n`,
    ]);
  });

  test("a second init, whatever stands on the branch", async () => {
    await using ledger = await withLedger();
    const again = await runCli(["ledger", "init", "--repo", ledger.directory, "--key", key]);
    expect(again.status).toBe(3);
    expect(again.said).toMatch(/^bailiff: [^\n]+\n$/);
  });

  test("recording onto a branch that is something else, exit 3", async () => {
    await using ledger = await withLedger();
    await ledger.git("update-ref", "refs/heads/governance-ledger", "main");
    const { status, out, said } = await runCli(recordingCheck(ledger.directory, "raise"));
    expect(status).toBe(3);
    expect(out).toBe("");
    expect(said).toMatch(/^bailiff: [^\n]+; [^\n]+\n$/);
    const { status: verified, verification } = await verify(ledger.directory);
    expect(verified).toBe(1);
    expect(verification).toMatchObject({ ok: false, problems: [{ code: "NOT_A_LEDGER" }] });
  });

  test("recording onto somebody else's ledger, exit 3", async () => {
    await using ledger = await withLedger();
    await using other = await withLedger();
    await ledger.git("fetch", "-q", other.directory, "+governance-ledger:governance-ledger");
    const { status, said } = await runCli(recordingCheck(ledger.directory, "raise"));
    expect(status).toBe(3);
    expect(said).toContain("trust root");
  });

  test("recording after the branch was cut back, exit 3", async () => {
    await using ledger = await withLedger();
    await runCli(recordingCheck(ledger.directory, "raise"));
    await ledger.git("update-ref", "refs/heads/governance-ledger", "governance-ledger~1");
    expect((await runCli(recordingCheck(ledger.directory, "readme"))).status).toBe(3);
  });

  test("recording with a key that the ledger does not name, exit 3", async () => {
    await using ledger = await withLedger();
    const strange = join(folder, "strange.pem");
    await runCli(["keys", "generate", "--out", strange]);
    const args = recordingCheck(ledger.directory, "raise").with(-3, strange);
    expect((await runCli(args)).status).toBe(3);
  });

  test("recording where no ledger was begun, exit 2", async () => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ a: "1" });
    await repository.commit({ a: "2" }, { branch: "raise", parents: [base] });
    expect((await runCli(recordingCheck(repository.directory, "raise"))).status).toBe(2);
  });

  test.each([
    { when: "a word", id: "abc" },
    { when: "nothing", id: "0" },
    { when: "less than nothing", id: "-5" },
    { when: "more than a number can tell", id: "99999999999999999999" },
    { when: "in the form that init makes", id: "local-0123456789abcdef" },
  ])("an init for an id that is $when: one line, exit 2, and no branch", async ({ id }) => {
    await using repository = await createFixtureRepository();
    const init = ["ledger", "init", "--repo", repository.directory, "--key", key];
    const { status, said } = await runCli([...init, `--repository-id=${id}`]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: --repository-id [^\n]+\n$/);
    expect(await repository.git("for-each-ref")).toBe("");
  });

  test("an init where origin has a ledger already, exit 2, and no branch", async () => {
    await using ledger = await withLedger();
    await using clone = await createFixtureRepository();
    await clone.git("fetch", "-q", ledger.directory, "+refs/heads/*:refs/remotes/origin/*");
    const before = await clone.git("for-each-ref");
    const init = await runCli(["ledger", "init", "--repo", clone.directory, "--key", key]);
    expect(init.status).toBe(2);
    expect(init.said).toMatch(/^bailiff: origin has a ledger [^\n]+\n$/);
    expect(await clone.git("for-each-ref")).toBe(before);
  });

  test("an init whose note cannot be written: one line, exit 3, and no branch", async () => {
    await using repository = await createFixtureRepository();
    await writeFile(join(repository.gitDir, "bailiff"), "a file where a folder belongs");
    const init = await runCli(["ledger", "init", "--repo", repository.directory, "--key", key]);
    expect(init.status).toBe(3);
    expect(init.said).toMatch(/^bailiff: [^\n]+; [^\n]+\n$/);
    expect(await repository.git("for-each-ref")).toBe("");
  });

  test.each([
    { when: "null", note: "null" },
    { when: "no JSON", note: "{" },
    { when: "without an id", note: `{"root":"${"0".repeat(64)}"}` },
    { when: "for a root that is none", note: '{"root":"0","repositoryId":"1"}' },
  ])("recording by a note that is $when: one line, exit 2", async ({ note }) => {
    await using ledger = await withLedger();
    await writeFile(join(ledger.gitDir, "bailiff/ledger.json"), note);
    const { status, said } = await runCli(recordingCheck(ledger.directory, "raise"));
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\n]+ledger\.json [^\n]+\n$/);
  });

  const root = "0".repeat(64);
  test.each([
    { when: "a root that is none", named: "--root", asked: ["--root", "abc", "--repository-id=1"] },
    {
      when: "a root in capitals",
      named: "--root",
      asked: ["--root", "AB".repeat(32), "--repository-id=1"],
    },
    {
      when: "an id that is none",
      named: "--repository-id",
      asked: ["--root", root, "--repository-id=x"],
    },
  ])("recording under $when: the option named, exit 2", async ({ named, asked }) => {
    await using ledger = await withLedger();
    const { status, said } = await runCli([...recordingCheck(ledger.directory, "raise"), ...asked]);
    expect(status).toBe(2);
    expect(said).toMatch(new RegExp(`^bailiff: ${named} "[^\\n]+\\n$`));
  });

  test.each([
    { when: "a pin that is none", args: ["ledger", "verify", "--pin", "x"] },
    { when: "an index that is none", args: ["ledger", "show", "first"] },
    { when: "no index", args: ["ledger", "show"] },
    { when: "an index beyond the end", args: ["ledger", "show", "99"] },
    { when: "an unknown verb", args: ["ledger", "frobnicate"] },
    { when: "a commit that is none", args: ["lineage", "--commit", "xyz"] },
  ])("$when: exit 2", async ({ args }) => {
    await using ledger = await withLedger();
    const { status, said } = await runCli([...args, "--repo", ledger.directory]);
    expect(status).toBe(2);
    expect(said).toMatch(/^bailiff: [^\n]+\n$/);
  });
});
