import { expect, test } from "vitest";
import { preCommit } from "../../../rules/capabilities/pre-commit.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = ".pre-commit-config.yaml";
const COMMIT = "0a".repeat(20);

function read(text: string) {
  return preCommit.read(PATH, new TextEncoder().encode(text));
}

/** Each dependency in one line: `2 acme/hooks v1 bounded git:github.com/acme/hooks as github`. */
function taken(text: string): string[] {
  const reading = read(text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(({ line, name, version, range, source, ecosystem }) =>
    [line, name, version ?? "-", range ?? "-", source.text, `as ${ecosystem}`].join(" "),
  );
}

function facts(base: string, head: string): string[] {
  return diffOf({ [PATH]: base }, { [PATH]: head })
    .filter(({ kind }) => kind === "pre-commit.hook")
    .map(shown);
}

test.each([
  [PATH, "grants"],
  ["a/.pre-commit-config.yml", "grants"],
  [`testdata/${PATH}`, "resembles"],
  [`{{a}}/${PATH}`, "resembles"],
  ["pre-commit-config.yaml", null],
  [".pre-commit-hooks.yaml", null],
])("%s is claimed as %s", (path, claim) => {
  expect(preCommit.claims(path)).toBe(claim);
});

test.each([
  [
    "https://github.com/Acme/Hooks.git",
    "acme/hooks v1 bounded git:github.com/acme/hooks as github",
  ],
  ["git@github.com:acme/hooks", "acme/hooks v1 bounded git:github.com/acme/hooks as github"],
  ["https://h.org/Acme/hooks", "h.org/Acme/hooks v1 bounded git:h.org/Acme/hooks as generic"],
  ["http://github.com/acme/hooks", "acme/hooks v1 bounded git:github.com/acme/hooks as github"],
  ["../hooks", "../hooks v1 bounded git:../hooks as generic"],
])("hooks of %s come from %s", (repo, seen) => {
  expect(taken(`repos:\n- repo: ${repo}\n  rev: v1\n  hooks: []`)).toEqual([`3 ${seen}`]);
});

test.each([
  [`rev: ${COMMIT}`, `3 a/b ${COMMIT} exact`],
  [`sha: ${COMMIT}`, `3 a/b ${COMMIT} exact`],
  ["rev: 1.0", "3 a/b 1.0 bounded"],
  ["rev: main", "3 a/b main open"],
  ["hooks: []", "2 a/b - open"],
])("hooks of the revision %s are %s", (line, seen) => {
  expect(taken(`repos:\n- repo: https://github.com/a/b\n  ${line}`)).toEqual([
    `${seen} git:github.com/a/b as github`,
  ]);
});

test.each(["local", "meta", "builtin"])("hooks that are %s come from nowhere", (repo) => {
  expect(taken(`repos:\n- repo: ${repo}\n  hooks: [{ id: a }]`)).toEqual([]);
});

test.each([
  ["", "types-x==1.0", "types-x 1.0 exact registry:pypi as pypi"],
  ["", "A_b[c]", "a-b - open registry:pypi as pypi"],
  ["", "a@git+https://h.org/a@v1", "a v1 bounded git:h.org/a as pypi"],
  ["", "eslint@8.0.0", "eslint 8.0.0 exact registry:npm as npm"],
  ["", "@s/a@^1", "@s/a ^1 bounded registry:npm as npm"],
  ["", "@s/a", "@s/a * open registry:npm as npm"],
  ["language: python, ", "a==1", "a 1 exact registry:pypi as pypi"],
  ["language: node, ", "a", "a * open registry:npm as npm"],
  ["language: golang, ", "e.org/a@v1.0.0", "e.org/a v1.0.0 exact registry:golang as golang"],
  ["language: golang, ", "e.org/a@latest", "e.org/a latest open registry:golang as golang"],
  ["language: rust, ", "cli:a:1.0", "a 1.0 bounded registry:cargo as cargo"],
  ["language: ruby, ", "a:1.0", "a 1.0 bounded registry:gem as gem"],
  ["language: ruby, ", "a", "a - open registry:gem as gem"],
])("a hook {%s} has %s installed as %s", (language, text, seen) => {
  const hooks = `[{ id: a, ${language}additional_dependencies: ["${text}"] }]`;
  expect(taken(`repos:\n- repo: local\n  hooks: ${hooks}`)).toEqual([`3 ${seen}`]);
});

test.each(["language: r, ", "language: python, "])(
  "what {%s} does not know is left out",
  (language) => {
    const hooks = `[{ id: a, ${language}additional_dependencies: ["a b"] }]`;
    expect(taken(`repos:\n- repo: local\n  hooks: ${hooks}`)).toEqual([]);
  },
);

function local(hook: string): string {
  return `repos:\n- repo: local\n  hooks:\n  - id: a\n${hook}`;
}

test("a hook is told at its command, with its repository", () => {
  const text = `${local("    entry: ./x.sh --all\n    args: [-b, c]")}\n- repo: https://h.org/h\n  rev: v1\n  hooks:\n  - id: b\n`;
  const reading = read(text);
  expect(reading).toMatchObject({
    capabilities: [
      { name: "a", holder: "local", context: "./x.sh --all -b c", line: 5 },
      { name: "b", holder: "git:h.org/h", context: "", line: 10 },
    ],
  });
});

test.each([
  {
    when: "a command is another",
    base: local("    entry: x"),
    head: local("    entry: y"),
    seen: ["raised local a -→- .pre-commit-config.yaml:5"],
  },
  {
    when: "a command becomes a script of the repository",
    base: local("    entry: x\n    language: system"),
    head: local("    entry: x\n    language: script"),
    seen: ["raised local a -→- .pre-commit-config.yaml:6"],
  },
  {
    when: "arguments come in",
    base: local("    entry: x"),
    head: local("    entry: x\n    args: [y]"),
    seen: ["raised local a -→- .pre-commit-config.yaml:6"],
  },
  {
    when: "a hook comes in by a merge key",
    base: `x: &x\n  entry: y\n${local("    entry: x")}`,
    head: `x: &x\n  entry: y\n${local("    <<: *x")}`,
    seen: ["raised local a -→- .pre-commit-config.yaml:2"],
  },
  {
    when: "a hook has another name and the same command",
    base: local("    entry: x"),
    head: local("    entry: x").replace("id: a", "id: a # b\n    name: c"),
    seen: [],
  },
])("where $when, that is told", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test.each([
  ["[]", "no-configuration:1"],
  ["repos:\n- hooks: []", "repository:2"],
  ["repos:\n- repo: local\n  hooks:\n  - name: a", "hook:4"],
  ["repos: []\nrepos: []", "duplicate-key:2"],
  ["repos: []\n---\nrepos: []", "documents:2"],
])("%j is not understood", (text, code) => {
  expect(taken(text)).toEqual([code]);
});

test("a configuration of no repository is nothing, and what is too large is not understood", () => {
  expect(taken("repos: []")).toEqual([]);
  expect(read("#".repeat(1024 * 1024 + 1))).toMatchObject({ code: "too-large" });
});

test("a command that stands in the configuration is its own, whoever the hook is of", () => {
  const text = "repos:\n- repo: https://e.org/a\n  rev: v1\n  hooks: [{ id: b, entry: sh x.sh }]\n";
  expect(preCommit.read(".pre-commit-config.yaml", new TextEncoder().encode(text))).toMatchObject({
    capabilities: [{ name: "b", holder: "local", context: "sh x.sh" }],
  });
});
