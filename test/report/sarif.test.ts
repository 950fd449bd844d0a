import { expect, test } from "vitest";
import { sarif } from "../../report/sarif.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";
import { approval, judgementOf, reasonOf } from "./judgement.ts";

interface Result {
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function resultsOf(...reasons: readonly Reason[]): readonly Result[] {
  const log = JSON.parse(sarif(judgementOf(reasons), "1.2.3")) as {
    runs: readonly [{ results: readonly Result[] }];
  };
  return log.runs[0].results;
}

test("a log has one run of this engine, its rules, and a result at its lines", () => {
  expect(JSON.parse(sarif(judgementOf([reasonOf({ endLine: 16 })]), "1.2.3"))).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "bailiff",
            version: "1.2.3",
            rules: [{ id: "new-permissions" }, { id: "untrusted-code" }],
          },
        },
        results: [
          {
            ruleId: "new-permissions",
            level: "error",
            message: {
              text: "jobs.release: contents read → write\nTo settle: an approval of 1f2e3d4 by someone who may write",
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: {
                    uri: ".github/workflows/release.yml",
                    uriBaseId: "%SRCROOT%",
                  },
                  region: { startLine: 14, endLine: 16 },
                },
              },
            ],
            suppressions: [],
          },
        ],
      },
    ],
  });
});

test("a warning is a warning, and a settled reason a suppressed note without a remedy", () => {
  expect(resultsOf(reasonOf({ decision: "WARN" }))).toMatchObject([{ level: "warning" }]);
  expect(resultsOf(reasonOf({ settledBy: [approval] }))).toMatchObject([
    {
      level: "note",
      message: { text: "jobs.release: contents read → write" },
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: "Settled: an approval by bo, 2026-11-22T10:00:00Z",
        },
      ],
    },
  ]);
});

test.each([
  { what: "a reason about the whole change", reason: { path: null }, location: undefined },
  { what: "what the change removed", reason: { side: "base" }, location: {} },
  { what: "a file without a line", reason: { line: null }, location: {} },
] as const)("$what has no region", ({ reason, location }) => {
  const [result] = resultsOf(reasonOf(reason)) as readonly { locations?: readonly object[] }[];
  expect(result?.locations?.length).toBe(location === undefined ? undefined : 1);
  expect(JSON.stringify(result?.locations ?? [])).not.toContain("region");
});

test.each([
  { path: "a b/ü#1%.yml", uri: "a%20b/%C3%BC%231%25.yml" },
  { path: "a:b", uri: "a%3Ab" },
  { path: "a\\\\b", uri: "a%5Cb" },
  { path: "a\\xffb", uri: "a%FFb" },
  { path: "\\\\xff", uri: "%5Cxff" },
])("the path $path is a relative reference", ({ path, uri }) => {
  expect(resultsOf(reasonOf({ path }))).toMatchObject([
    { locations: [{ physicalLocation: { artifactLocation: { uri } } }] },
  ]);
});

test("a finding that moved keeps its fingerprint; another finding has another", () => {
  const print = (reason: Partial<Reason>) =>
    resultsOf(reasonOf(reason))[0]?.partialFingerprints["bailiffReason/v1"];
  const original = print({});
  expect(print({ line: 90, endLine: 91, remedy: "another", settledBy: [approval] })).toBe(original);
  const others = [{ policyId: "b" }, { path: "b" }, { side: "base" }, { message: "b" }] as const;
  for (const other of others) expect(print(other)).not.toBe(original);
});

test("equal findings are told apart by their order", () => {
  const prints = resultsOf(reasonOf(), reasonOf()).map(
    ({ partialFingerprints }) => partialFingerprints,
  );
  expect(prints[0]).not.toEqual(prints[1]);
});
