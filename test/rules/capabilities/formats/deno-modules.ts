import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const CONFIG = "deno.json";
const LOCK = "deno.lock";

function text(content: object): string {
  return JSON.stringify(content, null, 2);
}

function imports(specifier: string) {
  return { [CONFIG]: text({ imports: { a: specifier } }) };
}

function lock(entry: object) {
  return {
    [LOCK]: text({ version: "5", npm: { "a@1.0.0": { integrity: "sha512-A", ...entry } } }),
  };
}

const LOCKED = {
  version: "5",
  specifiers: { "jsr:@std/a@1": "1.0.0", "npm:a@1": "1.0.0" },
  jsr: { "@std/a@1.0.0": { integrity: "0a" } },
  npm: { "a@1.0.0_b@2.0.0": { integrity: "sha512-A", scripts: true } },
  redirects: { "https://deno.land/x/a/mod.ts": "https://deno.land/x/a@v1.0.0/mod.ts" },
  remote: { "https://deno.land/x/a@v1.0.0/mod.ts": "0b" },
};

export const denoModulesSamples: FormatSamples = {
  reader: "deno-modules",
  files: [
    {
      path: CONFIG,
      text: text({
        imports: { a: "npm:a@^1", b: "jsr:@std/b@1.0.0", "c/": "https://esm.sh/c@1/" },
      }),
      movedTo: "packages/a/deno.jsonc",
    },
    { path: LOCK, text: text(LOCKED), movedTo: "packages/a/deno.lock" },
    {
      path: "import_map.json",
      text: text({ imports: { a: "npm:a@1" }, scopes: { "./b/": { a: "npm:a@2.0.0" } } }),
      movedTo: "b/importMap.dev.json",
    },
  ],
  gains: [
    {
      what: "a module comes from another server",
      kind: "dependency.source",
      base: imports("https://deno.land/x/a@v1.0.0/mod.ts"),
      head: imports("https://a.example/a@v1.0.0/mod.ts"),
    },
    {
      what: "a range is opened",
      kind: "dependency.range",
      base: imports("npm:a@^1.0.0"),
      head: imports("npm:a"),
    },
    {
      what: "a package comes to have a script",
      kind: "npm.dependency-script",
      base: lock({}),
      head: lock({ scripts: true }),
    },
    {
      what: "a package comes as another one",
      kind: "npm.substitution",
      base: lock({}),
      head: lock({ tarball: "https://registry.npmjs.org/b/-/b-1.0.0.tgz" }),
    },
  ],
  nothing: [
    {
      what: "a module is imported by another name",
      base: { [CONFIG]: text({ imports: { a: "npm:a@^1" } }) },
      head: { [CONFIG]: text({ imports: { b: "npm:/a@^1/" } }) },
    },
  ],
  adversaries: [
    {
      what: "an import map with very many modules",
      path: CONFIG,
      write: (bytes) =>
        `{"imports":{${numbered(bytes, (n) => `"a${n}":"npm:a${n}@1",`)}"z":"npm:z"}}`,
    },
    {
      what: "a lock file with very many modules",
      path: LOCK,
      write: (bytes) =>
        `{"version":"3","remote":{${numbered(bytes, (n) => `"https://a.example/a@${n}/b":"0a",`)}"z":""}}`,
    },
    {
      what: "an address that never ends",
      path: CONFIG,
      write: (bytes) => `{"imports":{"a":"https://a.example/${fill("@a/@", bytes)}"}}`,
    },
  ],
};
