import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "deno.json";

function pair(base: object, head: object) {
  const file = (content: object): string => JSON.stringify(content, null, 2);
  return { base: { [PATH]: file(base) }, head: { [PATH]: file(head) } };
}

const CONFIG = {
  tasks: { build: "deno run --allow-net=a.example,b.example build.ts", test: "deno test" },
  permissions: { default: { read: ["./data"] } },
};

export const denoPermissionsSamples: FormatSamples = {
  reader: "deno-permissions",
  files: [{ path: PATH, text: JSON.stringify(CONFIG, null, 2), movedTo: "packages/a/deno.jsonc" }],
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
  ],
  nothing: [
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
      what: "one task with very many places",
      path: PATH,
      write: (bytes) => `{"tasks":{"a":"deno run --allow-net=${fill("a,", bytes)}b"}}`,
    },
  ],
};
