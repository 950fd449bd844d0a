import { expect, test } from "vitest";
import { python } from "../../../rules/capabilities/python.ts";
import { diffDependencies } from "../../../rules/dependencies/differ.ts";
import { changeOf, diffOf, readingOf, shown } from "./changes.ts";

const REQUIREMENTS = "requirements.txt";
const PROJECT = "pyproject.toml";

function read(path: string, text: string | Uint8Array) {
  return python.read(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
}

/** Each dependency in one line: `2 a 1.0 exact registry:pypi in dependencies`. */
function taken(path: string, text: string | Uint8Array): string[] {
  const reading = read(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(
    ({ line, name, version, range, source, group, integrity, direct }) =>
      [
        ...[line, name, version ?? "-", range ?? "-", source.text, `in ${group}`],
        ...(direct === null ? [] : [direct ? "direct" : "indirect"]),
        ...(integrity ?? []),
      ].join(" "),
  );
}

function granted(path: string, text: string): string[] {
  const reading = read(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return reading.capabilities.map(({ kind, name, level, holder, context, line }) =>
    [line, kind, name, level ?? "-", holder, context].join(" ").trim(),
  );
}

function facts(path: string, base: string, head: string): string[] {
  return diffOf({ [path]: base }, { [path]: head })
    .filter(({ kind }) => kind.startsWith("python."))
    .map(shown);
}

test.each([
  ["requirements.txt", "grants"],
  ["a/requirements-dev.in", "grants"],
  ["dev_requirements.txt", "grants"],
  ["requirements3.txt", "grants"],
  ["REQUIREMENTS.TXT", "grants"],
  ["requirements/base.txt", "grants"],
  ["requirements/a/base.pip", "grants"],
  ["constraints.txt", "grants"],
  ["a/upper-constraints.txt", "grants"],
  ["a/pyproject.toml", "grants"],
  ["Pipfile", "grants"],
  ["Pipfile.lock", "grants"],
  ["uv.lock", "grants"],
  ["pylock.dev.toml", "grants"],
  ["tests/fixtures/requirements.txt", "resembles"],
  ["{{cookiecutter.name}}/pyproject.toml", "resembles"],
  ["requirements.md", null],
  ["myrequirements.txt", null],
  ["setup.py", null],
  ["pyproject.toml.bak", null],
])("%s is claimed as %s", (path, claim) => {
  expect(python.claims(path)).toBe(claim);
});

const COMMIT = "0a".repeat(20);

test.each([
  ["a==1.0", "1 a 1.0 exact registry:pypi in "],
  ["a===1.0", "1 a 1.0 exact registry:pypi in "],
  ["A.B__c [x, y] (>= 1, <2) ; os_name == 'nt' # note", "1 a-b-c >=1,<2 bounded registry:pypi in "],
  ["a~=1.2", "1 a ~=1.2 bounded registry:pypi in "],
  ["a==1.*", "1 a ==1.* bounded registry:pypi in "],
  ["a>=1,!=1.5", "1 a >=1,!=1.5 open registry:pypi in "],
  ["a>=1,==1.5", "1 a >=1,==1.5 exact registry:pypi in "],
  ["a", "1 a - open registry:pypi in "],
  ["a==${VERSION}", "1 a ${VERSION} open registry:pypi in "],
  ["a @ https://h.org/a.whl", "1 a - open url:h.org/a.whl in "],
  ["a @ https://h.org/a.whl#sha256=0a ; x", "1 a - exact url:h.org/a.whl in  sha256:0a"],
  ["https://h.org/a_b-1.0.zip", "1 a-b - open url:h.org/a_b-1.0.zip in "],
  [`a @ git+https://u:p@h.org/x/a.git@${COMMIT}`, `1 a ${COMMIT} exact git:h.org/x/a in `],
  ["git+ssh://git@h.org/x/a.git@v1#egg=b&subdirectory=c", "1 b v1 bounded git:h.org/x/a in "],
  ["git+https://h.org/x/a@feature/y", "1 a feature/y open git:h.org/x/a in "],
  ["-e git+https://h.org/x/a#egg=a", "1 a - open git:h.org/x/a in "],
  ["--editable=git+https://h.org/x/a", "1 a - open git:h.org/x/a in "],
  ["a @ file:///srv/a", "1 a - exact path:/srv/a in "],
  ["-r https://h.org/more.txt", "1 more.txt - open url:h.org/more.txt in files"],
  ["-rmore.lst", "1 more.lst - - path:more.lst in files"],
  [
    "a==1 \\\n --hash=sha256:0a \\\n --hash sha256:0b",
    "1 a 1 exact registry:pypi in  sha256:0a sha256:0b",
  ],
  ["\n# a\n\na==1", "4 a 1 exact registry:pypi in "],
  ["\uFEFFa==1\r\n", "1 a 1 exact registry:pypi in "],
])("a line %j takes in %s", (text, seen) => {
  expect(taken(REQUIREMENTS, text)).toEqual([seen]);
});

test.each(["", "# a==1", "-e .", "./a", "../a/b.whl", "a-1.0.whl", "--pre", "--no-binary :all:"])(
  "a line %j takes in nothing that has a name",
  (text) => {
    expect(taken(REQUIREMENTS, text)).toEqual([]);
  },
);

test.each([
  ["a b c", "requirement:1"],
  ["x\na=1", "requirement:2"],
  ["-x", "option:1"],
  ["--unknown y", "option:1"],
  ["--in x", "option:1"],
  ["--pre=x", "option:1"],
  ["-r", "option:1"],
  ["-r 'x", "option:1"],
  ["# -*- coding: utf-7 -*-\na", "encoding:1"],
  ["#!/x\n# vim: set fileencoding=latin-1 :\na", "encoding:1"],
  ["a\u2028b", "ambiguous-character:1"],
])("the line %j is not understood", (text, code) => {
  expect(taken(REQUIREMENTS, text)).toEqual([code]);
});

test("a comment does not end a line that is continued before it, and is not continued itself", () => {
  const text = "a \\\n# note \\\nb==1\n";
  expect(taken(REQUIREMENTS, text)).toEqual([
    "1 a - open registry:pypi in ",
    "3 b 1 exact registry:pypi in ",
  ]);
});

test("what PowerShell writes is read", () => {
  const text = "\uFEFFa==1\r\n";
  const wide = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
  expect(taken(REQUIREMENTS, wide)).toEqual(["1 a 1 exact registry:pypi in "]);
  const swapped = wide.map((_byte, index) => wide[index ^ 1] ?? 0);
  expect(taken(REQUIREMENTS, swapped)).toEqual(["1 a 1 exact registry:pypi in "]);
});

test("utf-8 may be declared", () => {
  expect(taken(REQUIREMENTS, "# coding: UTF_8\na")).toEqual(["2 a - open registry:pypi in "]);
});

test.each([
  { text: "a==1 --hash=sha256:0a\nb==1", integrity: [["sha256:0a"], []] },
  { text: "--require-hashes\na==1\nb==1", integrity: [[], []] },
  { text: "a==1\nb==1", integrity: [undefined, undefined] },
])("hashes are asked of all once one is there: $text", ({ text, integrity }) => {
  const reading = read(REQUIREMENTS, text);
  const dependencies = reading.understood ? reading.dependencies : [];
  expect(dependencies?.map((item) => item.integrity)).toEqual(integrity);
});

test("hashes that a file no longer has are told as changed", () => {
  const trees = [{ [REQUIREMENTS]: "a==1 --hash=sha256:0a" }, { [REQUIREMENTS]: "a==1" }] as const;
  const { dependencies } = readingOf(...trees);
  const facts = diffDependencies({ ...dependencies, listing: changeOf(...trees).listing });
  expect(facts).toMatchObject([{ delta: "changed", integrity: "changed" }]);
});

test("constraints are a group of their own", () => {
  expect(taken("constraints.txt", "a<2")).toEqual(["1 a <2 bounded registry:pypi in constraints"]);
});

test.each([
  ["-i https://h.org/simple", ["1 python.index h.org encrypted pip"]],
  ["-ihttps://h.org/simple", ["1 python.index h.org encrypted pip"]],
  ["--pypi-url http://h.org", ["1 python.index h.org plain pip"]],
  [
    "--extra-index-url=https://u:${TOKEN}@H.org:8080/x",
    ["1 python.index h.org:8080 encrypted pip beside other indexes"],
  ],
  ["--extra https://h.org", ["1 python.index h.org encrypted pip beside other indexes"]],
  ["-f 'https://h.org/a'", ["1 python.index h.org encrypted pip beside other indexes"]],
  ["--trusted-host H.org", ["1 python.index h.org plain pip trusted as it is"]],
  ["-i https://${HOST}/x", ["1 python.index ${host} encrypted pip"]],
  [
    "--extra-index-url http://pypi.org/simple",
    ["1 python.index pypi.org plain pip beside other indexes"],
  ],
  [
    "a==1 --extra-index-url https://h.org",
    ["1 python.index h.org encrypted pip beside other indexes"],
  ],
  ["-i https://pypi.org/simple/", []],
  ["-f ./wheels", []],
  ["-f file:///wheels", []],
])("an index in %j is told", (text, seen) => {
  expect(granted(REQUIREMENTS, text)).toEqual(seen);
});

const INDEX = "https://h.org/simple";

test.each([
  {
    when: "an index comes to stand beside others",
    base: `-i ${INDEX}`,
    head: `--extra-index-url ${INDEX}`,
    seen: ["raised pip h.org encrypted→encrypted requirements.txt:1"],
  },
  {
    when: "it comes to stand alone",
    base: `--extra-index-url ${INDEX}`,
    head: `-i ${INDEX}`,
    seen: ["lowered pip h.org encrypted→encrypted requirements.txt:1"],
  },
  {
    when: "another folder of the same host serves",
    base: `-i ${INDEX}`,
    head: `-i ${INDEX}2`,
    seen: ["raised pip h.org encrypted→encrypted requirements.txt:1"],
  },
  {
    when: "it is no longer encrypted",
    base: `-i ${INDEX}`,
    head: `-i ${INDEX.replace("https", "http")}`,
    seen: ["raised pip h.org encrypted→plain requirements.txt:1"],
  },
  {
    when: "its password is another",
    base: "-i https://a:b@h.org/simple",
    head: "-i https://a:c@h.org/simple/",
    seen: [],
  },
])("where $when, that is told", ({ base, head, seen }) => {
  expect(facts(REQUIREMENTS, base, head)).toEqual(seen);
});

const DEPENDENCIES = `[build-system]
requires = ["hatchling>=1"]
[project]
dependencies = [
  "a>=1",
  "own",
]
[project.optional-dependencies]
x = ["b"]
[dependency-groups]
y = ["c==1", { include-group = "x" }]
[tool.uv]
override-dependencies = ["d==2"]
[tool.uv.sources]
own = [{ git = "https://h.org/own", branch = "main", marker = "x" }, { url = "https://h.org/o" }]
a = { index = "inner" }
Other_One = { path = "../o" }
[[tool.uv.index]]
name = "inner"
url = "https://i.org"
`;

test("a project takes in what each of its lists says, from where its sources say", () => {
  expect(taken(PROJECT, DEPENDENCIES)).toEqual([
    "5 a >=1 open registry:i.org in dependencies direct",
    "6 own main open git:h.org/own in dependencies direct",
    "6 own - open url:h.org/o in dependencies direct",
    "2 hatchling >=1 open registry:pypi in build-system.requires direct",
    "13 d 2 exact registry:pypi in tool.uv.override-dependencies direct",
    "9 b - open registry:pypi in optional-dependencies.x direct",
    "11 c 1 exact registry:pypi in dependency-groups.y direct",
    "17 other-one - exact path:../o in tool.uv.sources direct",
  ]);
});

test("of a package that is named again, one place is enough", () => {
  const text = `[project]
dependencies = ["a", "a>1"]
[tool.uv.sources]
a = [{ url = "https://h.org/1" }, { url = "https://h.org/2" }]
`;
  expect(taken(PROJECT, text).map((line) => line.split(" ")[4])).toEqual([
    "url:h.org/1",
    "url:h.org/2",
  ]);
});

test.each([
  ['"^1.2"', "^1.2 bounded registry:pypi"],
  ['"~1.2"', "~1.2 bounded registry:pypi"],
  ['"1.2.3"', "1.2.3 exact registry:pypi"],
  ['"1.*"', "1.* bounded registry:pypi"],
  ['"*"', "* open registry:pypi"],
  ['">= 1, < 2"', ">=1,<2 bounded registry:pypi"],
  ['">=1 <2"', ">=1<2 bounded registry:pypi"],
  ['"^1 || ^2"', "^1||^2 bounded registry:pypi"],
  ['"1.0 || >=2"', "1.0||>=2 open registry:pypi"],
  ['"?"', "? exact registry:pypi"],
  ['{ version = "^1", source = "inner" }', "^1 bounded registry:i.org"],
  ['{ version = "^1", source = "PyPI" }', "^1 bounded registry:pypi"],
  ['{ git = "https://h.org/a.git" }', "- open git:h.org/a"],
  ['{ git = "git@h.org:x/a.git", tag = "v1" }', "v1 bounded git:h.org/x/a"],
  [`{ git = "https://h.org/a", rev = "${COMMIT}" }`, `${COMMIT} exact git:h.org/a`],
  ['{ git = "https://h.org/a", branch = "1.0" }', "1.0 open git:h.org/a"],
  ['{ url = "https://h.org/a.whl" }', "- open url:h.org/a.whl"],
  ['{ file = "https://h.org/a.whl" }', "- open url:h.org/a.whl"],
  ['{ path = "../a" }', "- exact path:../a"],
])("Poetry takes a = %s for %s", (value, seen) => {
  const text = `[tool.poetry.dependencies]\npython = "^3"\na = ${value}\n[[tool.poetry.source]]\nname = "inner"\nurl = "https://i.org"\n`;
  expect(taken(PROJECT, text)).toEqual([`3 a ${seen} in tool.poetry.dependencies direct`]);
});

test("Poetry's groups and alternatives are read", () => {
  const text = '[tool.poetry.group.x.dependencies]\na = [{ version = "1" }, { version = "2" }]\n';
  expect(taken(PROJECT, text)).toEqual([
    "2 a 1 exact registry:pypi in tool.poetry.group.x direct",
    "2 a 2 exact registry:pypi in tool.poetry.group.x direct",
  ]);
});

test("a requirement of a project that is none is not understood", () => {
  expect(taken(PROJECT, '[project]\ndependencies = [\n"a b"]')).toEqual(["requirement:3"]);
});

test.each([
  ['[[tool.uv.index]]\nurl = "https://h.org"', "tool.uv.index beside other indexes", 2],
  ['[[tool.uv.index]]\nurl = "https://h.org"\nexplicit = true', "tool.uv.index", 2],
  ['[[tool.uv.index]]\nurl = "https://h.org"\ndefault = true', "tool.uv.index", 2],
  ['[tool.uv]\nextra-index-url = ["https://h.org"]', "tool.uv beside other indexes", 2],
  ['[tool.uv.pip]\nfind-links = ["https://h.org"]', "tool.uv.pip beside other indexes", 2],
  ['[tool.uv]\nindex-url = "https://h.org"', "tool.uv", 2],
  ['[[tool.poetry.source]]\nurl = "https://h.org"\npriority = "explicit"', "tool.poetry.source", 2],
  [
    '[[tool.poetry.source]]\nurl = "https://h.org"\npriority = "supplemental"',
    "tool.poetry.source beside other indexes",
    2,
  ],
  ['[[tool.pdm.source]]\nurl = "https://h.org"', "tool.pdm.source beside other indexes", 2],
])("the index of %j is told", (text, seen, line) => {
  expect(granted(PROJECT, text)).toEqual([`${line} python.index h.org encrypted ${seen}`]);
});

test("an index is plain where no certificate is looked at", () => {
  expect(granted("Pipfile", '[[source]]\nurl = "https://pypi.org"\nverify_ssl = false')).toEqual([
    "2 python.index pypi plain source beside other indexes",
  ]);
  expect(granted("uv.toml", 'allow-insecure-host = ["h.org"]')).toEqual([
    "1 python.index h.org plain uv trusted as it is",
  ]);
});

test.each([
  ['[build-system]\nbuild-backend = "a.b"', "2 python.build-backend a.b - build-system"],
  [
    '[build-system]\nbuild-backend = "b"\nbackend-path = ["x", "y"]',
    "2 python.build-backend b - build-system x, y",
  ],
  [
    "[tool.hatch.build.hooks.custom]",
    "1 python.build-backend hatch_build.py - tool.hatch.build.hooks.custom",
  ],
  [
    '[tool.hatch.build.targets.wheel.hooks.custom]\npath = "h.py"',
    "2 python.build-backend h.py - tool.hatch.build.targets.wheel.hooks.custom",
  ],
  [
    '[tool.poetry.build]\nscript = "b.py"',
    "2 python.build-backend b.py - tool.poetry.build.script",
  ],
  ['[tool.poetry]\nbuild = "b.py"', "2 python.build-backend b.py - tool.poetry.build"],
  [
    '[tool.pdm.build]\ncustom-hook = "h.py"',
    "2 python.build-backend h.py - tool.pdm.build.custom-hook",
  ],
  [
    '[tool.pdm.scripts]\npost_install = "x"\ntest = "y"',
    "2 python.build-backend post_install - tool.pdm.scripts x",
  ],
  [
    '[tool.setuptools.cmdclass]\nbuild = "m.C"',
    "2 python.build-backend build - tool.setuptools.cmdclass m.C",
  ],
])("the code that %j runs is told", (text, seen) => {
  expect(granted(PROJECT, text)).toEqual([seen]);
});

test("another place of the backend, and another command, are raises", () => {
  const backend = '[build-system]\nbuild-backend = "b"\n';
  expect(facts(PROJECT, backend, `${backend}backend-path = ["x"]`)).toEqual([
    "raised build-system b -→- pyproject.toml:3",
  ]);
  const script = '[tool.pdm.scripts]\npre_build = "x"';
  expect(facts(PROJECT, script, script.replace('"x"', '"y"'))).toEqual([
    "raised tool.pdm.scripts pre_build -→- pyproject.toml:2",
  ]);
});

test("what is too large is not understood", () => {
  expect(read(REQUIREMENTS, new Uint8Array(8 * 1024 * 1024 + 1))).toMatchObject({
    code: "too-large",
  });
});

test("hatch.toml has Hatch's own hooks, without the tables around them", () => {
  const text = '[build.hooks.custom]\n[build.targets.wheel.hooks.custom]\npath = "x.py"\n';
  expect(granted("a/hatch.toml", text)).toEqual([
    "1 python.build-backend hatch_build.py - build.hooks.custom",
    "3 python.build-backend x.py - build.targets.wheel.hooks.custom",
  ]);
});

test("a locked Pipfile may take packages from another index, or from one without a certificate", () => {
  const lock = (url: string, isVerified: boolean) =>
    JSON.stringify({ _meta: { sources: [{ name: "a", url, verify_ssl: isVerified }] } }, null, 1);
  const own = "https://pypi.org/simple";
  expect(granted("Pipfile.lock", lock(own, true))).toEqual([]);
  expect(granted("Pipfile.lock", lock(own, false))[0]).toMatch(/^6 python.index pypi plain/);
  expect(granted("Pipfile.lock", lock("https://a.org/simple", true))[0]).toMatch(
    /^6 python.index a.org encrypted/,
  );
});
