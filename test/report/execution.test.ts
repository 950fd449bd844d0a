import { describe, expect, test } from "vitest";
import { executionJson } from "../../report/execution-json.ts";
import { executionText, type ShownExecution } from "../../report/execution-text.ts";
import { verdictJson } from "../../report/verdict-json.ts";
import { judgementOf, reasonOf, record } from "./judgement.ts";

function execution(changes: Partial<ShownExecution> = {}): ShownExecution {
  return {
    attempt: "run-1",
    status: "ended",
    cause: null,
    exitCode: 0,
    signal: null,
    failure: null,
    differences: [],
    record,
    unrecorded: null,
    ...changes,
  };
}

const dirty = { path: "a\u{1b}.txt", kind: "untracked" };
const blocked = { status: "blocked", exitCode: 125 } as const;

describe("the text", () => {
  test.each<{ when: string; changes: Partial<ShownExecution>; says: string }>([
    { when: "it ended", changes: { exitCode: 7 }, says: "ended with exit code 7\n" },
    { when: "a signal ended it", changes: { signal: "SIGINT" }, says: "ended by SIGINT\n" },
    {
      when: "it was denied",
      changes: { ...blocked, cause: "denied", differences: null },
      says: "not started, the verdict is a denial\n",
    },
    {
      when: "its work tree differs",
      changes: { ...blocked, cause: "work-tree", differences: [dirty] },
      says: "not started, the work tree is not what was judged\n          untracked: a\\u{1b}.txt\nTo do:",
    },
    {
      when: "its work tree changed at last",
      changes: { ...blocked, cause: "work-tree", failure: "work-tree", differences: [dirty] },
      says: "ended without having run: the work tree changed before it could start\n",
    },
    { when: "it is recorded", changes: {}, says: `index 12, leaf ${record.leaf}, run run-1` },
    { when: "it is not recorded", changes: { record: null }, says: "--record puts it there" },
    {
      when: "its end is not recorded",
      changes: { unrecorded: { message: "no\nroom", remedy: "make some" } },
      says: "THE END OF THIS RUN IS NOT ON THE RECORD: no\\u{a}room\n          make some",
    },
  ])("says where $when", ({ changes, says }) => {
    expect(executionText(execution(changes))).toContain(says);
  });

  test("counts differences that are more than a reader takes in", () => {
    const differences = Array.from({ length: 25 }, (_, place) => ({
      path: `file-${place}`,
      kind: "content",
    }));
    const text = executionText(execution({ differences }));
    expect(text).toContain("file-19\n");
    expect(text).not.toContain("file-20");
    expect(text).toContain("and 5 more");
  });

  const key = { path: "key.pem", kind: "untracked" };
  test.each([
    { when: "it is all that differs", differences: [key], others: false },
    { when: "other files differ too", differences: [dirty, key], others: true },
  ])("says to move the signing key out of the work tree where $when", ({ differences, others }) => {
    const text = executionText(
      execution({ ...blocked, cause: "work-tree", differences }),
      "key.pem",
    );
    expect(text).toContain("To do:    the signing key lies in the work tree");
    expect(text.includes("--allow-dirty")).toBe(others);
  });

  test("says nothing to do where a work tree that differs was allowed", () => {
    expect(executionText(execution({ differences: [dirty] }))).not.toContain("To do:");
  });
});

test("the JSON is what check prints and the execution, on one line that commands no terminal", () => {
  const judgement = judgementOf([reasonOf({ message: "\u{202e}" })]);
  const { attempt, status, cause, exitCode, signal, failure } = execution();
  const line = executionJson({
    judgement,
    record,
    execution: execution({
      differences: [dirty],
      unrecorded: { message: "no", remedy: "yes" },
    }),
  });
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(line)).toEqual({
    ...(JSON.parse(verdictJson(judgement, record)) as object),
    execution: {
      ...{ attempt, status, cause, exitCode, signal, failure, differences: [dirty] },
      record: { index: 12, leaf: record.leaf },
      unrecorded: "no",
    },
  });
  expect(
    JSON.parse(executionJson({ judgement, record: null, execution: execution({ record: null }) })),
  ).toMatchObject({
    record: null,
    execution: { record: null, unrecorded: null },
  });
});
