import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chapter, run, show, showCheckRun, tell } from "./narrator.ts";
import { BAILIFF, setStage, type Stage } from "./stage.ts";
import { RELEASE_RAISED, RELEASE_REFORMATTED, SCRIPT } from "./workflows.ts";

const keep = process.argv.includes("--keep");

await using stage = await setStage();
tell(`acme/shop on an embedded GitHub, with Bailiff installed and a ledger begun.
The pin that its administrator published:
  ${stage.pin}`);

await allowed(stage);
await warned(stage);
const denied = await deniedThenApproved(stage);
const clone = await auditedClone(stage);
await tampered(stage, clone);
await lineage(stage, clone, denied);
if (keep) await serveOn(stage);

async function allowed(on: Stage): Promise<void> {
  chapter("1. A reformatted workflow grants nothing new");
  const files = { ".github/workflows/release.yml": RELEASE_REFORMATTED };
  await judgedPull(on, { title: "Tidy the release workflow", head: "tidy", files });
}

async function warned(on: Stage): Promise<void> {
  chapter("2. A build script: allowed, with a warning of the repository's own policy");
  const files = { "scripts/build.sh": SCRIPT };
  await judgedPull(on, { title: "Add a build script", head: "script", files });
}

async function deniedThenApproved(on: Stage): Promise<string> {
  chapter("3. One word more: contents: write. Denied, until somebody else approves");
  const files = { ".github/workflows/release.yml": RELEASE_RAISED };
  const { number, sha } = await judgedPull(on, {
    ...{ title: "Let the release workflow push tags", head: "raise", files },
  });
  tell("\n  bo, who may write, approves this very commit:\n");
  on.repository.review(number, { by: "bo", event: "APPROVE" });
  await on.settled();
  showNewest(on, sha);
  return sha;
}

async function judgedPull(
  on: Stage,
  pull: { title: string; head: string; files: Record<string, string> },
): Promise<{ number: number; sha: string }> {
  const { title, head, files } = pull;
  const { repository } = on;
  const sha = await repository.commit({ branch: head, by: "ann", message: `${title}\n`, files });
  const { number } = await repository.openPull({ by: "ann", title, head });
  await on.settled();
  tell(`  ann opens #${number}, "${title}":\n`);
  showNewest(on, sha);
  return { number, sha };
}

function showNewest({ repository }: Stage, sha: string): void {
  const [newest] = repository.checkRuns(sha);
  if (newest === undefined) throw new Error(`no check run on ${sha}`);
  showCheckRun(newest);
}

async function auditedClone({ repository, folder, pin }: Stage): Promise<string> {
  chapter("4. The ledger, as anybody clones it");
  const clone = join(folder, "auditor");
  const cloning = ["clone", "-q", "--branch", "governance-ledger", repository.gitUrl, clone];
  await show("git", cloning, { cwd: folder, as: "git clone --branch governance-ledger … ledger" });
  await show("git", ["log", "--format=%h %s"], { cwd: clone });
  const verify = ["ledger", "verify", "--pin", pin];
  await show(BAILIFF, verify, { cwd: clone, as: "bailiff ledger verify --pin PIN" });
  return clone;
}

/** Turns the recorded denial into an allowance, and hides it behind a commit like the others. */
async function tampered({ folder }: Stage, clone: string): Promise<void> {
  chapter("5. Somebody rewrites a verdict in a copy of the ledger");
  const copy = join(folder, "doctored");
  await run("git", ["clone", "-q", clone, copy], { cwd: folder });
  const { out } = await run("git", ["ls-files", "records"], { cwd: copy });
  const target = join(copy, out.trim().split("\n").at(-2) ?? "");
  await rewriteDecision(target);
  await run("git", ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "x"], {
    cwd: copy,
  });
  const { status } = await show(BAILIFF, ["ledger", "verify"], {
    ...{ cwd: copy, as: "bailiff ledger verify" },
  });
  if (status !== 1) throw new Error("the tampering was not caught");
}

async function rewriteDecision(path: string): Promise<void> {
  const envelope = JSON.parse(await readFile(path, "utf8")) as { payload: string };
  const statement = Buffer.from(envelope.payload, "base64").toString("utf8");
  const payload = Buffer.from(statement.replaceAll('"DENY"', '"ALLOW"')).toString("base64");
  await writeFile(path, `${JSON.stringify({ ...envelope, payload })}\n`);
}

async function lineage(_: Stage, clone: string, sha: string): Promise<void> {
  chapter("6. Who let that commit in, and on which grounds?");
  await show(BAILIFF, ["lineage", "--commit", sha], {
    ...{ cwd: clone, as: `bailiff lineage --commit ${sha.slice(0, 12)}` },
  });
}

async function serveOn({ github, folder, repository }: Stage): Promise<void> {
  chapter("Still here, until Ctrl-C");
  tell(`  ${github.url}          the repository, its pull requests and check runs
  git clone ${repository.gitUrl}
  ${folder}   the clones; try: ${BAILIFF} ledger log --repo ${join(folder, "auditor")}`);
  await new Promise(() => undefined);
}
