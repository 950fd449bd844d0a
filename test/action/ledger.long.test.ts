import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { bundleDigest, thisVersion } from "../../maestro/evaluator.ts";
import { runCli } from "../cli/run-cli.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import { DOCUMENTS, verdictDraft } from "../ledger/writer-fixture.ts";
import {
  beginLedger,
  emptyWorkspace,
  startShop,
  type Workspace,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type Step } from "./runner/run-step.ts";
import { shippedAction } from "./runner/shipped.ts";

const OWN = "acme/shop/.github/workflows/bailiff.yml";
const signing = generateSigningKey();

let fixture: Fixture;
let workspace: Workspace;
let root: string;

beforeAll(async () => {
  fixture = await startShop();
  fixture.repository.grant("ann", "write");
  workspace = await emptyWorkspace();
  root = await beginLedger(fixture, signing.key);
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** A push to `main` that raises a permission, or takes it back. */
async function pushStep(level: "read" | "write", rest: Partial<Step> = {}): Promise<Step> {
  const { repository, github } = fixture;
  const before = await repository.head("main");
  const after = await repository.commit({
    branch: "main",
    files: { [WORKFLOW]: workflow(level) },
    by: "ann",
  });
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  return {
    event: "push",
    payload: { ref: "refs/heads/main", before, after, repository: place },
    repository: { id: repository.id, fullName: "acme/shop" },
    sha: after,
    ref: "refs/heads/main",
    workflowRef: `${OWN}@refs/heads/main`,
    workspace: workspace.folder,
    serverUrl: github.url,
    token: github.user("ann").token,
    with: { "signing-key": signing.pem, "ledger-root": root },
    ...rest,
  };
}

const tip = () => fixture.repository.head("governance-ledger");

test("a push to the default branch is on the record, and a clone verifies", async () => {
  const denied = await runStep(await pushStep("write"));
  expect(denied).toMatchObject({ succeeded: false, outputs: { decision: "DENY", record: "1" } });
  const allowed = await runStep(await pushStep("read"));
  expect(allowed).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW", record: "2" } });
  expect(allowed.summary).toContain("On the record at index 2");
  const pin = parsePin(allowed.outputs["pin"] ?? "");
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  expect(await verifyLedger(clone, { pin })).toMatchObject({ ok: true, size: 3 });
});

test("a merge group under a workflow that is required is on the record", async () => {
  const { repository } = fixture;
  const base = await repository.head("main");
  const branch = "gh-readonly-queue/main/pr-1";
  const head = await repository.commit({ branch, files: { "a.txt": "a\n" }, by: "ann" });
  const group = { base_ref: "refs/heads/main", base_sha: base, head_ref: `refs/heads/${branch}` };
  const step = await pushStep("read", { event: "merge_group", ref: `refs/heads/${branch}` });
  const payload = { ...step.payload, merge_group: { ...group, head_sha: head } };
  const required = "acme/policies/.github/workflows/gate.yml@refs/heads/main";
  const own = `${OWN}@refs/heads/${branch}`;
  expect((await runStep({ ...step, payload, workflowRef: own })).outputs["record"]).toBe("");
  const result = await runStep({ ...step, payload, workflowRef: required });
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
  expect(result.outputs["record"]).not.toBe("");
});

test("a record names the digest of the bundle that judged", async () => {
  await runStep(await pushStep("read"));
  const dist = join(await shippedAction(), "dist");
  const place = ["--repo", fixture.repository.gitFolder, "--format", "json"];
  const { out } = await runCli(["ledger", "show", "1", ...place]);
  const evaluator = { id: "bailiff", version: thisVersion(), digest: bundleDigest(dist) };
  expect(JSON.parse(out)).toMatchObject({ statement: { predicate: { evaluator } } });
});

test.each([
  { what: "its workflow is a topic's", change: { workflowRef: `${OWN}@refs/heads/topic` } },
  { what: "the ledger is switched off", change: { ledger: "off" } },
])("nothing is signed where $what, whatever key is given", async ({ change }) => {
  const before = await tip();
  const { ledger, ...run } = { ledger: "governance-ledger", ...change };
  const step = await pushStep("read", run);
  const result = await runStep({ ...step, with: { ...step.with, ledger } });
  expect(result).toMatchObject({ succeeded: true, outputs: { record: "", pin: "" } });
  expect(result.summary).toContain("Nothing is recorded");
  expect(await tip()).toBe(before);
});

test.each([
  { what: "a root of another ledger", change: { "ledger-root": "0".repeat(64) } },
  { what: "a key that is none", change: { "signing-key": "-----BEGIN NOTHING-----" } },
  {
    what: "a key that the ledger does not know",
    change: { "signing-key": generateSigningKey().pem },
  },
  { what: "a key without a root", change: { "ledger-root": "" } },
  { what: "a root that is no digest", change: { "ledger-root": "main" } },
  { what: "a branch that is no ledger's", change: { ledger: "main" } },
  { what: "SARIF in no folder", change: { sarif: "reports/bailiff.sarif" } },
])("with $what the step fails, and nothing is written", async ({ change }) => {
  const before = await tip();
  const step = await pushStep("read");
  const result = await runStep({ ...step, with: { ...step.with, ...change } });
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(result.commands.filter(({ name }) => name === "error")).toHaveLength(1);
  expect(result.log).not.toMatch(/^\s+at /m);
  expect(await tip()).toBe(before);
});

test("no line of the key is in the log", async () => {
  const { log, summary } = await runStep(await pushStep("read"));
  const words = log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
  const [, secret = "?"] = signing.pem.split("\n");
  expect(log).toContain(`::add-mask::${secret}`);
  expect(`${words.join("\n")}${summary}`).not.toContain(secret);
});

test.each([
  {
    as: "the root, and the root as it",
    given: () => ({ "signing-key": root, "ledger-root": signing.pem }),
  },
  { as: "the branch", given: () => ({ "signing-key": "", ledger: signing.pem }) },
  { as: "fail-on", given: () => ({ "signing-key": "", "fail-on": signing.pem }) },
  { as: "base", given: () => ({ "signing-key": "", base: signing.pem }) },
  { as: "head", given: () => ({ "signing-key": "", head: signing.pem }) },
  { as: "comment", given: () => ({ "signing-key": "", comment: signing.pem }) },
  {
    as: "the policy",
    given: () => ({ "signing-key": "", "ledger-root": "", policy: signing.pem }),
  },
])("a key that is given as $as is in no line of the log or the summary", async ({ given }) => {
  const step = await pushStep("read");
  const result = await runStep({ ...step, with: { ...step.with, ...given() } });
  const words = result.log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
  const [, secret = "?"] = signing.pem.split("\n");
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(`${words.join("\n")}${result.summary}`).not.toContain(secret);
  expect(result.log).toMatch(/a text of \d+ characters/);
});

test("where the App recorded the newest verdict, the ledger is left to it", async () => {
  await using branch = await openLedgerBranch({ repository: fixture.repository.gitFolder });
  const repositoryId = String(fixture.repository.id);
  const app = openSequencer({
    ...{ branch, key: signing.key, expectedRoot: root, repositoryId },
    directory: workspace.folder,
  });
  await app.append([verdictDraft({ repositoryId })], DOCUMENTS);
  const before = await tip();
  const result = await runStep(await pushStep("read"));
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW", record: "" } });
  expect(result.summary).toContain("the Bailiff App judges here");
  expect(await tip()).toBe(before);
});
