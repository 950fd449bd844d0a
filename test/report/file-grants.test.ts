import { describe, expect, test } from "vitest";
import { fileGrantsJson, fileGrantsText } from "../../report/file-grants.ts";
import type { FileGrants } from "../../rules/capabilities/read-file.ts";

type Granted = FileGrants["capabilities"][number];

const withoutLevel: Granted = {
  ...{ path: "a.yml", kind: "a.kind", name: "contents", line: 12, endLine: 14 },
  ...{ holder: "jobs.a", context: "on push", certainty: "exact", reach: [], holderContent: "" },
};
const nothing: FileGrants = {
  path: "a.yml",
  readers: ["a-reader"],
  refused: null,
  capabilities: [],
  dependencies: [],
};

const grant: Granted = { ...withoutLevel, level: "write" };

describe("as text", () => {
  test("every capability has a line, in columns", () => {
    const capabilities = [
      grant,
      { ...withoutLevel, name: "id", line: 7, context: "", certainty: "heuristic" as const },
    ];
    expect(fileGrantsText({ ...nothing, capabilities }).split("\n")).toEqual([
      "    12  a.kind  contents  write  jobs.a  (on push)",
      "     7  a.kind  id        -      jobs.a  (heuristic)",
      "",
    ]);
  });

  test("what differs in nothing but its name shares a line, and nothing else does", () => {
    const capabilities = [
      grant,
      { ...grant, name: "issues" },
      { ...grant, name: "issues", level: "read" },
      { ...grant, name: "issues", line: 13 },
      { ...grant, name: "issues", holder: "jobs.b" },
      { ...grant, name: "issues", context: "on issues" },
    ];
    expect(fileGrantsText({ ...nothing, capabilities }).split("\n")).toEqual([
      "    12  a.kind  contents, issues  write  jobs.a  (on push)",
      "    12  a.kind  issues            read   jobs.a  (on push)",
      "    13  a.kind  issues            write  jobs.a  (on push)",
      "    12  a.kind  issues            write  jobs.b  (on push)",
      "    12  a.kind  issues            write  jobs.a  (on issues)",
      "",
    ]);
  });

  test("the same name twice on a line is told once", () => {
    const text = fileGrantsText({ ...nothing, capabilities: [grant, grant] });
    expect(text).toBe("    12  a.kind  contents  write  jobs.a  (on push)\n");
  });

  test("what a file takes in from elsewhere stands below, the first hundred of it", () => {
    const dependency: FileGrants["dependencies"][number] = {
      ...{ ecosystem: "npm", name: "a", delta: "added", from: null, to: "^1", direct: true },
      ...{ source: "registry:npm", integrity: null, purl: "pkg:npm/a" },
      ...{ path: "package.json", side: "head", line: 3 },
    };
    const dependencies = Array.from({ length: 102 }, (_, n) => ({ ...dependency, line: n + 3 }));
    const lines = fileGrantsText({ ...nothing, capabilities: [grant], dependencies }).split("\n");
    expect(lines[1]).toBe("     3  npm  a  ^1  registry:npm");
    expect(lines.slice(101)).toEqual(["        and 2 more dependencies", ""]);
    expect(JSON.parse(fileGrantsJson({ ...nothing, dependencies }))).toMatchObject({
      dependencies: { length: 102, 0: { name: "a", version: "^1", purl: "pkg:npm/a", line: 3 } },
    });
  });

  test("one long name does not push the columns of the others away", () => {
    const capabilities = [grant, { ...grant, line: 13, name: "x".repeat(200) }];
    const [first = ""] = fileGrantsText({ ...nothing, capabilities }).split("\n");
    expect(first.length).toBeLessThan(100);
  });

  test.each([
    { when: "it grants nothing", grants: nothing, says: /^a\.yml: read as a-reader/ },
    { when: "nobody claims it", grants: { ...nothing, readers: [] }, says: /^a\.yml: no reader/ },
    {
      when: "it was not understood",
      grants: { ...nothing, refused: { why: "a fault", line: 3 } },
      says: /^a\.yml:3: not understood: a fault\n$/,
    },
    {
      when: "it was not understood as a whole",
      grants: { ...nothing, refused: { why: "a fault", line: null } },
      says: /^a\.yml: not understood: a fault\n$/,
    },
  ])("says that $when", ({ grants, says }) => {
    expect(fileGrantsText(grants)).toMatch(says);
  });

  test("nothing of the file commands a terminal", () => {
    const capabilities = [{ ...grant, name: "a\u001b[2Jb\nc", context: "\u202ex" }];
    const text = fileGrantsText({ ...nothing, path: "a\u001b.yml", capabilities });
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text.split("\n")).toHaveLength(2);
  });
});

describe("as JSON", () => {
  test("it is one document with what policies see of a capability", () => {
    expect(JSON.parse(fileGrantsJson({ ...nothing, capabilities: [withoutLevel] }))).toEqual({
      path: "a.yml",
      readers: ["a-reader"],
      understood: true,
      capabilities: [
        {
          ...{ kind: "a.kind", name: "contents", holder: "jobs.a", context: "on push" },
          ...{ level: null, line: 12, endLine: 14, certainty: "exact" },
        },
      ],
      dependencies: [],
    });
  });

  test("a range of versions stands with the capabilities where it has no end", () => {
    const range = { ...withoutLevel, kind: "dependency.range" };
    const capabilities = ["exact", "bounded", "open"].map((level) => ({ ...range, level }));
    expect(
      fileGrantsText({ ...nothing, capabilities })
        .trim()
        .split("\n"),
    ).toEqual([expect.stringContaining("open")]);
  });

  test("what was not understood says why and where", () => {
    const refused = { why: "a fault", line: 3 };
    expect(JSON.parse(fileGrantsJson({ ...nothing, refused }))).toMatchObject({
      ...{ understood: false, why: "a fault", line: 3, capabilities: [] },
    });
  });
});
