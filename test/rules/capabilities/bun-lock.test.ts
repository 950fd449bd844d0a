import { expect, test } from "vitest";
import { bunLock } from "../../../rules/capabilities/bun-lock.ts";
import { grantsIn, packagesIn, readingOf } from "./locked.ts";

const read = (text: string) => readingOf(bunLock, "bun.lock", text);

test.each([
  ["bun.lock", "grants"],
  ["fixtures/bun.lock", "resembles"],
  ["bun.lockb", null],
])("%s is claimed: %s", (path, claim) => {
  expect(bunLock.claims(path)).toBe(claim);
});

test.each([
  { entry: '"a": ["a@1.0.0", "", {}, "sha512-A"]', seen: "a 1.0.0 registry:npm direct sha512-A" },
  {
    entry: '"b": ["c@1.0.0", "", {}, "sha512-A"],',
    seen: "c 1.0.0 registry:npm indirect sha512-A",
  },
  { entry: '"a/b": ["b@1.0.0", "", {}]', seen: "b 1.0.0 registry:npm indirect" },
  { entry: '"b": ["b@1.0.0", "https://h/b.tgz", {}]', seen: "b 1.0.0 url:h/b.tgz indirect" },
  {
    entry: '"b": ["@s/b@github:o/b#00", {}, "o-b-00"]',
    seen: "@s/b github:o/b#00 git:github.com/o/b indirect no digest",
  },
])("an entry is read: $seen", ({ entry, seen }) => {
  const workspaces = '"workspaces": { "": { "dependencies": { "a": "^1" } } }';
  expect(packagesIn(read(`{ // c\n${workspaces}, "packages": { ${entry} } }`))).toEqual([seen]);
});

test("packages that may run their scripts are told", () => {
  expect(grantsIn(read('{\n"trustedDependencies": ["a"] }'))).toEqual(["2 npm.allowed-build a"]);
});

test.each([
  { spec: "^1", rest: "", entry: '["a@1.0.0", "", {}]', seen: [] },
  { spec: "^1", rest: "", entry: '["b@1.0.0", "", {}]', seen: ["2 npm.substitution a"] },
  { spec: "npm:b@^1", rest: "", entry: '["b@1.0.0", "", {}]', seen: [] },
  { spec: "^1", rest: '"overrides":{"a":"npm:b@1"},', entry: '["b@1.0.0", "", {}]', seen: [] },
  { spec: "catalog:", rest: '"catalog":{"a":"npm:b@1"},', entry: '["b@1.0.0", "", {}]', seen: [] },
  {
    spec: "catalog:x",
    rest: '"catalogs":{"x":{"a":"npm:b@1"}},',
    entry: '["b@1.0.0", "", {}]',
    seen: [],
  },
  {
    spec: "catalog:",
    rest: '"catalog":{"a":"^1"},',
    entry: '["b@1.0.0", "", {}]',
    seen: ["2 npm.substitution a"],
  },
  { spec: "o/a", rest: "", entry: '["b@github:o/a#00", {}, "o-a-00"]', seen: [] },
])(
  "what is asked for by $spec and is $entry grants $seen ($rest)",
  ({ spec, rest, entry, seen }) => {
    const workspaces = `"workspaces":{"":{"dependencies":{"a":"${spec}"}}},`;
    expect(grantsIn(read(`{${workspaces}${rest}"packages":{\n"a":${entry}}}`))).toEqual(seen);
  },
);

test.each([
  { when: "it is no object", text: "[]", code: "no-lock" },
  { when: "a package is no list", text: '{"packages":{"a":{}}}', code: "no-lock" },
  { when: "a package stands twice", text: '{"packages":{"a":[],"a":[]}}', code: "duplicate-key" },
  {
    when: "a comment ends for bun alone",
    text: '{ // \u2028 "packages": {}\n}',
    code: "ambiguous-character",
  },
])("it is not understood where $when", ({ text, code }) => {
  expect(read(text)).toMatchObject({ understood: false, code });
});
