import { expect, test } from "vitest";
import { autorun } from "../../../rules/capabilities/autorun.ts";
import { diffOf, shown, type Tree } from "./changes.ts";

function facts(base: Tree, head: Tree): string[] {
  return diffOf(base, head)
    .filter(({ kind }) => kind.startsWith("autorun."))
    .map(shown);
}

test.each([
  [".husky/pre-commit", "grants"],
  [".husky/common.sh", "grants"],
  ["app/.husky/commit-msg", "grants"],
  [".githooks/post-checkout", "grants"],
  [".husky/.gitignore", null],
  [".husky/_/husky.sh", null],
  [".husky/README.md", null],
  ["lefthook.toml", "grants"],
  [".config/lefthook.yml", "grants"],
  [".envrc", "grants"],
  ["a/.vscode/tasks.json", "grants"],
  ["a.code-workspace", "grants"],
  ["fixtures/.vscode/tasks.json", null],
  [".vscode/launch.json", null],
])("%s is claimed as %s", (path, claim) => {
  expect(autorun.claims(path)).toBe(claim);
});

const HOOK = ".husky/pre-commit";

test.each([
  { when: "a line is added", head: "npm test\nid\n" },
  { when: "it is run by another program", head: "#!/usr/bin/python3\nnpm test\n" },
  { when: "a comment stands in a here document", base: "cat <<E\nE\n", head: "cat <<E\n# a\nE\n" },
])("a hook is another where $when", ({ base = "npm test\n", head }) => {
  expect(facts({ [HOOK]: base }, { [HOOK]: head })).toEqual(
    ["raised git pre-commit -→- pre-commit:1"].map((one) =>
      head.startsWith("#!") ? one.replace(":1", ":2") : one,
    ),
  );
});

test("a hook of comments alone runs nothing", () => {
  expect(facts({}, { [HOOK]: "#!/bin/sh\n# nothing\n" })).toEqual([]);
});

const task = (more: string) =>
  `{"tasks": [{"label": "a", "command": "x", "dependsOn": "b", "runOptions": {"runOn": "folderOpen"}}, {"label": "b", "command": "y"${more}}]}`;
const TASKS = ".vscode/tasks.json";

test("a task of a folder is told with those that it waits for", () => {
  expect(facts({}, { [TASKS]: task("") })).toEqual(["added a folderOpen -→- tasks.json:1"]);
  expect(facts({ [TASKS]: task("") }, { [TASKS]: task(', "args": ["z"]') })).toEqual([
    "raised a folderOpen -→- tasks.json:1",
  ]);
});

test.each([
  { what: "how a task is shown", head: task(', "presentation": {"reveal": "never"}') },
  { what: "a comment", head: `// a\n${task("")}` },
])("$what changes no task", ({ head }) => {
  expect(facts({ [TASKS]: task("") }, { [TASKS]: head })).toEqual([]);
});

test("a workspace's file holds tasks and settings, too", () => {
  const text = `{"tasks": ${task("")}, "settings": {"git.path": "./git"}}`;
  expect(facts({}, { "a.code-workspace": text }).sort()).toEqual([
    "added a folderOpen -→- a.code-workspace:1",
    "added editor git.path -→program a.code-workspace:1",
  ]);
});

test.each([
  { setting: '"task.allowAutomaticTasks": "on"', level: "automatic" },
  { setting: '"chat.tools.autoApprove": true', level: "automatic" },
  { setting: '"terminal.integrated.env.linux": {"PATH": "x"}', level: "program" },
  { setting: '"python.defaultInterpreterPath": "./python"', level: "program" },
  { setting: '"rust-analyzer.server.path": "./ra"', level: "program" },
])("$setting is $level", ({ setting, level }) => {
  const name = setting.split('"')[1] ?? "";
  expect(facts({}, { ".vscode/settings.json": `{${setting}}` })).toEqual([
    `added editor ${name} -→${level} settings.json:1`,
  ]);
});

test.each([
  '"task.allowAutomaticTasks": "off"',
  '"js/ts.tsdk.path": "node_modules/typescript/lib"',
  '"editor.formatOnSave": true',
  '"prettier.configPath": "a"',
  '"git.path": null',
])("%s starts nothing", (setting) => {
  expect(facts({}, { ".vscode/settings.json": `{${setting}}` })).toEqual([]);
});

test.each([
  {
    what: "commands",
    text: "pre-commit:\n  commands:\n    a: {run: b}\n",
    seen: "added a pre-commit -→- lefthook.yml:3",
  },
  {
    what: "scripts",
    text: "pre-commit:\n  scripts:\n    a.sh: {runner: bash}\n",
    seen: "added a.sh pre-commit -→- lefthook.yml:3",
  },
  {
    what: "jobs in groups",
    text: "pre-push:\n  jobs:\n    - group:\n        jobs:\n          - run: b\n",
    seen: "added b pre-push -→- lefthook.yml:5",
  },
  {
    what: "other repositories",
    text: "remotes:\n  - git_url: https://a:b@c.example/d\n",
    seen: "added https://…@c.example/d remote -→- lefthook.yml:2",
  },
])("Lefthook's $what are told", ({ text, seen }) => {
  expect(facts({}, { "lefthook.yml": text })).toEqual([seen]);
});

test("what a task does that very many tasks stand before is not overlooked: it is refused", () => {
  const before = Array.from({ length: 2_000 }, (_, n) => ({ label: `b${n}`, command: "a" }));
  const last = { label: "last", command: "evil" };
  const names = [...before, last].map(({ label }) => label);
  const first = { label: "a", dependsOn: names, runOptions: { runOn: "folderOpen" } };
  const text = JSON.stringify({ tasks: [first, ...before, last] });
  const reading = autorun.read(".vscode/tasks.json", new TextEncoder().encode(text));
  expect(reading).toMatchObject({ code: "too-many-tasks" });
});
