import { spawnSync, type SpawnSyncOptions } from "node:child_process";

/** Milliseconds of each run, and what they come to. */
export interface Timing {
  readonly minMs: number;
  readonly medianMs: number;
}

/** Runs the subjects in turn, A B A B …, so that a machine that drifts drifts under both. */
export function interleave<const Name extends string>(
  subjects: Readonly<Record<Name, () => void>>,
  runs: number,
): Record<Name, Timing> {
  const names = Object.keys(subjects) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (const name of names) subjects[name](); // Once uncounted: caches are warm for all.
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) times.get(name)?.push(timeMs(subjects[name]));
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(times.get(name) ?? [])])) as Record<
    Name,
    Timing
  >;
}

interface CommandOptions extends Pick<SpawnSyncOptions, "cwd" | "env"> {
  /** The status that it is to exit with. Default: 0. */
  readonly expected?: number;
}

/** Runs a command to its end; throws where it exits with a status that was not expected. */
export function runCommand(
  command: string,
  args: readonly string[],
  { expected = 0, ...options }: CommandOptions = {},
): void {
  const stdio = ["ignore", "ignore", "pipe"] as const;
  const { status, stderr } = spawnSync(command, args, { ...options, stdio: [...stdio] });
  if (status !== expected) {
    throw new Error(
      `${command} ${args.join(" ")} exited with ${String(status)}: ${String(stderr)}`,
    );
  }
}

/** `name  min 41 ms  median 45 ms`. */
export function timingLine(name: string, { minMs, medianMs }: Timing): string {
  return `${name.padEnd(44)} min ${minMs.toFixed(0).padStart(6)} ms  median ${medianMs.toFixed(0).padStart(6)} ms`;
}

export function timeMs(subject: () => void): number {
  const started = performance.now();
  subject();
  return performance.now() - started;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((one, other) => one - other);
  return { minMs: sorted[0] ?? Number.NaN, medianMs: sorted[sorted.length >> 1] ?? Number.NaN };
}
