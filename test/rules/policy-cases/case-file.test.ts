import { expect, test } from "vitest";
import { parseCaseFile } from "../../../rules/policy-cases/case-file.ts";
import { policySource } from "../sample-evidence.ts";

function problems(text: string): string[] {
  const read = parseCaseFile(policySource(text, "a.test.yml"));
  if ("cases" in read) return [];
  return read.problems.map(({ line, column, message, remedy }) => {
    return `${line}:${column} ${message}; ${remedy}`;
  });
}

const CASE = "version: 1\ncases:\n  - name: a\n    want: DENY\n";

test("a case of files, and one of a range, with all that they may say", () => {
  const text = `${CASE}    files: { a: { base: b, head: c }, d: {} }
    action: { author: ann, title: t, body: b, labels: [l], draft: true, fork: true, base: m, head: h, at: 2026-01-01T00:00:00Z }
    reviews: [{ by: bo, state: dismissed, role: read, current: false }]
    policies: [p]
    reasons: [{ policy: p, decision: DENY, path: a, line: 1, message: m }]
  - { name: b, want: ALLOW, range: { base: v1, head: v2 } }
`;
  const read = parseCaseFile(policySource(text, "a.test.yml"));
  expect("cases" in read ? read.cases.map(({ name }) => name) : read.problems).toEqual(["a", "b"]);
});

test.each([
  {
    text: "version: 2\ncases: []\n",
    said: ["1:10 version cannot be 2; ", "2:8 cases cannot be an empty list; "],
  },
  { text: "a\n", said: ["1:1 a file of cases is a map"] },
  { text: "a: [\n", said: ["2:1 the file of cases cannot be read"] },
  {
    text: `${CASE}    files: {}\n    action: { auther: ann }\n    reviews: [{ from: bo, by: bo }]\n`,
    said: [
      '6:15 a case has no "auther" in action; did you mean author?',
      '7:17 a case has no "from" in reviews; use by, state, role, ',
    ],
  },
  { text: "cases: []\n", said: ["1:1 version is missing; ", "1:8 cases cannot be"] },
  { text: CASE, said: ["3:5 a case is about files or about a range"] },
  {
    text: `${CASE}    files: {}\n    range: { base: a, head: b }\n`,
    said: ["3:5 a case is about"],
  },
  {
    text: `${CASE}    files: {}\n    wnt: DENY\n`,
    said: ['6:5 a case has no "wnt"; did you mean want?'],
  },
  { text: CASE.replace("DENY", "NO") + "    files: {}\n", said: ['4:11 want cannot be "NO"; '] },
  {
    text: `${CASE}    files: {}\n    reviews: [{ by: "-", role: owner }]\n`,
    said: ['6:21 by cannot be "-"; ', '6:32 role cannot be "owner"; '],
  },
])("what is wrong is told with its place: $said", ({ text, said }) => {
  const found = problems(text);
  expect(found).toHaveLength(said.length);
  for (const [index, start] of said.entries()) expect(found[index]).toContain(start);
});
