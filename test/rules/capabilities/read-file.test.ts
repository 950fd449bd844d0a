import { describe, expect, test } from "vitest";
import { readFileGrants, type SingleFile } from "../../../rules/capabilities/read-file.ts";

const WORKFLOW = `on: [push, pull_request_target]
jobs:
  b:
    permissions: { issues: read, contents: write }
    steps: [{ run: make }]
  a:
    steps: [{ run: make }]
`;

function grantsOf(path: string, content: SingleFile["content"] | string, mode = "100644" as const) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return readFileGrants({ path, content: bytes, version: { oid: "1".repeat(40), mode } });
}

describe("a workflow alone", () => {
  const { readers, refused, capabilities } = grantsOf(".github/workflows/a.yml", WORKFLOW);

  test("is read by the reader that claims its path", () => {
    expect({ readers, refused }).toEqual({
      readers: ["github-workflow", "cloudformation", "kubernetes"],
      refused: null,
    });
  });

  test("has its capabilities in the order of their lines, then of their names", () => {
    const places = capabilities
      .filter(({ holder }) => holder !== "jobs.a")
      .map(({ line, name }) => `${line} ${name}`);
    expect(places).toEqual(["1 pull_request_target", "1 push", "4 contents", "4 issues"]);
  });

  test("keeps what the repository's settings decide, but for what they never grant", () => {
    const scopes = capabilities.filter(({ holder }) => holder === "jobs.a");
    expect(scopes.find(({ name }) => name === "contents")).toMatchObject({ level: "default" });
    expect(scopes.filter(({ name }) => name === "id-token")).toEqual([]);
  });
});

test.each([
  {
    when: "broken",
    content: "on: push\njobs: [\n",
    refused: { line: 3 },
  },
  { when: "too large", content: { unread: "too-large" } as const, refused: { line: null } },
])("a workflow that is $when is refused, with its line where there is one", (given) => {
  const grants = grantsOf(".github/workflows/a.yml", given.content);
  expect(grants).toMatchObject({
    readers: ["github-workflow", "cloudformation", "kubernetes"],
    refused: given.refused,
  });
});

test("a path that nobody claims is neither read nor refused", () => {
  expect(grantsOf("notes.txt", "hello\n")).toEqual({
    path: "notes.txt",
    readers: [],
    refused: null,
    capabilities: [],
    dependencies: [],
  });
});
