import type { Terminal } from "./terminal.ts";

/** How far a long run is. Dispose of it, so that its line is taken away whatever happens. */
export interface Progress extends Disposable {
  /** One more is done. */
  advance(): void;
}

/** A run that is over sooner shows nothing; a line is drawn anew at most this often. */
const FIRST_MS = 500;
const REDRAWN_MS = 100;
/** Where stderr is no terminal, a line each ten seconds. */
const TOLD_MS = 10_000;
const BAR_WIDTH = 24;

/**
 * Shows how many of `total` are done, how much that is, and how long the rest takes at that rate:
 * on a terminal as one line that is written over and cleared at the end, elsewhere as a line each
 * ten seconds. Nothing of it is coloured.
 */
export function openProgress(
  { live = null, say, now }: Pick<Terminal, "live" | "say" | "now">,
  { total, what }: { readonly total: number; readonly what: string },
): Progress {
  const start = now().getTime();
  let [done, shownMs, shown] = [0, 0, ""];
  const show = (elapsedMs: number): void => {
    shownMs = elapsedMs;
    const run = { done, total, what, elapsedMs };
    if (live === null) {
      say(progressWords(run));
      return;
    }
    const line = progressLine(run, live.columns());
    if (line !== shown) live.write(over(line, shown));
    shown = line;
  };
  return {
    advance: () => {
      done += 1;
      const elapsedMs = now().getTime() - start;
      const pauseMs = live === null ? TOLD_MS : shown === "" ? FIRST_MS : REDRAWN_MS;
      if (done < total && elapsedMs - shownMs >= pauseMs) show(elapsedMs);
    },
    [Symbol.dispose]: () => {
      if (shown !== "") live?.write(over("", shown));
      shown = "";
    },
  };
}

interface Run {
  readonly done: number;
  readonly total: number;
  readonly what: string;
  readonly elapsedMs: number;
}

/** `[######      ]  25%  50 of 200 commits, 0:12 left`, as much of it as a line holds. */
export function progressLine(run: Run, columns: number): string {
  const { done, total } = run;
  const filled = Math.floor((BAR_WIDTH * done) / total);
  const bar = `[${"#".repeat(filled)}${" ".repeat(BAR_WIDTH - filled)}]`;
  const percent = `${Math.floor((100 * done) / total)}%`.padStart(4);
  const whole = `${bar} ${percent}  ${progressWords(run)}`;
  // In the last column a terminal would go on to the next line.
  const [fits] = [whole, `${percent.trim()}  ${progressWords(run)}`, percent.trim()].filter(
    (line) => line.length < columns,
  );
  return fits ?? "";
}

/** `50 of 200 commits, 0:12 left` */
function progressWords({ done, total, what, elapsedMs }: Run): string {
  const left = done === 0 ? "" : `, ${minutes((elapsedMs * (total - done)) / done)} left`;
  return `${done} of ${total} ${what}${left}`;
}

/** `0:05`, `12:30`, `1:02:03` */
function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
  const tail = String(rest % 60).padStart(2, "0");
  const head = Math.floor(rest / 60);
  return hours > 0 ? `${hours}:${String(head).padStart(2, "0")}:${tail}` : `${head}:${tail}`;
}

/** Written over rather than cleared first, which would flicker. */
function over(line: string, before: string): string {
  const rest = " ".repeat(Math.max(0, before.length - line.length));
  return `\r${line}${rest}${line === "" ? "\r" : ""}`;
}
