import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WAIVERS_PATH } from "../../rules/waivers/waiver-file.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";
const POLICIES = `version: 1
waivers: { longest: 60d }
break_glass: { users: [ann, bo] }
policies:
  - id: grants
    decision: DENY
    each: capabilities
    waivable: file
    match: { delta: [added, raised] }
    message: "{{item.name}}"
  - id: sacred
    decision: WARN
    waivable: false
    each: files
    match: { path: "sacred/**" }
`;
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

let folder: string;
let key: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-exceptions-"));
  key = join(folder, "key.pem");
  await runCli(["keys", "generate", "--out", key]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function scene() {
  const repository = await createFixtureRepository();
  const { directory } = repository;
  const base = await repository.commit({
    [RELEASE]: workflows.RELEASE,
    ".github/bailiff.yml": POLICIES,
  });
  const raise = await repository.commit(
    { [RELEASE]: workflows.RAISED },
    { branch: "raise", parents: [base] },
  );
  const { status } = await runCli(["ledger", "init", "--repo", directory, "--key", key]);
  expect(status).toBe(0);
  const cli = (...args: readonly string[]) => runCli([...args, "--repo", directory]);
  const range = ["--base", "main", "--head", "raise"];
  const signed = ["--key", key];
  return {
    ...{ repository, base, raise, cli, range, signed },
    check: (...more: readonly string[]) => cli("check", ...range, "--record", ...signed, ...more),
    grant: (...more: readonly string[]) =>
      cli("waiver", "grant", ...range, ...signed, "--policy", "grants", ...more),
  };
}

const why = ["--because", "until the release is split", "--by", "ann"];

test("a waiver lets a change pass until it is revoked, and never a newer one", async () => {
  const { repository, raise, cli, check, grant, signed } = await scene();
  expect((await check()).status).toBe(1);
  const granted = await grant(...why, "--until", inDays(20), "--owner", "bo");
  expect(granted).toMatchObject({ status: 0 });
  const id = /waiver (\S+)/.exec(granted.out)?.[1] ?? "";

  const passed = await check();
  expect(passed.status).toBe(0);
  expect(passed.out).toContain(`waived by ann until ${inDays(20)}T23:59:59.999Z`);
  const sarif = await check("--format", "sarif");
  expect(sarif.out).toContain("waived by ann until");

  await repository.commit(
    { ".github/workflows/b.yml": workflows.RAISED },
    { branch: "raise", parents: [raise] },
  );
  expect((await check()).status).toBe(1);

  const revoked = await cli("waiver", "revoke", id, ...signed, "--because", "done", "--by", "bo");
  expect(revoked.status).toBe(0);
  const listed = await cli("waiver", "list");
  expect(listed.out).toMatch(/^revoked until .* finding/);
  const again = await cli("check", "--base", "main", "--head", raise, "--record", ...signed);
  expect(again.status).toBe(1);
  expect((await cli("waiver", "revoke", id, ...signed, ...why)).status).toBe(2);

  const verified = await cli("ledger", "verify", "--format", "json");
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, problems: [] });
  const lineage = await cli("lineage");
  expect(lineage.out).toContain("waived by ann until");
});

test("what would not stand is refused, with what to write instead", async () => {
  const { cli, grant, range, signed } = await scene();
  const cases: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [[...why], /--until is missing/],
    [[...why, "--until", "soon"], /no date/],
    [[...why, "--until", "2026-02-30"], /no date/],
    [[...why, "--until", "2020-01-01"], /has passed/],
    [[...why, "--until", inDays(70)], /within 60 days/],
    [["--until", inDays(5), "--by", "ann"], /--because is missing/],
    [["--until", inDays(5), "--because", " ", "--by", "ann"], /--because is missing/],
    [["--until", inDays(5), "--because", "x"], /--by is missing/],
    [["--until", inDays(5), "--because", "x", "--by", "a b"], /no login/],
  ];
  for (const [args, said] of cases) {
    const { status, said: told } = await grant(...args);
    expect(told).toMatch(said);
    expect(status).toBe(2);
  }
  const other = async (policy: string) => {
    const until = ["--until", inDays(5)];
    return cli("waiver", "grant", ...range, ...signed, "--policy", policy, ...why, ...until);
  };
  expect((await other("grantz")).said).toMatch(/use one of grants, sacred/);
  expect((await other("sacred")).said).toMatch(/finds nothing/);
  expect((await cli("waiver", "list")).out).toBe("No waiver is on the record.\n");
});

test("a file of waivers counts at the policies' commit, and not from the change itself", async () => {
  const { repository, base, raise, check, grant, cli } = await scene();
  await check();
  const shown = await cli("ledger", "show", "1", "--format", "json");
  const id = /"id": "(local-[0-9a-f]{16})"/.exec(shown.out)?.[1] ?? "";
  const printed = await grant(...why, "--until", inDays(20), "--print", "--repository-id", id);
  expect(printed.status).toBe(0);
  const file = `version: 1\nwaivers:\n${printed.out}`;

  await repository.commit({ [WAIVERS_PATH]: file }, { branch: "raise", parents: [raise] });
  expect((await check()).status).toBe(1);
  await repository.commit({ [WAIVERS_PATH]: file }, { branch: "main", parents: [base] });
  const passed = await check();
  expect(passed.out).toContain("waived by ann until");
  expect(passed.status).toBe(0);
});

test("break-glass: loud, for one head, and open until somebody else reviewed it", async () => {
  const { repository, raise, cli, check, range, signed } = await scene();
  const asked = ["override", ...range, ...signed, "--because", "production is down"];
  expect((await cli(...asked, "--by", "cy")).said).toMatch(/ask @ann, @bo/);
  const done = await cli(...asked, "--by", "ann");
  expect(done.out).toContain("BREAK-GLASS");
  expect(done.status).toBe(0);

  const passed = await check();
  expect(passed.status).toBe(0);
  expect(passed.out).toMatch(/^BREAK-GLASS: overridden by @ann: production is down; \d+ reason/);
  expect(passed.out).toContain("1 emergency override waits for review");
  const json = JSON.parse((await check("--format", "json")).out) as object;
  expect(json).toMatchObject({
    verdict: { decision: "ALLOW" },
    checks: [{}, { outcome: "overridden" }, {}],
  });

  expect((await cli("incidents", "--check")).status).toBe(1);
  const listed = await cli("incidents");
  const id = /incident (\S+)/.exec(listed.out)?.[1] ?? "";
  const reviewed = ["incidents", "review", id, ...signed, "--because", "it was down"];
  expect((await cli(...reviewed, "--by", "ANN")).said).toMatch(/somebody else/);
  expect((await cli(...reviewed, "--by", "bo")).status).toBe(0);
  expect((await cli("incidents", "--check")).status).toBe(0);
  expect((await cli("incidents", "--all")).out).toMatch(/^reviewed: /);
  expect((await check()).out).not.toContain("waits for review");

  await repository.commit({ "a.txt": "a" }, { branch: "raise", parents: [raise] });
  expect((await check()).status).toBe(1);
  const verified = await cli("ledger", "verify", "--format", "json");
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, problems: [] });
  expect((await cli("lineage")).out).toContain("BREAK-GLASS by ann");
});

test("where the policies name nobody, nobody may override", async () => {
  const { cli, range, signed } = await scene();
  const pack = ["--policies", "bailiff:recommended"];
  const { status, said } = await cli("override", ...range, ...pack, ...signed, ...why);
  expect(said).toContain("break_glass: { users: [LOGIN] }");
  expect(status).toBe(2);
});
