import fc from "fast-check";
import { expect, test } from "vitest";
import { annotationsOf } from "../../report/annotations.ts";
import { utf8Length } from "../../report/fit.ts";
import { hostile } from "./escape/arbitrary.ts";
import { approval, fileOf, judgementOf, reasonOf, release } from "./judgement.ts";

const all = { limit: 1_000 };
const settled = { settledBy: [approval] };

test("a denial stands at its lines with its policy, message and remedy", () => {
  expect(annotationsOf(judgementOf([reasonOf({ endLine: 16 })]), all)).toEqual({
    annotations: [
      {
        path: release,
        start_line: 14,
        end_line: 16,
        annotation_level: "failure",
        title: "DENY: new-permissions",
        message:
          "jobs.release: contents read → write\nTo settle: an approval of 1f2e3d4 by someone who may write",
      },
    ],
    omitted: 0,
  });
});

test.each([
  { what: "a denial", reasons: [reasonOf()], level: "failure", title: "DENY" },
  { what: "a warning", reasons: [reasonOf({ decision: "WARN" })], level: "warning", title: "WARN" },
  { what: "a settled denial", reasons: [reasonOf(settled)], level: "notice", title: "SETTLED" },
  {
    what: "a settled reason beside a warning",
    reasons: [reasonOf(settled), reasonOf({ decision: "WARN" })],
    level: "warning",
    title: "WARN",
  },
])("the level of $what", ({ reasons, level, title }) => {
  const { annotations } = annotationsOf(judgementOf(reasons), all);
  expect(annotations).toMatchObject([
    { annotation_level: level, title: `${title}: new-permissions` },
  ]);
});

test("reasons of one policy at one line make one annotation, which says a shared remedy once", () => {
  const other = reasonOf({ message: "jobs.release: packages none → write", endLine: 15 });
  const { annotations } = annotationsOf(judgementOf([reasonOf(), other]), all);
  expect(annotations).toMatchObject([{ start_line: 14, end_line: 15 }]);
  expect(annotations[0]?.message.split("\n")).toEqual([
    "jobs.release: contents read → write",
    "jobs.release: packages none → write",
    "To settle: an approval of 1f2e3d4 by someone who may write",
  ]);
});

test.each([
  { what: "another line", change: { line: 15, endLine: 15 } },
  { what: "another policy", change: { policyId: "untrusted-code" } },
  { what: "another file", change: { path: "other.yml" } },
])("$what makes another annotation", ({ change }) => {
  const files = [fileOf(), fileOf({ path: "other.yml" })];
  const judgement = judgementOf([reasonOf(), reasonOf(change)], { files });
  expect(annotationsOf(judgement, all).annotations).toHaveLength(2);
});

test("denials come first, settled reasons last, and the limit cuts the end and counts reasons", () => {
  const reasons = [
    reasonOf({ ...settled, line: 1, endLine: 1 }),
    reasonOf({ ...settled, line: 1, endLine: 1 }),
    reasonOf({ decision: "WARN", line: 2, endLine: 2 }),
    reasonOf({ line: 3, endLine: 3 }),
  ];
  const levels = (limit: number) => {
    const { annotations, omitted } = annotationsOf(judgementOf(reasons), { limit });
    return [...annotations.map(({ annotation_level }) => annotation_level), omitted];
  };
  expect(levels(3)).toEqual(["failure", "warning", "notice", 0]);
  expect(levels(2)).toEqual(["failure", "warning", 2]);
  expect(levels(0)).toEqual([4]);
});

test("what the change removed stands at line 1 of the file, and says where it was", () => {
  const removed = reasonOf({ side: "base", line: 9, endLine: 9 });
  const { annotations } = annotationsOf(judgementOf([removed]), all);
  expect(annotations).toMatchObject([{ path: release, start_line: 1, end_line: 1 }]);
  expect(annotations[0]?.message).toContain("(before the change, line 9)");
});

test("what a renamed file lost stands in the file's new place", () => {
  const files = [fileOf({ path: "new.yml", previousPath: release, status: "renamed" })];
  const judgement = judgementOf([reasonOf({ side: "base" })], { files });
  expect(annotationsOf(judgement, all).annotations).toMatchObject([{ path: "new.yml" }]);
});

test("a file without a line is annotated at its first", () => {
  const judgement = judgementOf([reasonOf({ line: null, endLine: null })]);
  expect(annotationsOf(judgement, all).annotations).toMatchObject([{ start_line: 1, end_line: 1 }]);
});

test.each([
  { what: "a removed file", reason: { side: "base" }, file: { status: "removed" } },
  { what: "a path that is not in the change", reason: { path: "bailiff.yml" }, file: {} },
  { what: "a place on neither side", reason: { side: null }, file: {} },
  {
    what: "a path with a control character",
    reason: { path: "a\u{1b}" },
    file: { path: "a\u{1b}" },
  },
  {
    what: "a path with a byte that is no text",
    reason: { path: "a\\xff" },
    file: { path: "a\\xff" },
  },
] as const)("$what has no annotation and is counted", ({ reason, file }) => {
  const judgement = judgementOf([reasonOf(reason)], { files: [fileOf(file)] });
  expect(annotationsOf(judgement, all)).toEqual({ annotations: [], omitted: 1 });
});

test("a reason about the whole change has no annotation and is not counted", () => {
  const whole = reasonOf({ path: null, side: null, line: null, endLine: null });
  expect(annotationsOf(judgementOf([whole]), all)).toEqual({ annotations: [], omitted: 0 });
});

test("messages and titles keep to their bytes and hide nothing", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const long = text.repeat(2_000);
      const reasons = Array.from({ length: 20 }, (_, place) =>
        reasonOf({ message: `${place}${long}`, remedy: text, policyId: text }),
      );
      for (const { title, message } of annotationsOf(judgementOf(reasons), all).annotations) {
        expect(utf8Length(message)).toBeLessThanOrEqual(65_535);
        expect(title.length).toBeLessThanOrEqual(255);
        expect(message.replaceAll("\n", "") + title).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
    { numRuns: 20 },
  );
});

test("lines that found no room are counted", () => {
  const reasons = Array.from({ length: 20 }, (_, place) =>
    reasonOf({ message: `${place}${"é".repeat(5_000)}` }),
  );
  const [annotation] = annotationsOf(judgementOf(reasons), all).annotations;
  expect(annotation?.message).toMatch(/\(\d+ more lines left out\)$/u);
});
