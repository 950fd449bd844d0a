import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The App as its operator starts it, in a process of its own, and what it starts. */
export interface WatchedApp {
  /** Where it listens; empty where it ended before. */
  readonly url: string;
  /** All that it wrote on stdout and stderr. */
  output(): string;
  /** The arguments of every git process so far, git's own helpers (`remote-http`) included. */
  commands(): Promise<readonly string[]>;
  readonly child: ChildProcess;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
}

export interface WatchedAppOptions {
  readonly variables: Readonly<Record<string, string>>;
  /** A folder of the test's own. */
  readonly folder: string;
  /** A module's text that runs before the App's. */
  readonly preload?: string;
}

/** Starts `app/main.ts`. */
export async function startWatchedApp(options: WatchedAppOptions): Promise<WatchedApp> {
  const { variables, folder, preload = "" } = options;
  const trace = join(folder, "git-trace");
  const bin = await gitShim(folder, trace);
  await writeFile(join(folder, "preload.mjs"), preload);
  const child = spawn(process.execPath, ["--import", join(folder, "preload.mjs"), "app/main.ts"], {
    env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  const listening = Promise.withResolvers<string>();
  const take = (chunk: Buffer) => {
    written.push(chunk.toString());
    const url = /"message":"listening","url":"([^"]+)"/.exec(written.join(""))?.[1];
    if (url !== undefined) listening.resolve(url);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (status) => {
      listening.resolve("");
      resolve(status);
    });
  });
  const output = () => written.join("");
  return { url: await listening.promise, output, commands: () => commandsIn(trace), child, ended };
}

/** A `git` that notes the arguments of all that it runs, as they are: the App gives git an environment from nothing. */
async function gitShim(folder: string, trace: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  const script = [
    "#!/bin/sh",
    "PATH=${PATH#*:}",
    `GIT_TRACE2_EVENT='${trace}' GIT_TRACE_REDACT=0 exec git "$@"`,
    "",
  ].join("\n");
  await writeFile(join(bin, "git"), script);
  await chmod(join(bin, "git"), 0o755);
  return bin;
}

/** `{"event":"start", …,"argv":["git","push","origin"]}` */
async function commandsIn(trace: string): Promise<readonly string[]> {
  const text = await readFile(trace, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line.includes('"argv":'))
    .map((line) => (JSON.parse(line) as { argv: readonly string[] }).argv.join(" "));
}
