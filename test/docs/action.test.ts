import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withActionTables } from "../../scripts/docs/action-docs.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the tables of inputs and outputs are those of action.yml", () => {
  const page = read("docs/action.md");
  expect(withActionTables(page, read("action.yml"))).toBe(page);
  expect(page).toContain("| `fail-on`");
  expect(page).toContain("| `decision`");
});

test("a page without a place for a table is refused", () => {
  expect(() => withActionTables("# Nothing", read("action.yml"))).toThrow("no place for inputs");
});
