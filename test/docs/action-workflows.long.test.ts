import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import {
  beginLedger,
  checkout,
  openChange,
  pullStep,
  startShop,
  WORKFLOW,
  workflow,
} from "../action/change-in-github.ts";
import type { StepResult } from "../action/runner/run-step.ts";
import { runWorkflow, type Start } from "../action/runner/run-workflow.ts";
import type { Fixture } from "../embedded-github/fixture.ts";

const page = readFileSync(new URL("../../docs/action.md", import.meta.url), "utf8");

/** The file of this name that a section of the page shows. */
function documented(section: string, name: string): string {
  const [, text = ""] = page.split(`\n## ${section}\n`);
  const [own = ""] = text.split("\n## ");
  const file = own.split(`\`\`\`yaml ${name}\n`)[1]?.split("```")[0];
  if (file === undefined) throw new Error(`${section} shows no ${name}`);
  return file;
}

const RAISED = { [WORKFLOW]: workflow("write") };
const BAILIFF = ".github/workflows/bailiff.yml";
const signing = generateSigningKey();

let fixture: Fixture;

beforeEach(async () => {
  fixture = await startShop();
  fixture.repository.grant("ann", "write");
  fixture.repository.grant("bob", "write");
});

afterEach(() => fixture[Symbol.asyncDispose]());

function run(section: string, name: string, start: Start): Promise<StepResult | null> {
  return runWorkflow(fixture, documented(section, name), start);
}

async function pullStart(number: number, event = "pull_request"): Promise<Start> {
  const { payload, sha, ref = "" } = await pullStep(fixture, number, "");
  return { event, payload: payload as Start["payload"], sha, ref };
}

/** The settings of a repository whose administrator began a ledger. */
async function withLedger(): Promise<Pick<Start, "secrets" | "vars">> {
  const root = await beginLedger(fixture, signing.key);
  return {
    secrets: { BAILIFF_SIGNING_KEY: signing.pem },
    vars: { BAILIFF_LEDGER_ROOT: root },
  };
}

async function pushStart(files: Readonly<Record<string, string>>): Promise<Start> {
  const { repository } = fixture;
  const before = await repository.head("main");
  const sha = await repository.commit({ branch: "main", files, by: "ann" });
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  const payload = { ref: "refs/heads/main", before, after: sha, repository: place };
  return { event: "push", payload, sha, ref: "refs/heads/main" };
}

async function verifiedSize(): Promise<number | null> {
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  const { ok, size } = await verifyLedger(clone, {});
  return ok ? size : null;
}

test("pull requests: permissions without review fail, and an approval lets them pass", async () => {
  const { number } = await openChange(fixture, RAISED);
  const first = await run("Pull requests", BAILIFF, await pullStart(number));
  expect(first).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  fixture.repository.review(number, { by: "bob", event: "APPROVE" });
  const start = await pullStart(number, "pull_request_review");
  const second = await run("Pull requests", BAILIFF, start);
  expect(second).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
});

test("forks: the fork's run only judges, the one behind it records and posts the check", async () => {
  const settings = await withLedger();
  const { repository } = fixture;
  const fork = await repository.fork("eve");
  const sha = await fork.commit({ branch: "topic", files: RAISED, by: "eve" });
  const { number } = await repository.openPull({
    ...{ by: "eve", title: "From a fork", head: "topic", from: fork },
  });
  const start = { ...(await pullStart(number)), ...settings, readOnly: true };
  const own = await run("Pull requests", BAILIFF, start);
  expect(own).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "" } });

  const followed = (event: string): Start => ({
    event: "workflow_run",
    payload: { workflow_run: { event, head_sha: sha }, repository: start.payload["repository"] },
    ...{ sha: "0".repeat(40), ref: "refs/heads/main", ...settings },
  });
  const verdict = ".github/workflows/bailiff-verdict.yml";
  const behind = await run("Forks", verdict, followed("pull_request"));
  expect(behind).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "1" } });
  expect(repository.checkRuns(sha)).toMatchObject([{ name: "bailiff", conclusion: "failure" }]);
  expect(await verifiedSize()).toBe(2);
  expect(await run("Forks", verdict, followed("push"))).toBeNull();
});

test("forks: an approval that is dismissed is taken back by the run behind the review's", async () => {
  const { repository } = fixture;
  const fork = await repository.fork("eve");
  const sha = await fork.commit({ branch: "topic", files: RAISED, by: "eve" });
  const { number } = await repository.openPull({
    ...{ by: "eve", title: "From a fork", head: "topic", from: fork },
  });
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  const judged = (event: string) =>
    run("Forks", ".github/workflows/bailiff-verdict.yml", {
      event: "workflow_run",
      payload: { workflow_run: { event, head_sha: sha }, repository: place },
      ...{ sha, ref: "refs/heads/main" },
    });
  const { id } = repository.review(number, { by: "bob", event: "APPROVE" });
  expect(await judged("pull_request")).toMatchObject({ succeeded: true });
  repository.dismissReview(id, { by: "bob" });
  expect(await judged("pull_request_review")).toMatchObject({ succeeded: false });
  expect(repository.checkRuns(sha)[0]).toMatchObject({ conclusion: "failure" });
});

test.each([
  { what: "raises permissions", files: RAISED, succeeded: false },
  { what: "is harmless", files: { "a.txt": "a\n" }, succeeded: true },
])("merge queues: a group that $what passes: $succeeded", async ({ files, succeeded }) => {
  const { repository } = fixture;
  const branch = "gh-readonly-queue/main/pr-1";
  const base = await repository.head("main");
  const sha = await repository.commit({ branch, files, by: "ann" });
  const ref = `refs/heads/${branch}`;
  const group = { base_ref: "refs/heads/main", base_sha: base, head_ref: ref, head_sha: sha };
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  const payload = { merge_group: group, repository: place };
  const result = await run("Merge queues", BAILIFF, { event: "merge_group", payload, sha, ref });
  expect(result).toMatchObject({ succeeded });
});

test("a command that deploys: it starts for what is allowed, and for nothing else", async () => {
  await pushStart({ "deploy.sh": '#!/bin/sh\necho "deployed to $1"\n' });
  const client = await checkout(fixture, "refs/heads/main", "deep");
  const identity = ["-c", "user.name=Ann", "-c", "user.email=ann@acme.example"];
  await client.run("update-index", "--chmod=+x", "deploy.sh");
  await client.run(...identity, "commit", "-q", "-m", "deploy.sh can be run");
  expect(await client.run("push", "-q", "origin", "HEAD:main")).toMatchObject({ ok: true });

  const deploy = ".github/workflows/deploy.yml";
  const allowed = await run("A command that deploys", deploy, await pushStart({ "a.txt": "a\n" }));
  expect(allowed).toMatchObject({ succeeded: true });
  expect(allowed?.log).toContain("deployed to production");
  const denied = await run("A command that deploys", deploy, await pushStart(RAISED));
  expect(denied).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(denied?.log).not.toContain("deployed to");
});

test("a monorepo: each part's policies judge what they are about", async () => {
  const own = "services/payments/bailiff.yml";
  await pushStart({
    [own]: documented("A monorepo", own),
    "services/search/bailiff.yml": documented("A monorepo", own).replaceAll("payments", "search"),
  });
  const schema = await openChange(fixture, { "services/payments/schema/1.sql": "select 1;\n" });
  const governed = await run("A monorepo", BAILIFF, await pullStart(schema.number));
  expect(governed).toMatchObject({
    succeeded: false,
    outputs: { "policy-ids": "payments-ledger" },
  });
  await fixture.repository.commit({
    branch: "other",
    files: { "b.txt": "" },
    by: "ann",
    parent: "main",
  });
  const other = await fixture.repository.openPull({ by: "ann", title: "Other", head: "other" });
  const free = await run("A monorepo", BAILIFF, await pullStart(other.number));
  expect(free).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
});

test("on the record: pushes that meet are both recorded, and verify", async () => {
  const settings = await withLedger();
  const starts = [await pushStart({ "a.txt": "a\n" }), await pushStart({ "a.txt": "b\n" })];
  const record = ".github/workflows/record.yml";
  const results = await Promise.all(
    starts.map((start) => run("On the record", record, { ...start, ...settings })),
  );
  const indices = results.map((result) => result?.outputs["record"]);
  expect(indices.toSorted()).toEqual(["1", "2"]);
  expect(await verifiedSize()).toBe(3);
});

test("what the page shows begins without permissions, and names actions by commit", async () => {
  const shown = [...page.matchAll(/^```yaml \.github\/workflows\/\S+\n(.*?)^```$/gms)];
  expect(shown.length).toBeGreaterThan(4);
  for (const [, text = ""] of shown) {
    expect(text).toContain("\npermissions: {}\n");
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
    for (const action of used) expect(action).toMatch(/@(?:[0-9a-f]{40}|COMMIT)$/);
  }
  expect(await readFile(new URL("../../README.md", import.meta.url), "utf8")).toContain(
    "docs/action.md",
  );
});
