import { expect, test } from "vitest";
import { gitModules } from "../../../rules/capabilities/git-modules.ts";
import { contentDigest } from "../../../rules/capabilities/holder-content.ts";
import { wayTo } from "../../../rules/capabilities/reach.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = ".gitmodules";
const LIB = '[submodule "lib"]\n\tpath = lib\n\turl = https://host/lib\n';

function facts(base: string, head: string): string[] {
  return diffOf({ [PATH]: base }, { [PATH]: head })
    .filter(({ kind }) => kind.startsWith("git."))
    .map(shown)
    .sort();
}

function refusal(text: string): unknown {
  return gitModules.read(PATH, new TextEncoder().encode(text));
}

test("the file of that name at the root alone is claimed", () => {
  const paths = [PATH, `a/${PATH}`, ".GITMODULES", ".gitmodules.bak"];
  expect(paths.map((path) => gitModules.claims(path))).toEqual(["grants", null, null, null]);
});

test.each([
  {
    when: "a submodule is added",
    head: `${LIB}[submodule "b"]\n path=b\n url=http://host/b`,
    seen: ["added submodule.b http://host/b -→other .gitmodules:6"],
  },
  {
    when: "a URL changes",
    head: LIB.replace("host", "other"),
    seen: [
      "added submodule.lib https://other/lib -→https .gitmodules:3",
      "removed submodule.lib https://host/lib https→- .gitmodules:3",
    ],
  },
  {
    when: "a password in a URL changes",
    base: LIB.replace("host", "a:b@host"),
    head: LIB.replace("host", "a:c@host"),
    seen: ["raised submodule.lib https://…@host/lib https→https .gitmodules:3"],
  },
  {
    when: "a password in a URL changes under another name",
    base: LIB.replace("host", "a:b@host"),
    head: LIB.replace("host", "a:c@host").replace('"lib"', '"b"'),
    seen: ["raised submodule.b https://…@host/lib https→https .gitmodules:3"],
  },
  {
    when: "another branch comes under another name",
    base: `${LIB}branch = main`,
    head: `${LIB.replace('"lib"', '"b"')}branch = next`,
    seen: [
      "added submodule.b https://host/lib -→https .gitmodules:3",
      "removed submodule.lib https://host/lib https→- .gitmodules:3",
    ],
  },
  {
    when: "two sections swap their paths",
    base: `${LIB}[submodule "b"]\n path=b\n url=https://host/b`,
    head: `${LIB.replace("path = lib", "path = b")}[submodule "b"]\n path=lib\n url=https://host/b`,
    seen: [
      "raised submodule.b https://host/b https→https .gitmodules:5",
      "raised submodule.lib https://host/lib https→https .gitmodules:2",
    ],
  },
  {
    when: "a command is to be started for an update",
    head: `${LIB}update = !id`,
    seen: ["added submodule.lib !id -→- .gitmodules:4"],
  },
  {
    when: "a URL names a command",
    head: LIB.replace("https://host/lib", "ext::id"),
    seen: [
      "added submodule.lib ext::id -→- .gitmodules:3",
      "added submodule.lib ext::id -→other .gitmodules:3",
      "removed submodule.lib https://host/lib https→- .gitmodules:3",
    ],
  },
  {
    when: "a submodule is removed",
    head: "",
    seen: ["removed submodule.lib https://host/lib https→- .gitmodules:3"],
  },
])("it is seen where $when", ({ base = LIB, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test.each([
  { when: "reordered", head: '[submodule "lib"]\nurl = https://host/lib\npath = lib' },
  {
    when: "quoted and commented",
    head: LIB.replace("= https://host/lib", '="https://host/lib" # x'),
  },
  { when: "with other line ends", head: LIB.replaceAll("\n", "\r\n") },
  { when: "in capitals where case does not count", head: LIB.replace("submodule", "SubModule") },
  { when: "under another name", head: LIB.replace('"lib"', '"other"') },
  {
    when: "reordered and renamed",
    base: `${LIB}branch = main\n`,
    head: '[submodule "b"]\nbranch = main\nurl = https://host/lib\npath = lib',
  },
  {
    when: "updated by a checkout and under another name",
    head: `${LIB.replace('"lib"', '"b"')}update = checkout`,
  },
  { when: "updated by a checkout", head: `${LIB}update = checkout\nbranch = main` },
  { when: "beside another section", head: `[core]\nurl = http://x\n${LIB}` },
])("the same submodule $when gives nothing", ({ base = LIB, head }) => {
  expect(facts(base, head)).toEqual([]);
});

test("a submodule is told with all that it has", () => {
  const reading = gitModules.read(PATH, new TextEncoder().encode(LIB));
  expect(reading).toEqual({
    understood: true,
    capabilities: [
      {
        kind: "git.submodule",
        name: "https://host/lib",
        level: "https",
        holder: "submodule.lib",
        context: "",
        line: 3,
        certainty: "exact",
        reach: [
          wayTo(`value:${contentDigest("https://host/lib")}`, 3),
          wayTo(`path:${contentDigest("lib")}`, 2),
        ],
        holderContent: contentDigest("path=lib"),
      },
    ],
  });
});

test("a submodule without a path has no place, and one without a URL grants nothing", () => {
  const text = '[submodule "a"]\nurl = ../a\n[submodule "b"]\npath = b\n';
  expect(gitModules.read(PATH, new TextEncoder().encode(text))).toMatchObject({
    capabilities: [{ name: "../a", reach: [wayTo(`value:${contentDigest("../a")}`, 2)] }],
  });
});

test.each([
  { when: "a name climbs", text: LIB.replace('"lib"', '"../lib"'), code: "hostile-name", line: 2 },
  {
    when: "a name climbs on Windows",
    text: LIB.replace('"lib"', '"a\\\\..\\\\b"'),
    code: "hostile-name",
    line: 2,
  },
  { when: "a name is empty", text: LIB.replace('"lib"', '""'), code: "hostile-name", line: 2 },
  {
    when: "a path climbs",
    text: LIB.replace("path = lib", "path = a/../../b"),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path is absolute",
    text: LIB.replace("path = lib", "path = /lib"),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path is a drive",
    text: LIB.replace("path = lib", "path = c:lib"),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path is an option",
    text: LIB.replace("path = lib", "path = -u"),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path leads into git's folder",
    text: LIB.replace("path = lib", "path = .GIT/hooks"),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path holds a control character",
    text: LIB.replace("path = lib", 'path = "lib\\b"'),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a path is empty",
    text: LIB.replace("path = lib", "path ="),
    code: "hostile-path",
    line: 2,
  },
  {
    when: "a URL holds a line feed",
    text: LIB.replace("/lib\n", "/lib\\nx\n"),
    code: "hostile-url",
    line: 3,
  },
  {
    when: "a URL holds an encoded line feed",
    text: LIB.replace("/lib\n", "/%0Ahost=b\n"),
    code: "hostile-url",
    line: 3,
  },
  { when: "a key is set twice", text: `${LIB}url = https://b`, code: "repeated-key", line: 4 },
  { when: "a key has no value", text: `${LIB}path`, code: "no-value", line: 4 },
  { when: "it is no configuration", text: `${LIB}=`, code: "config-key", line: 4 },
])("it is not understood where $when", ({ text, code, line }) => {
  expect(refusal(text)).toMatchObject({ understood: false, code, line });
});

test.each([
  {
    text: LIB.replace('"lib"', '".."'),
    why: "a submodule's name that leads out of git's own folder",
  },
  {
    text: LIB.replace("path = lib", "path = .."),
    why: "a submodule's path that leads out of the repository, or into git's own folder",
  },
  { text: LIB.replace("/lib\n", "/%0a\n"), why: "a submodule's URL with a control character" },
])("a hostile submodule is refused with what it is: $why", ({ text, why }) => {
  expect(refusal(text)).toMatchObject({ why });
});

test.each(["third-party/lib", "a\\\\b", "libs:c"])(
  "a path inside of the repository is understood: %s",
  (path) => {
    expect(refusal(LIB.replace("path = lib", `path = ${path}`))).toMatchObject({
      understood: true,
    });
  },
);

test("a key that is set twice to the same is understood", () => {
  expect(refusal(`${LIB}path = lib`)).toMatchObject({ understood: true });
});

test("a megabyte is read, and what is over it is not understood", () => {
  expect(refusal("#".repeat(1024 * 1024))).toMatchObject({ understood: true });
  expect(refusal("#".repeat(1024 * 1024 + 1))).toMatchObject({ code: "too-large" });
});
