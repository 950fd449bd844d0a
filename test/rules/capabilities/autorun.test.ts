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
  [".husky/_/husky.sh", "grants"],
  [".husky/_/pre-commit", "grants"],
  [".husky/README.md", null],
  ["lefthook.toml", "grants"],
  [".config/lefthook.yml", "grants"],
  [".envrc", "grants"],
  ["a/.vscode/tasks.json", "grants"],
  ["a.code-workspace", "grants"],
  ["a/.VSCode/Tasks.json", "grants"],
  ["hooks/pre-commit", "grants"],
  ["scripts/git-hooks/post-checkout", "grants"],
  ["src/hooks/use-state.ts", null],
  [".lefthook/pre-commit/a.sh", "grants"],
  ["a/.nvim.lua", "grants"],
  [".config/mise/conf.d/a.toml", "grants"],
  ["mise.local.toml", "grants"],
  [".idea/startup.xml", "resembles"],
  [".idea/modules.xml", null],
  [".opencode/plugin/a.ts", "grants"],
  [".gitpod.yml", "grants"],
  ["simple-git-hooks.json", "grants"],
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
  { setting: '"prettier.prettierPath": "./prettier"', level: "program" },
  { setting: '"python.linting.pylintPath": "./pylint"', level: "program" },
  { setting: '"rust-analyzer.check.overrideCommand": ["./a"]', level: "program" },
  { setting: '"go.alternateTools": {"go": "./go"}', level: "program" },
  { setting: '"C_Cpp.default.compilerPath": "./cc"', level: "program" },
  { setting: '"mcp": {"servers": {"a": {"command": "b"}}}', level: "program" },
  { setting: '"geminicodeassist.agentYoloMode": true', level: "automatic" },
  { setting: '"runOnSave.commands": [{"command": "a"}]', level: "automatic" },
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
  '"breadcrumbs.filePath": "on"',
  '"geminicodeassist.agentYoloMode": false',
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

test.each([
  { what: "a list of files", text: "pre-commit:\n  commands:\n    a: {run: b, files: id}\n" },
  { what: "a list of files for all", text: "pre-commit:\n  files: id\n" },
  { what: "a condition", text: "pre-commit:\n  commands:\n    a: {run: b, skip: [{run: id}]}\n" },
  { what: "a condition of a job", text: "pre-commit:\n  jobs:\n    - {run: b, only: {run: id}}\n" },
  { what: "a set-up", text: "pre-commit:\n  setup: [{run: id}]\n" },
])("a command that Lefthook runs for $what is told", ({ text }) => {
  const told = facts({}, { "lefthook.yml": text }).filter((fact) => fact.includes(" asked "));
  expect(told).toHaveLength(1);
  const [fact] = diffOf({ "lefthook.yml": text }, { "lefthook.yml": text.replace("id", "env") });
  expect(fact?.delta).toBe("raised");
});

test.each(["rc: ./a.sh", "lefthook: ./lefthook", "extends: [a.yml]"])(
  "Lefthook's %s is told",
  (text) => {
    const name = text.split(":")[0] ?? "";
    expect(facts({}, { "lefthook.yml": text })).toEqual([
      `added lefthook ${name} -→- lefthook.yml:1`,
    ]);
  },
);

test.each([
  { what: "a hook", text: '[hooks]\nenter = "make"\n', name: "hook enter" },
  {
    what: "a watcher",
    text: '[[watch_files]]\npatterns = ["a"]\nrun = "b"\n',
    name: "watch_files",
  },
  { what: "a script", text: '[env]\n_.source = "./a.sh"\n', name: "env source" },
  { what: "a plugin", text: '[plugins]\na = "https://b.example"\n', name: "plugin a" },
  {
    what: "what follows a tool",
    text: '[tools]\na = { version = "1", postinstall = "b" }\n',
    name: "after a",
  },
  {
    what: "a command in a template",
    text: "[env]\na = \"{{ exec(command='b') }}\"\n",
    name: "template of a",
  },
])("mise is seen to run $what", ({ text, name }) => {
  const told = facts({}, { "mise.toml": text });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`added mise ${name} -→- mise.toml:`);
});

test("mise's tools, and tasks that are run by name, run nothing by themselves", () => {
  const text = '[tools]\nnode = "24"\n[tasks.a]\nrun = "{{ exec(command=1) }}"\n';
  expect(facts({}, { "mise.toml": text })).toEqual([]);
});

const startup = (name: string) =>
  `<project><component name="ProjectStartupSharedConfiguration"><configurations><configuration name="${name}" type="ShConfigurationType"/></configurations></component></project>`;
const watcher = (program: string, more = "") =>
  `<project><component name="ProjectTasksOptions"><TaskOptions ${more}><option name="program" value="${program}"/><option name="name" value="w"/></TaskOptions></component></project>`;

test("what an editor of JetBrains' starts is told, and another one is a raise", () => {
  const path = ".idea/startup.xml";
  expect(facts({}, { [path]: startup("a") })).toEqual(["added a startup -→- startup.xml:1"]);
  const watchers = ".idea/watcherTasks.xml";
  expect(facts({ [watchers]: watcher("a") }, { [watchers]: watcher("b") })).toEqual([
    "raised w file watcher -→- watcherTasks.xml:1",
  ]);
  expect(facts({}, { [watchers]: watcher("a", 'isEnabled="false"') })).toEqual([]);
  expect(facts({}, { ".idea/workspace.xml": '<project><component name="a"/></project>' })).toEqual(
    [],
  );
});

test.each([
  { path: "simple-git-hooks.json", text: '{"pre-commit": "a"}' },
  { path: ".huskyrc", text: '{"hooks": {"pre-commit": "a"}}' },
  {
    path: "captainhook.json",
    text: '{"pre-commit": {"enabled": true, "actions": [{"action": "a"}]}}',
  },
  { path: "package.json", text: '{"simple-git-hooks": {"pre-commit": "a"}}' },
  { path: "package.json", text: '{"husky": {"hooks": {"pre-commit": "a"}}}' },
  { path: "package.json", text: '{"gitHooks": {"pre-commit": "a"}}' },
])("the hooks of $path are told: $text", ({ path, text }) => {
  expect(facts({}, { [path]: text })).toEqual([`added git pre-commit -→- ${path}:1`]);
  expect(facts({ [path]: text }, { [path]: text.replace('"a"', '"b"') })).toHaveLength(1);
});

test("hooks that are turned off, and other keys of package.json, run nothing", () => {
  const off = '{"pre-commit": {"enabled": false, "actions": [{"action": "a"}]}}';
  expect(facts({}, { "captainhook.json": off })).toEqual([]);
  expect(facts({}, { "package.json": '{"husky": "a", "scripts": {"pre-commit": "a"}}' })).toEqual(
    [],
  );
});

test("what Gitpod runs is told", () => {
  const text = "tasks:\n- {name: a, init: b, command: c}\n";
  expect(facts({}, { ".gitpod.yml": text })).toEqual([
    "added a command -→- .gitpod.yml:2",
    "added a init -→- .gitpod.yml:2",
  ]);
});

test("of a program's own file every line counts, blank ones aside", () => {
  const path = ".ocamlinit";
  expect(facts({ [path]: "a\n" }, { [path]: '#use "b";;\na\n' })).toEqual([
    "raised editor .ocamlinit -→- .ocamlinit:1",
  ]);
  expect(facts({ [path]: "a\nb\n" }, { [path]: "a\n\nb\n" })).toEqual([]);
  expect(facts({}, { [path]: "\n" })).toEqual([]);
  expect(facts({}, { ".Rprofile": "# a\nsource('b')\n" })).toEqual([
    "added shell .Rprofile -→- .Rprofile:2",
  ]);
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
