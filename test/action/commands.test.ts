import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { replay } from "../../ledger/replay.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import type { GitClient } from "../embedded-github/git-client.ts";
import { gathered } from "../ledger/fake-clone.ts";
import {
  beginLedger,
  checkout,
  emptyWorkspace,
  jobToken,
  openChange,
  pullStep,
  startShop,
  WORKFLOW,
  workflow,
} from "./change-in-github.ts";
import { runStep, type Step, type StepResult } from "./runner/run-step.ts";

const signing = generateSigningKey();
let fixture: Fixture;
let root: string;

beforeAll(async () => {
  fixture = await startShop();
  root = await beginLedger(fixture, signing.key);
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

interface Pushed {
  readonly branch?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly depth?: "shallow" | "deep";
  readonly prepare?: (client: GitClient) => Promise<unknown>;
}

/** A step with `run` on a push that changes these files, in what was checked out of it. */
async function pushed(
  script: string,
  { branch = "main", files = {}, depth = "deep", prepare }: Pushed = {},
  rest: Partial<Step> = {},
): Promise<StepResult & { readonly workspace: GitClient }> {
  const { repository, github } = fixture;
  const before = (await repository.head(branch)) ?? (await repository.head("main")) ?? "";
  const counted = { "count.txt": `${Date.now()}\n`, ...files };
  const after = await repository.commit({ branch, files: counted, by: "ann" });
  const workspace = await checkout(fixture, `refs/heads/${branch}`, depth);
  await prepare?.(workspace);
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  const result = await runStep({
    event: "push",
    payload: { ref: `refs/heads/${branch}`, before, after, repository: place },
    repository: { id: repository.id, fullName: "acme/shop" },
    sha: after,
    ref: `refs/heads/${branch}`,
    workspace: workspace.folder,
    serverUrl: github.url,
    token: jobToken(fixture, { contents: "write" }),
    ...rest,
    with: { run: script, ...rest.with },
  });
  return { ...result, workspace };
}

const isThere = ({ workspace }: { workspace: GitClient }, name: string) =>
  readFile(join(workspace.folder, name)).then(
    () => true,
    () => false,
  );

const failures = ({ commands }: StepResult) =>
  commands.filter(({ name, properties }) => name === "error" && !properties["title"]);

test.each(["deep", "shallow"] as const)(
  "an allowed change's command runs in a %s checkout, and what it prints is in the log",
  async (depth) => {
    const result = await pushed("echo deploying $((6 * 7))\ntouch deployed", { depth });
    expect(result).toMatchObject({ succeeded: true, outputs: { decision: "ALLOW" } });
    expect(result.log).toContain("deploying 42");
    expect(await isThere(result, "deployed")).toBe(true);
    expect(result.summary).toContain("The command ended with exit code 0");
  },
);

test("a denied change's command is never started, and the step fails", async () => {
  const files = { [WORKFLOW]: workflow("write") };
  const result = await pushed("touch deployed", { branch: "denied", files });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "DENY" } });
  expect(await isThere(result, "deployed")).toBe(false);
  const told = "The command was not started: the change is denied";
  expect(result.summary).toContain(told);
  expect(failures(result).map(({ message }) => message)).toContain(told);
});

test("with fail-on warn a warning stops the command too, and it is told that it did", async () => {
  const files = { [WORKFLOW]: `${workflow("read")}      - run: curl -d a https://x.example\n` };
  const more = { with: { "fail-on": "warn" } };
  const result = await pushed("touch deployed", { branch: "warned", files }, more);
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "WARN" } });
  expect(await isThere(result, "deployed")).toBe(false);
  const told = "The command was not started: fail-on is warn";
  expect(result.summary).toContain(told);
  expect(failures(result).map(({ message }) => message)).toContain(told);
});

/** Commits a file of policies with one, about actions of a kind, and gives the inputs that add it. */
async function oneAbout(kind: string, decision: "DENY" | "WARN"): Promise<Record<string, string>> {
  const name = `${kind}-${decision}.yml`;
  const policy = `version: 1
policies:
  - id: about-${kind}
    decision: ${decision}
    only: { action.kind: ${kind} }
    message: not at this time
`;
  await fixture.repository.commit({ branch: "main", files: { [name]: policy }, by: "ann" });
  return { policy: name };
}

test.each(["push", "command"])(
  "a policy that denies each %s stops the command of a push",
  async (kind) => {
    const result = await pushed("touch deployed", {}, { with: await oneAbout(kind, "DENY") });
    expect(result).toMatchObject({
      succeeded: false,
      outputs: { decision: "DENY", "policy-ids": `about-${kind}` },
    });
    expect(await isThere(result, "deployed")).toBe(false);
    expect(result.summary).toContain("The command was not started");
  },
);

test("with fail-on warn a warning about commands stops the command", async () => {
  const inputs = { ...(await oneAbout("command", "WARN")), "fail-on": "warn" };
  const result = await pushed("touch deployed", {}, { with: inputs });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "WARN" } });
  expect(await isThere(result, "deployed")).toBe(false);
  expect(result.summary).toContain("The command was not started: fail-on is warn");
});

test("a warning about pushes is what the outputs tell, though the command has none", async () => {
  const result = await pushed("touch deployed", {}, { with: await oneAbout("push", "WARN") });
  expect(result).toMatchObject({
    succeeded: true,
    outputs: { decision: "WARN", "policy-ids": "about-push" },
  });
  expect(await isThere(result, "deployed")).toBe(true);
});

test("a signal to the step reaches all that the command started, before its end is told", async () => {
  const script = `step=$PPID
(sleep 0.5; kill -TERM $step) &
bash -c 'sleep 1.5; touch deployed'
true`;
  const result = await pushed(script);
  expect(result).toMatchObject({ succeeded: false });
  expect(result.summary).toContain("The command ended by SIGTERM");
  // What is left of it would keep the log open until it ends.
  expect(await isThere(result, "deployed")).toBe(false);
});

test.each([
  { script: "exit 3", told: "The command ended with exit code 3" },
  { script: "false\ntouch deployed", told: "The command ended with exit code 1" },
  { script: "false | true\ntouch deployed", told: "The command ended with exit code 1" },
  { script: "kill -TERM $$", told: "The command ended by SIGTERM" },
])("a command that fails ($script) fails the step", async ({ script, told }) => {
  const result = await pushed(script);
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "ALLOW" } });
  expect(failures(result)).toMatchObject([{ message: told }]);
  expect(await isThere(result, "deployed")).toBe(false);
});

test.each([
  {
    what: "a file that was changed",
    prepare: ({ folder }: GitClient) => writeFile(join(folder, "count.txt"), "evil\n"),
  },
  {
    what: "a file that nobody committed",
    prepare: ({ folder }: GitClient) => writeFile(join(folder, "evil.sh"), "evil\n"),
  },
  {
    what: "another commit",
    prepare: (client: GitClient) => client.run("checkout", "-q", "HEAD~1"),
  },
])("in a workspace with $what it is not started", async ({ prepare }) => {
  const result = await pushed("touch deployed", { prepare });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "ALLOW" } });
  expect(failures(result)).toMatchObject([
    { message: "The command was not started: the work tree is not what was judged" },
  ]);
  expect(await isThere(result, "deployed")).toBe(false);
});

test.each([
  { branch: "main", decision: "ALLOW", files: {} },
  { branch: "denied-too", decision: "DENY", files: { [WORKFLOW]: workflow("write") } },
])(
  "SARIF is written after the command of a change with $decision",
  async ({ decision, ...change }) => {
    const inputs = { with: { sarif: "bailiff.sarif" } };
    const result = await pushed("ls -A > deployed", change, inputs);
    const { outputs, workspace } = result;
    expect(result).toMatchObject({ succeeded: decision === "ALLOW", outputs: { decision } });
    expect(await isThere(result, "deployed")).toBe(decision === "ALLOW");
    expect(outputs["sarif"]).toBe(join(workspace.folder, "bailiff.sarif"));
    expect(await isThere(result, "bailiff.sarif")).toBe(true);
  },
);

test("SARIF follows no link that the command leaves", async () => {
  const outside = await mkdtemp(join(tmpdir(), "bailiff-outside-"));
  const script = `ln -s ${outside}/file bailiff.sarif`;
  const result = await pushed(script, {}, { with: { sarif: "bailiff.sarif" } });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "ALLOW" } });
  expect(failures(result)).toMatchObject([
    { message: expect.stringContaining("where a link or a folder is") as string },
  ]);
  expect(await readdir(outside)).toEqual([]);
  await rm(outside, { recursive: true });
});

test("on a runner without summaries a command runs, and fails the step as ever", async () => {
  const result = await pushed("touch deployed; exit 3", {}, { env: { GITHUB_STEP_SUMMARY: "" } });
  expect(result).toMatchObject({ succeeded: false, outputs: { decision: "ALLOW" } });
  expect(failures(result)).toMatchObject([{ message: "The command ended with exit code 3" }]);
  expect(await isThere(result, "deployed")).toBe(true);
});

test("it has what a step has of the environment, and nothing of ours", async () => {
  const ours = {
    ...{ ACTIONS_RUNTIME_TOKEN: "runtime", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "oidc", DEPLOY: "here" },
    COPY: signing.pem,
  };
  const inputs = { "signing-key": signing.pem, "ledger-root": root };
  const result = await pushed(
    "env > ../environment-of-it\ncp ../environment-of-it .",
    {},
    {
      env: ours,
      with: inputs,
    },
  );
  const names = (await readFile(join(result.workspace.folder, "environment-of-it"), "utf8"))
    .split("\n")
    .map((line) => line.split("=", 1)[0] ?? "");
  expect(names).toEqual(
    expect.arrayContaining(["PATH", "GITHUB_SHA", "DEPLOY", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"]),
  );
  const withheld = /^INPUT_|^ACTIONS_RUNTIME|^GITHUB_OUTPUT$|^COPY$/;
  expect(names.filter((name) => withheld.test(name))).toEqual([]);
});

test("what it did is on the record: both verdicts, its start and its end", async () => {
  const inputs = { "signing-key": signing.pem, "ledger-root": root };
  const result = await pushed("exit 4", {}, { with: inputs });
  expect(result.succeeded).toBe(false);
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  expect(await verifyLedger(clone, {})).toMatchObject({ ok: true });
  const records = (await gathered(replay(clone))).slice(-4);
  expect(records.map(({ kind }) => kind)).toEqual([
    ...["verdict", "verdict"],
    ...["execution", "execution"],
  ]);
  expect(records[0]?.verdict?.action).toMatchObject({ kind: "push", attempt: null });
  expect(records[1]?.verdict?.action).toMatchObject({
    ...{ kind: "command", name: "gate" },
    attempt: expect.any(String) as string,
  });
  expect(records[3]?.execution).toMatchObject({ phase: "ended", exitCode: 4 });
});

test("that a denial of commands blocked it is on the record", async () => {
  const about = await oneAbout("command", "DENY");
  const inputs = { "signing-key": signing.pem, "ledger-root": root, ...about };
  const result = await pushed("touch deployed", {}, { with: inputs });
  expect(result.succeeded).toBe(false);
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  const records = (await gathered(replay(clone))).slice(-3);
  expect(records.map(({ verdict }) => verdict?.verdict.decision)).toEqual([
    "ALLOW",
    "DENY",
    undefined,
  ]);
  expect(records[2]?.execution).toMatchObject({ phase: "blocked", cause: "denied" });
});

test("a branch that is named as head and moves meanwhile is judged once, as it was", async () => {
  const { repository, github } = fixture;
  const act = () => repository.commit({ branch: "main", files: { "later.txt": "" }, by: "ann" });
  const route = "git-receive-pack";
  github.fail({ method: "POST", route, fault: { kind: "meanwhile", act } });
  const inputs = { "signing-key": signing.pem, "ledger-root": root, head: "main" };
  const result = await pushed("touch deployed", {}, { with: inputs });
  expect(result.succeeded).toBe(true);
  expect(await isThere(result, "deployed")).toBe(true);
});

test("of a change that is denied the change's verdict alone is on the record", async () => {
  const inputs = { "signing-key": signing.pem, "ledger-root": root };
  const files = { [WORKFLOW]: workflow("write") };
  const before = await recorded();
  expect((await pushed("touch deployed", { files }, { with: inputs })).succeeded).toBe(false);
  const added = (await recorded()).slice(before.length);
  expect(added.map(({ verdict }) => verdict?.verdict.decision)).toEqual(["DENY"]);
});

async function recorded() {
  await using clone = await openLedgerClone({ repository: fixture.repository.gitFolder });
  return await gathered(replay(clone));
}

test("a pull request's command runs on its head, under the pull request's facts", async () => {
  const policy = `version: 1
policies:
  - id: commands-by-ann
    decision: WARN
    only: { action.kind: command, action.name: gate, action.author.login: ann }
    message: a command on a change of hers
`;
  await fixture.repository.commit({ branch: "main", files: { "ann.yml": policy }, by: "ann" });
  const { number, folder } = await calmCheckout("calm");
  const step = await pullStep(fixture, number, folder);
  const result = await runStep({ ...step, with: { run: "touch deployed", policy: "ann.yml" } });
  expect(result).toMatchObject({ succeeded: true, outputs: { decision: "WARN" } });
  expect(result.outputs["policy-ids"]).toBe("commands-by-ann");
  expect(result.summary).toContain("The command ended with exit code 0");
});

test("on a run that anybody starts with all rights it is refused before anything is judged", async () => {
  await refused("pull_request_target", await calmCheckout("privileged"));
});

test("without a work tree it is refused before anything is judged", async () => {
  await using workspace = await emptyWorkspace();
  await refused("pull_request", { ...(await calmCheckout("absent")), ...workspace });
});

test("in a bare repository it is refused before anything is judged", async () => {
  const { number } = await calmCheckout("bare");
  await refused("pull_request", { number, folder: fixture.repository.gitFolder });
});

async function calmCheckout(branch: string) {
  const { number } = await openChange(fixture, { [`${branch}.txt`]: "\n" }, branch);
  const { folder } = await checkout(fixture, `refs/pull/${number}/head`, "deep");
  return { number, folder };
}

async function refused(event: string, { number, folder }: { number: number; folder: string }) {
  const step = await pullStep(fixture, number, folder);
  const result = await runStep({ ...step, event, with: { run: "touch deployed" } });
  expect(result).toMatchObject({ succeeded: false, outputs: {} });
  expect(failures(result)).toMatchObject([
    { message: expect.stringContaining("input run") as string },
  ]);
}
