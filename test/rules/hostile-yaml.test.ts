/** Workflows that are written to be read otherwise than by the platform, or not at all. */
import { describe, expect, test } from "vitest";
import type { Judgement } from "../../rules/evidence.ts";
import { judge } from "../../rules/judge.ts";
import { evidenceOf, policySource } from "./sample-evidence.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const WRITES = policySource(
  "version: 1\npolicies: [{ id: writes, decision: DENY, each: capabilities, match: { after: write } }]\n",
);
const JOBS = "jobs:\n  a:\n    runs-on: x\n    steps: [{ run: make }]\n";

function judged(head: string | Uint8Array): Judgement {
  const evidence = evidenceOf([{ path: WORKFLOW, head: "" }], [WRITES]);
  const bytes = typeof head === "string" ? new TextEncoder().encode(head) : head;
  return judge({ ...evidence, contents: new Map([[`head:${WORKFLOW}`, bytes]]) });
}

function utf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
}

const bomb = Array.from({ length: 9 }, (_, n) => {
  const below = n === 0 ? '"x"' : `*a${n - 1}`;
  return `a${n}: &a${n} [${Array.from({ length: 9 }, () => below).join(", ")}]\n`;
}).join("");

const hidden = "permissions: write-all";

describe("a workflow that is not understood denies at its place", () => {
  test.each([
    { what: "a bomb of aliases", text: `on: push\n${bomb}${JOBS}`, line: 6 },
    {
      what: "an alias of itself",
      text: `on: push\npermissions: &p { contents: *p }\n${JOBS}`,
      line: 2,
    },
    {
      what: "a merge key",
      text: `on: push\nx: &p { permissions: write-all }\n${JOBS}    <<: *p\n`,
      line: 7,
    },
    { what: "a tag", text: `on: push\npermissions: !!str write-all\n${JOBS}`, line: 2 },
    { what: "a binary tag", text: `on: push\nname: !!binary aGk=\n${JOBS}`, line: 2 },
    { what: "a timestamp's tag", text: `on: push\nname: !!timestamp 2001-01-01\n${JOBS}`, line: 2 },
    { what: "a tag of JavaScript", text: `on: !!js/function 'x'\n${JOBS}`, line: 1 },
    {
      what: "one key twice",
      text: `on: push\npermissions: {}\n${hidden}\n${JOBS}`,
      line: 3,
    },
    {
      what: "one key twice in other spellings",
      text: `on: push\npermissions: {}\n"permissi\\x6fns": write-all\n${JOBS}`,
      line: 3,
    },
    {
      what: "indentation by tabs",
      text: `on: push\njobs:\n\ta:\n\t\truns-on: x\n`,
      line: 3,
    },
    { what: "a NUL", text: `on: push\nname: "\0"\n${hidden}\n${JOBS}`, line: 2 },
    { what: "an escape sequence", text: `on: push\nname: "\u{1b}[2K"\n${JOBS}`, line: 2 },
    { what: "a byte order mark inside", text: `on: push\n\u{feff}${hidden}\n${JOBS}`, line: 2 },
    { what: "a carriage return alone", text: `on: push # c\r${hidden}\n${JOBS}`, line: 1 },
    { what: "a next line", text: `on: push # c\u{85}${hidden}\n${JOBS}`, line: 1 },
    { what: "a line separator", text: `on: push # c\u{2028}${hidden}\n${JOBS}`, line: 1 },
    { what: "a paragraph separator", text: `on: push # c\u{2029}${hidden}\n${JOBS}`, line: 1 },
    { what: "a second document", text: `on: push\n${JOBS}---\n${hidden}\n`, line: 6 },
    { what: "a first document that is empty", text: `---\n---\non: push\n${JOBS}`, line: 2 },
    { what: "a directive", text: `%YAML 1.1\n---\non: push\n${JOBS}`, line: 1 },
    { what: "a directive for tags", text: `%TAG ! !!\n---\non: push\n${JOBS}`, line: 1 },
    { what: "a map as a key", text: `on: push\n? { a: b }\n: c\n${JOBS}`, line: 2 },
    { what: "a list as a key", text: `on: push\n[a]: c\n${JOBS}`, line: 2 },
  ])("$what", ({ text, line }) => {
    const { verdict } = judged(text);
    expect(verdict.decision).toBe("DENY");
    expect(verdict.reasons).toContainEqual(
      expect.objectContaining({
        policyId: "bailiff/incomplete-evidence",
        path: WORKFLOW,
        side: "head",
        line,
      }),
    );
  });

  test.each([
    { what: "UTF-16", bytes: utf16(`on: push\n${hidden}\n${JOBS}`) },
    { what: "Latin-1", bytes: Buffer.from(`on: push\nname: \xe9\n${hidden}\n${JOBS}`, "latin1") },
    { what: "a surrogate in UTF-8", bytes: Buffer.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80]) },
    { what: "an overlong slash", bytes: Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0xaf]) },
    { what: "a megabyte and one byte", bytes: Buffer.alloc(1024 * 1024 + 1, "#") },
  ])("$what, which has no lines", ({ bytes }) => {
    const { verdict } = judged(bytes);
    expect(verdict).toMatchObject({
      decision: "DENY",
      reasons: [{ policyId: "bailiff/incomplete-evidence", path: WORKFLOW, line: null }],
    });
  });
});

describe("what other parsers take for something else is read as the platform reads it", () => {
  const writing = `permissions: { contents: write }\n`;
  test.each([
    { what: "a byte order mark at the start", text: `\u{feff}on: push\n${writing}${JOBS}` },
    {
      what: "line ends of two characters",
      text: `on: push\n${writing}${JOBS}`.replaceAll("\n", "\r\n"),
    },
    { what: "numbers as keys", text: `on: push\n0o17: a\n017: b\n1.0: c\n1: d\n${writing}${JOBS}` },
    {
      what: "keys that every object has as members",
      text: `on: push\n__proto__: { permissions: {} }\nconstructor: a\ntoString: b\n${writing}${JOBS}`,
    },
    { what: "a quoted key", text: `on: push\n"permissi\\x6fns": { contents: write }\n${JOBS}` },
    { what: "an explicit key", text: `on: push\n? permissions\n: { contents: write }\n${JOBS}` },
    { what: "an anchor", text: `on: push\npermissions: &p { contents: write }\n${JOBS}` },
    {
      what: "an alias",
      text: `on: push\nx: &p { contents: write }\npermissions: *p\n${JOBS}`,
    },
    { what: "an end marker", text: `---\non: push\n${writing}${JOBS}...\n` },
    {
      what: "a text of half a megabyte",
      text: `name: ${"x".repeat(500_000)}\non: push\n${writing}${JOBS}`,
    },
  ])("$what: what it grants is seen", ({ text }) => {
    const { verdict, facts } = judged(text);
    expect(facts.completeness.unread).toEqual([]);
    expect(verdict.reasons).toContainEqual(expect.objectContaining({ policyId: "writes" }));
  });

  test("a job whose name is a member of every object is read", () => {
    const text = `on: push\njobs:\n  __proto__:\n    permissions: { contents: write }\n    runs-on: x\n    steps: [{ run: make }]\n`;
    expect(judged(text).facts.capabilities).toContainEqual(
      expect.objectContaining({ holder: "jobs.__proto__", after: "write" }),
    );
  });
});
