import { spawn } from "node:child_process";
import type { CheckRun } from "../test/embedded-github/state/check-runs.ts";

const bold = (text: string) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);
const faint = (text: string) => (process.stdout.isTTY ? `\u001b[2m${text}\u001b[0m` : text);

/** Opens a chapter. */
export function chapter(title: string): void {
  console.log(`\n${bold(`── ${title} `)}${bold("─".repeat(Math.max(2, 76 - title.length)))}\n`);
}

export function tell(text: string): void {
  console.log(text);
}

/** Shows a check run as its page on GitHub would: conclusion, title, summary, annotations. */
export function showCheckRun(run: CheckRun): void {
  const mark = { success: "✓", failure: "✗" }[run.conclusion ?? ""] ?? "•";
  console.log(`  ${mark} ${bold(run.name)}  ${run.conclusion ?? run.status}: ${run.title ?? ""}`);
  for (const line of (run.summary ?? "").split("\n")) console.log(faint(`    │ ${line}`));
  for (const { path, startLine, level, message } of run.annotations) {
    console.log(`    ▸ ${path}:${startLine} (${level})`);
    for (const line of message.split("\n")) console.log(`      ${line}`);
  }
}

/** What a command that was shown came to. */
export interface Shown {
  readonly status: number;
  readonly out: string;
}

/** Runs a command as a person would, echoing it and what it prints. */
export async function show(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; as?: string; lines?: number },
): Promise<Shown> {
  console.log(faint(`  $ ${options.as ?? [command, ...args].join(" ")}`));
  const shown = await run(command, args, options);
  const lines = shown.out === "" ? [] : shown.out.trimEnd().split("\n");
  for (const line of lines.slice(0, options.lines ?? 60)) console.log(`    ${line}`);
  const more = lines.length - (options.lines ?? 60);
  if (more > 0) console.log(faint(`    … ${more} more lines`));
  if (shown.status !== 0) console.log(faint(`    (exit ${shown.status})`));
  console.log();
  return shown;
}

/** Runs a command and gives its exit status and everything it printed. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Shown> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status: status ?? 1, out });
    });
  });
}
