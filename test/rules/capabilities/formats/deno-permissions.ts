import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "deno.json";

const PACKAGE = "package.json";

function pair(base: object, head: object, path = PATH) {
  const file = (content: object): string => JSON.stringify(content, null, 2);
  return { base: { [path]: file(base) }, head: { [path]: file(head) } };
}

function start(command: string) {
  return { scripts: { start: command } };
}

const CONFIG = {
  tasks: { build: "deno run --allow-net=a.example,b.example build.ts", test: "deno test" },
  permissions: { default: { read: ["./data"] } },
};

export const denoPermissionsSamples: FormatSamples = {
  reader: "deno-permissions",
  files: [
    { path: PATH, text: JSON.stringify(CONFIG, null, 2), movedTo: "packages/a/deno.jsonc" },
    {
      path: PACKAGE,
      text: JSON.stringify(start("node --permission --allow-fs-read=/data s.js"), null, 2),
      movedTo: "packages/a/package.json",
    },
  ],
  gains: [
    {
      what: "a task may reach every host",
      kind: "deno.permission",
      ...pair(CONFIG, { ...CONFIG, tasks: { build: "deno run --allow-net build.ts" } }),
    },
    {
      what: "a set may read elsewhere",
      kind: "deno.permission",
      ...pair(CONFIG, { ...CONFIG, permissions: { default: { read: ["./data", "/etc"] } } }),
    },
    {
      what: "a set no longer keeps a folder back",
      kind: "deno.permission",
      ...pair(
        { permissions: { default: { read: { allow: true, deny: ["./keys"] } } } },
        { permissions: { default: { read: { allow: true } } } },
      ),
    },
    {
      what: "a script leaves Node's permission model",
      kind: "node.permission",
      ...pair(start("node --permission s.js"), start("node s.js"), PACKAGE),
    },
  ],
  nothing: [
    {
      what: "Node's flags are written with other signs, and in another order",
      ...pair(
        start("node --permission --allow-fs-read=/a --allow-worker s.js"),
        start("node --allow_worker --allow-fs-read /a --permission s.js"),
        PACKAGE,
      ),
    },
    {
      what: "a flag is written in short, and its places in another order",
      ...pair(
        { tasks: { a: "deno run --allow-net=a,b x.ts" } },
        { tasks: { a: "deno run -N=b,a x.ts" } },
      ),
    },
  ],
  adversaries: [
    {
      what: "very many tasks",
      path: PATH,
      write: (bytes) => `{"tasks":{${numbered(bytes, (n) => `"t${n}":"deno run -A",`)}"a":"b"}}`,
    },
    {
      what: "a script of commands within commands",
      path: PACKAGE,
      write: (bytes) => `{"scripts":{"a":"${fill("sh -c 'node x' ", bytes)}"}}`,
    },
    {
      what: "one task with very many places",
      path: PATH,
      write: (bytes) => `{"tasks":{"a":"deno run --allow-net=${fill("a,", bytes)}b"}}`,
    },
  ],
};
