import { expect, test } from "vitest";
import { goMod } from "../../../rules/capabilities/go-mod.ts";
import { diffDependencies } from "../../../rules/dependencies/differ.ts";
import { changeOf, readingOf, type Tree } from "./changes.ts";

const MODULE = "go.mod";
const SUMS = "go.sum";

/** Each dependency in one line: `2 e.org/a v1.0.0 exact registry:golang in require direct`. */
function taken(path: string, text: string): string[] {
  const reading = goMod.read(path, new TextEncoder().encode(text));
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(
    ({ line, name, version, range, source, group, direct, integrity = [] }) =>
      [
        ...[line, name, version ?? "-", range ?? "-", source.text, `in ${group}`],
        ...(direct === null ? [] : [direct ? "direct" : "indirect"]),
        ...integrity,
      ].join(" "),
  );
}

function facts(base: Tree, head: Tree) {
  const { dependencies } = readingOf(base, head);
  return diffDependencies({ ...dependencies, listing: changeOf(base, head).listing });
}

test.each([
  ["go.mod", "grants"],
  ["a/go.sum", "grants"],
  ["go.work", "grants"],
  ["go.work.sum", "grants"],
  ["a/testdata/b/go.mod", "resembles"],
  ["cargo.mod", null],
  ["go.mod.bak", null],
  ["Go.mod", null],
])("%s is claimed as %s", (path, claim) => {
  expect(goMod.claims(path)).toBe(claim);
});

test.each([
  ["require e.org/a v1.0.0", "1 e.org/a v1.0.0 exact registry:golang in require direct"],
  ['require "e.org/a" `v1.0.0`', "1 e.org/a v1.0.0 exact registry:golang in require direct"],
  [
    "require(\n// x\n\te.org/a v1.0.0\n)",
    "3 e.org/a v1.0.0 exact registry:golang in require direct",
  ],
  ["require e.org/a v1 // indirect", "1 e.org/a v1 exact registry:golang in require indirect"],
  ["require e.org/a v1//indirect; x", "1 e.org/a v1 exact registry:golang in require indirect"],
  ["require e.org/a v1 // indirectly", "1 e.org/a v1 exact registry:golang in require direct"],
  ["replace e.org/a => ../a", "1 e.org/a - exact path:../a in replace direct"],
  ["replace e.org/a v1 => /a", "1 e.org/a - exact path:/a in replace direct"],
  ["replace e.org/a => C:\\a", "1 e.org/a - exact path:C:\\a in replace direct"],
  ["replace e.org/a => e.org/a v1.1.0", "1 e.org/a v1.1.0 exact registry:golang in replace direct"],
  [
    "replace (\ne.org/a v1 => H.org/b/v2 v2.0.0\n)",
    "2 e.org/a v2.0.0 exact git:h.org/b in replace direct",
  ],
  ["tool e.org/a/cmd", "1 e.org/a/cmd - - registry:golang in tool direct"],
  ["go 1.24.1", "1 golang.org/toolchain 1.24.1 - registry:golang in go direct"],
  ["toolchain go1.24.1", "1 golang.org/toolchain 1.24.1 - registry:golang in toolchain direct"],
])("the line %j takes in %s", (text, seen) => {
  expect(taken(MODULE, text)).toEqual([seen]);
});

test.each([
  "",
  "// require e.org/a v1",
  "module e.org/a",
  "exclude e.org/a v1",
  "retract [v1, v2] // bad",
  "use ./a",
  "use ()",
  "godebug default=go1.21",
  "ignore ./node_modules",
  "toolchain default",
])("the line %j takes in nothing", (text) => {
  expect(taken(MODULE, text)).toEqual([]);
});

test.each([
  ["require (\ne.org/a v1", "go-syntax:2"],
  ["require (\n(\n)", "go-syntax:2"],
  ["require e.org/a ) v1", "go-syntax:1"],
  ['require "e.org/a', "go-syntax:1"],
  ['require "e\\u002eorg/a" v1', "go-syntax:1"],
  ["require e.org/a", "go-directive:1"],
  ["\nrequire e.org/a v1 v2", "go-directive:2"],
  ["require", "go-directive:1"],
  ["replace e.org/a v1", "go-directive:1"],
  ["replace => ../a", "go-directive:1"],
  ["replace e.org/a => e.org/b", "go-directive:1"],
  ["install e.org/a", "go-directive:1"],
  ["<<<<<<< a", "go-directive:1"],
])("%j is not understood", (text, code) => {
  expect(taken(MODULE, text)).toEqual([code]);
});

test("the digests of a module and of its go.mod are told apart", () => {
  expect(taken(SUMS, "e.org/a v1 h1:0a=\n\ne.org/a v1/go.mod h1:0b=\r\n")).toEqual([
    "1 e.org/a v1 - registry:golang in  h1:0a=",
    "3 e.org/a v1/go.mod - registry:golang in go.mod h1:0b=",
  ]);
  expect(taken(SUMS, "e.org/a v1")).toEqual(["go-sum:1"]);
  expect(taken(SUMS, "e.org/a v1 h1:0a= x")).toEqual(["go-sum:1"]);
});

test("another digest of the same version is told, and the digest of what comes to be built is not", () => {
  const sums = "e.org/a v1.0.0 h1:0a=\ne.org/a v1.0.0/go.mod h1:0b=\n";
  expect(facts({ [SUMS]: sums }, { [SUMS]: sums.replace("0a", "0c") })).toMatchObject([
    { delta: "changed", integrity: "changed", line: 1, purl: "pkg:golang/e.org/a@v1.0.0" },
  ]);
  expect(facts({ [SUMS]: sums }, { [SUMS]: sums.replace("0b", "0c") })).toMatchObject([
    { delta: "changed", integrity: "changed", line: 2 },
  ]);
  const before = "e.org/a v1.0.0/go.mod h1:0b=\n";
  expect(facts({ [SUMS]: before }, { [SUMS]: sums })).toMatchObject([
    { delta: "added", integrity: "present", line: 1 },
  ]);
});

test("what is too large is not understood", () => {
  const content = new Uint8Array(4 * 1024 * 1024 + 1);
  expect(goMod.read(MODULE, content)).toMatchObject({ code: "too-large" });
  expect(goMod.read(SUMS, content)).toMatchObject({ code: "too-large" });
});
