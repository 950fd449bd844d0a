import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandsIn, type RunnerCommand } from "./commands.ts";
import { pairsIn } from "./key-value-file.ts";
import { readManifest } from "./manifest.ts";
import { shippedAction } from "./shipped.ts";

/** A step of a workflow that uses this project's Action, and the run that it is part of. */
export interface Step {
  readonly with?: Readonly<Record<string, string>>;
  readonly event: string;
  readonly payload: object;
  readonly repository: { readonly id: number; readonly fullName: string };
  readonly sha: string;
  readonly ref?: string;
  /** Where the workflow's file is from; the repository's own by default. */
  readonly workflowRef?: string;
  readonly workspace: string;
  readonly serverUrl?: string;
  /** Where the API is; by default where an enterprise server has it. */
  readonly apiUrl?: string;
  /** What `${{ github.token }}` is; "" for none. */
  readonly token?: string;
  /** Variables of the step, as `env:` sets them. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly succeeded: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly commands: readonly RunnerCommand[];
  readonly log: string;
}

const OWN_WORKFLOW = ".github/workflows/bailiff.yml@refs/heads/main";
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** A step that can be started: what runs, with which variables. */
export interface PreparedStep {
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: { readonly output: string; readonly summary: string };
  /** The names that `action.yml` declares. */
  readonly outputs: readonly string[];
}

/** Runs a step as GitHub's runner does. Throws for what the runner would refuse. */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-step-"));
  const action = await shippedAction();
  const { main, env, files, outputs } = await prepareStep(step, { action, folder });
  // Many steps are started of one Action: what was compiled for the first serves the others.
  const quick = { NODE_COMPILE_CACHE: join(action, "compiled"), ...env };
  const { status, output } = await start(main, step.workspace, quick);
  const summary = await readFile(files.summary, "utf8");
  if (Buffer.byteLength(summary) > MAX_SUMMARY_BYTES) throw new Error("the summary is too large");
  return {
    succeeded: status === 0,
    outputs: declared(pairsIn(await readFile(files.output, "utf8")), outputs),
    summary,
    commands: commandsIn(output),
    log: output,
  };
}

/** Makes ready what GitHub's runner does: `action` is the Action's folder, `folder` an empty one. */
export async function prepareStep(
  step: Step,
  { action, folder }: { readonly action: string; readonly folder: string },
): Promise<PreparedStep> {
  const manifest = readManifest(join(action, "action.yml"));
  if (manifest.using !== "node24") throw new Error(`no runner starts ${manifest.using}`);
  const files = { output: join(folder, "output"), summary: join(folder, "summary") };
  const temp = join(folder, "temp");
  const event = join(folder, "event.json");
  await mkdir(temp);
  await writeFile(event, JSON.stringify(step.payload));
  for (const file of Object.values(files)) await writeFile(file, "");
  const env = {
    ...inputVariables(manifest.inputs, step),
    CI: "true",
    GITHUB_ACTION: "__octo_bailiff",
    GITHUB_API_URL: step.apiUrl ?? `${step.serverUrl ?? "https://github.invalid"}/api/v3`,
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: event,
    GITHUB_JOB: "gate",
    GITHUB_OUTPUT: files.output,
    GITHUB_REF: step.ref ?? "refs/heads/main",
    GITHUB_REPOSITORY: step.repository.fullName,
    GITHUB_REPOSITORY_ID: String(step.repository.id),
    GITHUB_RUN_ID: "1234567",
    GITHUB_SERVER_URL: step.serverUrl ?? "https://github.invalid",
    GITHUB_SHA: step.sha,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKFLOW_REF: step.workflowRef ?? `${step.repository.fullName}/${OWN_WORKFLOW}`,
    GITHUB_WORKSPACE: step.workspace,
    HOME: folder,
    PATH: process.env["PATH"] ?? "",
    RUNNER_TEMP: temp,
    ...step.env,
  };
  return { main: join(action, manifest.main), env, files, outputs: manifest.outputs };
}

/** `fail-on` → `INPUT_FAIL-ON`. The runner warns of unknown inputs; here they are mistakes. */
function inputVariables(
  inputs: ReadonlyMap<string, string>,
  { with: given = {}, token = "" }: Step,
): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !inputs.has(name));
  if (unknown !== undefined) throw new Error(`Unexpected input '${unknown}'`);
  const filled = [...inputs].map(([name, otherwise]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    (given[name] ?? otherwise).replace("${{ github.token }}", token),
  ]);
  return Object.fromEntries(filled) as Record<string, string>;
}

function declared(
  outputs: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const unknown = Object.keys(outputs).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`action.yml declares no output ${unknown}`);
  return outputs;
}

function start(
  main: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    }
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
