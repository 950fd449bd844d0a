import { describe, expect, test } from "vitest";
import { openProgress, progressLine } from "../../cli/progress.ts";

/** A terminal of that many columns (none: no terminal), whose clock goes on by `stepMs` with each look. */
function watched(stepMs: number, columns: number | null) {
  let nowMs = 0;
  const [written, said]: [string[], string[]] = [[], []];
  const terminal = {
    now: () => new Date((nowMs += stepMs)),
    say: (line: string) => void said.push(line),
    live:
      columns === null
        ? null
        : { columns: () => columns, write: (text: string) => void written.push(text) },
  };
  return { terminal, written, said };
}

/** What a terminal's line holds once all was written. */
function lineAfter(written: readonly string[]): string {
  const cells: string[] = [];
  let at = 0;
  for (const character of written.join("")) {
    if (character === "\r") at = 0;
    else cells[at++] = character;
  }
  return cells.join("").trimEnd();
}

function run(stepMs: number, columns: number | null, total: number, until = total) {
  const { terminal, written, said } = watched(stepMs, columns);
  const lines: string[] = [];
  {
    using progress = openProgress(terminal, { total, what: "commits" });
    for (let done = 0; done < until; done += 1) {
      progress.advance();
      lines.push(lineAfter(written));
    }
  }
  return { lines, written, said, end: lineAfter(written) };
}

describe("on a terminal", () => {
  test("one line is written over, with what is done, and how long the rest takes", () => {
    const { lines, said } = run(1000, 80, 4);
    expect(lines.slice(0, 3)).toEqual([
      "[######                  ]  25%  1 of 4 commits, 0:03 left",
      "[############            ]  50%  2 of 4 commits, 0:02 left",
      "[##################      ]  75%  3 of 4 commits, 0:01 left",
    ]);
    expect(said).toEqual([]);
  });

  test("it is gone at the end, also of a run that breaks off", () => {
    expect(run(1000, 80, 4).end).toBe("");
    expect(run(1000, 80, 4, 2).end).toBe("");
  });

  test("neither line breaks, nor colours, nor anything that clears the line first", () => {
    const { written } = run(700, 80, 40);
    expect(written.length).toBeGreaterThan(10);
    expect(written.join("")).not.toMatch(/[\n\x1b]/);
    expect(written.every((text) => text.startsWith("\r"))).toBe(true);
  });

  test("a run that is over soon shows nothing, and a fast one redraws ten times a second", () => {
    expect(run(1, 80, 400).written).toEqual([]);
    expect(run(10, 80, 200).written.length).toBeLessThanOrEqual(17);
  });

  test.each([
    [80, "[############            ]  50%  1 of 2 commits, 0:01 left"],
    [40, "50%  1 of 2 commits, 0:01 left"],
    [20, "50%"],
    [3, ""],
  ])("%i columns hold as much of it as fits: %j", (columns, line) => {
    const one = { done: 1, total: 2, what: "commits", elapsedMs: 1000 };
    expect(progressLine(one, columns)).toBe(line);
  });

  test.each([
    [59_000, "0:59"],
    [61_000, "1:01"],
    [3_723_000, "1:02:03"],
  ])("%i ms are %s", (elapsedMs, left) => {
    const one = { done: 1, total: 2, what: "commits", elapsedMs };
    expect(progressLine(one, 80)).toContain(`, ${left} left`);
  });
});

describe("where stderr is no terminal", () => {
  test("a line each ten seconds, and none of a short run", () => {
    expect(run(1000, null, 30).said).toEqual([
      "10 of 30 commits, 0:20 left",
      "20 of 30 commits, 0:10 left",
    ]);
    expect(run(100, null, 30)).toMatchObject({ said: [], written: [] });
  });
});
