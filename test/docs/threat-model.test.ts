import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { titlesOf, type TestTitles } from "./test-titles.ts";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/threat-model.md", ROOT), "utf8");

/**
 * A threat is a paragraph; its proofs are the list below it:
 *
 * ```
 * **What somebody does.** What stops it.
 *
 * - `test/app/app.test.ts` › "are the default branch's, not the head's"
 * - `test/cli/run.test.ts` › "$when: one line" › "a bare repository"
 * ```
 */
const threats = page
  .split(/\n(?=\*\*|#)/)
  .filter((paragraph) => paragraph.startsWith("**"))
  .map((paragraph) => ({
    threat: /^\*\*(.+?)\*\*/s.exec(paragraph)?.[1] ?? "",
    proofs: [...paragraph.matchAll(/^- `(test\/[^`]+)` › "(.+?)"(?: › "(.+)")?$/gm)].map(
      ([, file = "", title = "", row]) => ({ file, title, row }),
    ),
    items: paragraph.match(/^- .*$/gm)?.length ?? 0,
  }));

const known = new Map<string, TestTitles>();

function titles(file: string): TestTitles {
  const found = known.get(file) ?? titlesOf(new URL(file, ROOT));
  known.set(file, found);
  return found;
}

test("the page names threats, each once", () => {
  const names = threats.map(({ threat }) => threat);
  expect(names.length).toBeGreaterThan(40);
  expect(new Set(names).size).toBe(names.length);
});

test.each(threats)("has a proof that exists: $threat", ({ proofs, items }) => {
  expect(proofs.length).toBeGreaterThan(0);
  expect(proofs.length).toBe(items);
  for (const { file, title, row } of proofs) {
    expect(titles(file).titles).toContain(title);
    if (row !== undefined) expect(titles(file).rows).toContain(row);
  }
});
