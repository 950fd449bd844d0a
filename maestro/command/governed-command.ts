import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import type { GovernedCommand, ProcessEnd } from "./execution.ts";

/** Where a command runs, and what of the environment it gets. */
export interface CommandPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Whether it leads a process group of its own, so that signals reach all that it started. In a
   * terminal it must not: only the foreground group reads from that, and gets what is typed.
   */
  readonly ownGroup?: boolean;
}

/** The signals that ask a command to end; the command decides what comes of them. */
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** A terminal sends these to everybody in the foreground, the command included. */
const SENT_BY_TERMINAL: readonly string[] = ["SIGINT", "SIGQUIT"];

/**
 * A command that has this process's standard streams, and gets the signals that this process gets.
 *
 * From its start until this is disposed of, no such signal ends this process: it outlives the
 * command, and records its end.
 */
export function governedCommand(
  argv: readonly string[],
  place: CommandPlace,
): GovernedCommand & Disposable {
  let child: ChildProcess | undefined;
  const passOn = (signal: NodeJS.Signals): void => {
    if (place.ownGroup === true) signalGroup(child?.pid, signal);
    else if (!(SENT_BY_TERMINAL.includes(signal) && isatty(0))) child?.kill(signal);
  };
  return {
    argv,
    run: () => {
      for (const signal of PASSED_ON) process.on(signal, passOn);
      return ended(() => (child = start(argv, place)));
    },
    [Symbol.dispose]: () => {
      for (const signal of PASSED_ON) process.off(signal, passOn);
    },
  };
}

function start([program = "", ...words]: readonly string[], place: CommandPlace): ChildProcess {
  // No shell: the words are the program's, and no character of them means anything.
  const { folder: cwd, env, ownGroup: detached = false } = place;
  return spawn(program, words, { cwd, env, detached, stdio: "inherit" });
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody is left in it.
  }
}

function ended(begin: () => ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    try {
      const child = begin();
      child.once("exit", (code, signal) => {
        resolve(signal === null ? { exitCode: code ?? 0 } : signalled(signal));
      });
      child.on("error", (error) => {
        // A signal that could not be passed on is an error too, and the command runs on.
        if (child.pid === undefined) resolve(notStarted(error));
      });
    } catch (error) {
      resolve(notStarted(error));
    }
  });
}

function signalled(signal: NodeJS.Signals): ProcessEnd {
  return { signal, exitCode: 128 + constants.signals[signal] };
}

/** As shells have it: 127 where there is no such program, 126 where it cannot be executed. */
function notStarted(error: unknown): ProcessEnd {
  const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
  return isAbsent
    ? { failure: "not-found", exitCode: 127 }
    : { failure: "not-executable", exitCode: 126 };
}
