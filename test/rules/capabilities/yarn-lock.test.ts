import { expect, test } from "vitest";
import { yarnLock } from "../../../rules/capabilities/yarn-lock.ts";
import { grantsIn, packagesIn, readingOf } from "./locked.ts";

const PATH = "yarn.lock";
const HEAD = "# yarn lockfile v1\n";
const META = "__metadata:\n  version: 8\n";
const read = (text: string) => readingOf(yarnLock, PATH, text);

test.each([
  ["yarn.lock", "grants"],
  ["testdata/yarn.lock", "resembles"],
  ["yarn.lock.bak", null],
])("%s is claimed: %s", (path, claim) => {
  expect(yarnLock.claims(path)).toBe(claim);
});

test.each([
  {
    text: 'a@^1:\n  version "1.0.0"\n  integrity sha512-A\n',
    seen: "a 1.0.0 registry:npm unknown sha512-A",
  },
  { text: '"a@^1", a@^2:\n  version "1.0.0"\n', seen: "a 1.0.0 registry:npm unknown" },
  { text: '"@s/a@npm:@t/b@1":\n  version "1.0.0"\n', seen: "@t/b 1.0.0 registry:npm unknown" },
  {
    text: `a@^1:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#${"0".repeat(40)}"\n`,
    seen: `a 1.0.0 registry:npm unknown sha1-${"0".repeat(40)}`,
  },
  {
    text: 'a@o/a:\n  version "1.0.0"\n  resolved "https://codeload.github.com/o/a/tar.gz/00"\n',
    seen: "a 1.0.0 git:github.com/o/a unknown no digest",
  },
])("of yarn 1 an entry is read: $seen", ({ text, seen }) => {
  expect(packagesIn(read(HEAD + text))).toEqual([seen]);
});

test.each([
  {
    text: '"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  checksum: 10c0/00\n',
    seen: "a 1.0.0 registry:npm indirect 10c0/00",
  },
  {
    text: '"x@npm:a@^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n',
    seen: "a 1.0.0 registry:npm indirect",
  },
  {
    text: '"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fh%2Fa.tgz"\n',
    seen: "a 1.0.0 url:h/a.tgz indirect",
  },
  {
    text: '"w@workspace:.":\n  resolution: "w@workspace:."\n  dependencies:\n    a: "npm:^1"\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n',
    seen: "a 1.0.0 registry:npm direct",
  },
])("of a later yarn an entry is read: $seen", ({ text, seen }) => {
  expect(packagesIn(read(META + text))).toEqual([seen]);
});

test("another package's address is told in both", () => {
  const address = "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz";
  expect(grantsIn(read(`${HEAD}a@^1:\n  version "1.0.0"\n  resolved "${address}"\n`))).toEqual([
    "4 npm.substitution a",
  ]);
});

const entry = (key: string, resolution: string, version = "1.0.0") =>
  `${META}"${key}":\n  version: ${version}\n  resolution: "${resolution}"\n`;

test.each([
  { text: entry("a@npm:^1", "a@npm:1.0.0"), seen: [] },
  { text: entry("@s/a@npm:^1, @s/a@npm:1", "@s/a@npm:1.0.0"), seen: [] },
  { text: entry("a@npm:@s/b@^1", "@s/b@npm:1.0.0"), seen: [] },
  { text: entry("a@^1", "a@npm:1.0.0"), seen: [] },
  { text: entry("a@npm:^1", "a@npm:1.0.0", "v1.0.0+build"), seen: [] },
  { text: entry("a@patch:a@npm%3A1#p", "a@patch:a@npm%3A1.0.0#p"), seen: [] },
  { text: entry("a@npm:^1", "b@npm:1.0.0"), seen: ["5 npm.substitution a"] },
  { text: entry("b@npm:^1, a@npm:^1", "b@npm:1.0.0"), seen: ["5 npm.substitution a"] },
  { text: entry("a@npm:c@^1", "b@npm:1.0.0"), seen: ["5 npm.substitution c"] },
  { text: entry("a@npm:^1", "a@npm:0.9.0"), seen: ["5 npm.substitution a"] },
  {
    text: entry(
      "a@npm:^1",
      "a@npm:1.0.0::__archive%55rl=https%3A%2F%2Fregistry.npmjs.org%2Fb%2F-%2Fb-1.0.0.tgz",
    ),
    seen: ["5 npm.substitution a"],
  },
])("of a later yarn $text grants $seen", ({ text, seen }) => {
  expect(grantsIn(read(text))).toEqual(seen);
});

test.each([
  {
    when: "a field stands twice",
    text: `${HEAD}a@1:\n  version "1"\n  version "2"\n`,
    code: "duplicate-key",
  },
  {
    when: "an entry is a later yarn's",
    text: `${HEAD}a@1:\n  version "1"\n  resolution "a"\n`,
    code: "not-yarn",
  },
  { when: "a line has a tab", text: `${HEAD}a@1:\n\tversion "1"\n`, code: "not-yarn" },
  { when: "an indentation is odd", text: `${HEAD}a@1:\n version "1"\n`, code: "not-yarn" },
  { when: "an entry is below none", text: `${HEAD}  version "1"\n`, code: "not-yarn" },
  { when: "an escape is none", text: `${HEAD}"a\\x@1":\n  version "1"\n`, code: "not-yarn" },
  {
    when: "a merge has left its marks",
    text: `${HEAD}<<<<<<< a\n=======\n>>>>>>> b\n`,
    code: "not-yarn",
  },
  { when: "a later yarn's has an alias", text: `${META}a: &x 1\nb: *x\n`, code: "alias" },
  {
    when: "a later yarn's has an entry twice",
    text: `${META}a: {}\n"a": {}\n`,
    code: "duplicate-key",
  },
  { when: "it is too large", text: HEAD + "#".repeat(6 * 1024 * 1024), code: "too-large" },
])("it is not understood where $when", ({ text, code }) => {
  expect(read(text)).toMatchObject({ understood: false, code });
});

test("a later yarn's file is none of yarn 1 by a comment further down", () => {
  const text = `${META}"a@npm:1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n# yarn lockfile v1\n`;
  expect(packagesIn(read(text))).toEqual(["a 1.0.0 registry:npm indirect"]);
});

test("a file that says to be yarn 1's is read as such, whatever it names", () => {
  const text = `${HEAD}__metadata:\n  version 8\na@^1:\n  version "1.0.0"\n`;
  expect(packagesIn(read(text))).toContain("a 1.0.0 registry:npm unknown");
});
