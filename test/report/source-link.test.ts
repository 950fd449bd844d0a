import { expect, test } from "vitest";
import { sourceLink } from "../../report/source-link.ts";
import type { ChangeFacts } from "../../rules/facts/facts.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";

const CHANGE = { head: "h", mergeBase: "m" } as ChangeFacts;
const REASON = { path: "a/b.yml", side: "head", line: 3, endLine: 3 } as Reason;

test.each([
  { what: "a line", reason: {}, link: "blob/h/a/b.yml#L3" },
  { what: "several lines", reason: { endLine: 5 }, link: "blob/h/a/b.yml#L3-L5" },
  { what: "a file", reason: { line: null, endLine: null }, link: "blob/h/a/b.yml" },
  { what: "a line without an end", reason: { endLine: null }, link: "blob/h/a/b.yml#L3" },
  { what: "what was before", reason: { side: "base" as const }, link: "blob/m/a/b.yml#L3" },
  {
    what: "a path of signs",
    reason: { path: "a b/(c)[d]?#'*!%/é.yml" },
    link: "blob/h/a%20b/%28c%29%5Bd%5D%3F%23%27%2A%21%25/%C3%A9.yml#L3",
  },
])("$what has an address", ({ reason, link }) => {
  expect(sourceLink("https://x.example/o/r", { ...REASON, ...reason }, CHANGE)).toBe(
    `https://x.example/o/r/${link}`,
  );
});

test.each([null, "a\\xFFb", "a\ud800b"])("the path %j has no address", (path) => {
  expect(sourceLink("https://x.example/o/r", { ...REASON, path }, CHANGE)).toBeNull();
});
