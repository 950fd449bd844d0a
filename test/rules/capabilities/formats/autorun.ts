import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const TASKS = ".vscode/tasks.json";
const SETTINGS = ".vscode/settings.json";
const HOOK = ".husky/pre-commit";

function tasks(runOn: string, command: string) {
  return JSON.stringify(
    {
      version: "2.0.0",
      tasks: [
        { label: "start", command, dependsOn: "build", runOptions: { runOn } },
        { label: "build", type: "shell", command: "make" },
      ],
    },
    null,
    2,
  );
}

const LEFTHOOK = "pre-commit:\n  commands:\n    lint:\n      run: eslint .\n";

export const autorunSamples: FormatSamples = {
  reader: "autorun",
  files: [
    { path: TASKS, text: tasks("folderOpen", "node ."), movedTo: "app/.vscode/tasks.json" },
    { path: HOOK, text: "#!/bin/sh\nnpm test\n", movedTo: ".githooks/pre-commit" },
    { path: "lefthook.yml", text: LEFTHOOK, movedTo: ".lefthook.yaml" },
    { path: "mise.toml", text: '[hooks]\nenter = "make"\n', movedTo: ".mise.toml" },
    { path: "simple-git-hooks.json", text: '{ "pre-commit": "npm test" }\n' },
    { path: SETTINGS, text: '{\n  "git.path": "/usr/bin/git"\n}\n' },
  ],
  gains: [
    {
      what: "a task comes to run when the folder is opened",
      kind: "autorun.task",
      base: { [TASKS]: tasks("default", "node .") },
      head: { [TASKS]: tasks("folderOpen", "node .") },
    },
    {
      what: "a hook comes",
      kind: "autorun.hook",
      base: {},
      head: { [HOOK]: "npm test\n" },
    },
    {
      what: "tasks run without a question",
      kind: "autorun.setting",
      base: { [SETTINGS]: "{}\n" },
      head: { [SETTINGS]: '{ "task.allowAutomaticTasks": "on" }\n' },
    },
  ],
  nothing: [
    {
      what: "a comment is written into a hook",
      base: { [HOOK]: "npm test\n" },
      head: { [HOOK]: "# tests\n\nnpm test\n" },
    },
    {
      what: "an editor formats",
      base: { [SETTINGS]: "{}\n" },
      head: { [SETTINGS]: '{ "editor.formatOnSave": true }\n' },
    },
  ],
  rewrite: (text, { lineBreak }) => text.replaceAll("\n", lineBreak),
  adversaries: [
    {
      what: "a long name of a setting",
      path: SETTINGS,
      write: (bytes) => `{"${fill("a.", bytes)}aPath": "b"}`,
    },
    {
      what: "a template that does not end",
      path: "mise.toml",
      write: (bytes) => `a = "${fill("{{ exec ", bytes)}"\n`,
    },
    {
      what: "very many texts with a template",
      path: "mise.toml",
      write: (bytes) => numbered(bytes, (n) => `a${n} = "{{ exec(command='b') }}"\n`),
    },
    { what: "a hook of very many lines", path: HOOK, write: (bytes) => fill("a\n#\n", bytes) },
    {
      what: "very many tasks that wait for each other",
      path: TASKS,
      write: (bytes) =>
        `{"tasks":[${numbered(bytes, (n) => `{"label":"t${n}","dependsOn":["t${n - 1}","t${n + 1}"],"runOptions":{"runOn":"folderOpen"}},`)}{}]}`,
    },
    {
      what: "tasks that all wait for a long one",
      path: TASKS,
      write: (bytes) =>
        `{"tasks":[{"label":"a","args":["${fill("a", bytes / 2)}"]},${numbered(bytes / 2, (n) => `{"label":"t${n}","dependsOn":"a","runOptions":{"runOn":"folderOpen"}},`)}{}]}`,
    },
    {
      what: "tasks that all wait for one that waits for very many",
      path: TASKS,
      write: (bytes) =>
        `{"tasks":[{"label":"a","dependsOn":[${fill('"b",', bytes / 2)}"b"]},${numbered(bytes / 2, (n) => `{"label":"t${n}","dependsOn":"a","runOptions":{"runOn":"folderOpen"}},`)}{}]}`,
    },
    {
      what: "very many tasks beside a long setting of all",
      path: TASKS,
      write: (bytes) =>
        `{"args":["${fill("a", bytes / 2)}"],"tasks":[${numbered(bytes / 2, () => `{"runOptions":{"runOn":"folderOpen"}},`)}{}]}`,
    },
    {
      what: "very many commands",
      path: "lefthook.yml",
      write: (bytes) =>
        `pre-commit:\n  commands:\n${numbered(bytes, (n) => `    c${n}: {run: a}\n`)}`,
    },
  ],
};
