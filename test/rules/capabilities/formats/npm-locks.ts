import { fill, numbered } from "../adversaries.ts";
import type { Hand } from "../yaml-hand.ts";
import type { FormatSamples } from "./format-samples.ts";

const SCRIPT = "npm.dependency-script";
const SOURCE = "dependency.source";
const OTHER = "npm.substitution";

const inOtherLines = (text: string, { lineBreak }: Hand): string =>
  text.replaceAll("\n", lineBreak);

function npm(entry: object): string {
  const packages = {
    "": { dependencies: { a: "^1.0.0" } },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-A", ...entry },
  };
  return JSON.stringify({ name: "p", lockfileVersion: 3, packages }, null, 2);
}

export const npmLockSamples: FormatSamples = {
  reader: "npm-lock",
  files: [{ path: "package-lock.json", text: npm({}), movedTo: "b/npm-shrinkwrap.json" }],
  gains: [
    change("a package comes to have a script", SCRIPT, "package-lock.json", [
      npm({}),
      npm({ hasInstallScript: true }),
    ]),
    change("a package comes from elsewhere", SOURCE, "package-lock.json", [
      npm({}),
      npm({ resolved: "https://npm.example.org/a/-/a-1.0.0.tgz" }),
    ]),
    change("a package comes as another one", OTHER, "package-lock.json", [
      npm({}),
      npm({ resolved: "https://registry.npmjs.org/b/-/b-1.0.0.tgz" }),
    ]),
    change("another package stands under a name", "npm.renamed", "package-lock.json", [
      npm({}),
      npm({ name: "b" }),
    ]),
  ],
  nothing: [
    {
      what: "a package with a script has another version",
      base: { "package-lock.json": npm({ hasInstallScript: true }) },
      head: { "package-lock.json": npm({ hasInstallScript: true, version: "1.0.1" }) },
    },
  ],
  adversaries: [
    {
      what: "a lock file with very many packages",
      path: "package-lock.json",
      write: (bytes) =>
        `{"packages":{${numbered(bytes, (n) => `"node_modules/a${n}":{"version":"1.0.0"},`)}"":{}}}`,
    },
    {
      what: "a lock file with packages below packages",
      path: "package-lock.json",
      write: (bytes) => {
        const below = '{"version":"1.0.0","dependencies":{"a":'.repeat(45);
        const one = `${below}{}${"}}".repeat(45)}`;
        return `{"dependencies":{${numbered(bytes, (n) => `"a${n}":${one},`)}"z":{}}}`;
      },
    },
    {
      what: "a lock file with a path that never ends",
      path: "package-lock.json",
      write: (bytes) => `{"packages":{"${fill("node_modules/a/", bytes)}":{"version":"1"}}}`,
    },
    {
      what: "a lock file with digests of one package that never end",
      path: "package-lock.json",
      write: (bytes) =>
        `{"packages":{"node_modules/a":{"integrity":"${numbered(bytes, (n) => `sha512-${n} `)}"}}}`,
    },
    {
      what: "a lock file with an address that never ends",
      path: "package-lock.json",
      write: (bytes) =>
        `{"packages":{"node_modules/a":{"resolved":"https://registry.npmjs.org${fill("/-/a", bytes)}"}}}`,
    },
    {
      what: "a lock file nested too deep",
      path: "package-lock.json",
      write: (bytes) => fill('{"dependencies":{"a":', bytes),
    },
  ],
};

function classic(resolved: string): string {
  return `# yarn lockfile v1\n\n\na@^1.0.0, "a@^1.1.0":\n  version "1.1.0"\n  resolved "${resolved}"\n  integrity sha512-A==\n  dependencies:\n    b "^2.0.0"\n`;
}

const YARN = "https://registry.yarnpkg.com/a/-/a-1.1.0.tgz";

function berry(resolution: string): string {
  return `__metadata:\n  version: 8\n\n"a@npm:^1.0.0, a@npm:^1.1.0":\n  version: 1.1.0\n  resolution: "${resolution}"\n  checksum: 10c0/00\n`;
}

export const yarnLockSamples: FormatSamples = {
  reader: "yarn-lock",
  files: [
    { path: "yarn.lock", text: classic(YARN), movedTo: "b/yarn.lock" },
    { path: "yarn.lock", text: berry("a@npm:1.1.0"), movedTo: "b/yarn.lock" },
  ],
  rewrite: inOtherLines,
  gains: [
    change("a package comes over a plain connection", SOURCE, "yarn.lock", [
      classic(YARN),
      classic(YARN.replace("https", "http")),
    ]),
    change("a package comes as another one", OTHER, "yarn.lock", [
      classic(YARN),
      classic(YARN.replace("/a/-/a-", "/b/-/b-")),
    ]),
    change("a package of a later yarn comes from git", SOURCE, "yarn.lock", [
      berry("a@npm:1.1.0"),
      berry("a@https://github.com/acme/a.git#commit=00"),
    ]),
  ],
  nothing: [],
  adversaries: [
    {
      what: "a lock file of yarn 1 with very many packages",
      path: "yarn.lock",
      write: (bytes) => numbered(bytes, (n) => `a${n}@^1:\n  version "1.0.0"\n`),
    },
    {
      what: "a lock file of yarn 1 with very many names of one package",
      path: "yarn.lock",
      write: (bytes) => `${numbered(bytes, (n) => `a${n}@^1, `)}z@1:\n  version "1.0.0"\n`,
    },
    {
      what: "a lock file of a later yarn with very many packages",
      path: "yarn.lock",
      write: (bytes) =>
        `__metadata:\n  version: 8\n${numbered(bytes, (n) => `"a${n}@npm:^1":\n  version: 1.0.0\n`)}`,
    },
    {
      what: "a lock file of yarn 1 with entries below entries",
      path: "yarn.lock",
      write: (bytes) => `a:\n${fill("  b:\n    c:\n", bytes)}`,
    },
    {
      what: "a lock file of a later yarn with very many names of one package",
      path: "yarn.lock",
      write: (bytes) =>
        `__metadata:\n  version: 8\n"${numbered(bytes, (n) => `a${n}@npm:^1, `)}z@npm:1":\n  version: 1\n`,
    },
    {
      what: "a lock file of a later yarn with a workspace that names very many",
      path: "yarn.lock",
      write: (bytes) =>
        `__metadata:\n  version: 8\n"a@workspace:.":\n  resolution: "a@workspace:."\n  dependencies:\n${numbered(bytes, (n) => `    a${n}: "npm:^1"\n`)}`,
    },
    {
      what: "a lock file of a later yarn in maps that never close",
      path: "yarn.lock",
      write: (bytes) => `__metadata:\n  version: 8\na: ${fill("{a: ", bytes)}`,
    },
    {
      what: "a lock file with quotes that never close",
      path: "yarn.lock",
      write: (bytes) => fill('"a\\', bytes),
    },
  ],
};

function pnpm(resolution: string, rest = ""): string {
  return `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n\n  a@1.0.0:\n    resolution: {${resolution}}\n${rest}`;
}

export const pnpmLockSamples: FormatSamples = {
  reader: "pnpm-lock",
  files: [
    { path: "pnpm-lock.yaml", text: pnpm("integrity: sha512-A"), movedTo: "b/pnpm-lock.yaml" },
  ],
  rewrite: inOtherLines,
  gains: [
    change("a package comes to have a script", SCRIPT, "pnpm-lock.yaml", [
      pnpm("integrity: sha512-A"),
      pnpm("integrity: sha512-A", "    requiresBuild: true\n"),
    ]),
    change("a package comes from elsewhere", SOURCE, "pnpm-lock.yaml", [
      pnpm("integrity: sha512-A"),
      pnpm("integrity: sha512-A, tarball: https://example.org/a.tgz"),
    ]),
  ],
  nothing: [],
  adversaries: [
    {
      what: "a lock file of pnpm with very many packages",
      path: "pnpm-lock.yaml",
      write: (bytes) => `packages:\n${numbered(bytes, (n) => `  a${n}@1.0.0:\n    dev: true\n`)}`,
    },
    {
      what: "a lock file of pnpm with all its packages on one line",
      path: "pnpm-lock.yaml",
      write: (bytes) => `packages: {${numbered(bytes, (n) => `a${n}@1.0.0: {dev: true}, `)}}\n`,
    },
    {
      what: "a lock file of pnpm with very many variants",
      path: "pnpm-lock.yaml",
      write: (bytes) =>
        `packages:\n  a@1.0.0:\n    resolution:\n      variants:\n${numbered(bytes, (n) => `      - resolution: {tarball: "https://h/${n}"}\n`)}`,
    },
    {
      what: "a lock file of pnpm with a name that never ends",
      path: "pnpm-lock.yaml",
      write: (bytes) =>
        `packages:\n  ? "${fill("@a/", bytes / 2)}${fill("_(", bytes / 2)}"\n  : {}\n`,
    },
    {
      what: "a lock file of pnpm with an importer that names very many",
      path: "pnpm-lock.yaml",
      write: (bytes) =>
        `importers:\n  .:\n    dependencies:\n${numbered(bytes, (n) => `      a${n}: 1.0.${n}\n`)}`,
    },
    {
      what: "a lock file of pnpm with very many documents",
      path: "pnpm-lock.yaml",
      write: (bytes) => fill("---\na: 1\n", bytes),
    },
    {
      what: "a lock file of pnpm in lists that never close",
      path: "pnpm-lock.yaml",
      write: (bytes) => fill("a: [\n", bytes),
    },
  ],
};

function bun(address: string, trusted = ""): string {
  return `{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "dependencies": { "a": "^1.0.0" } } },\n  "trustedDependencies": [${trusted}],\n  "packages": { "a": ["a@1.0.0", "${address}", {}, "sha512-A=="] }\n}\n`;
}

export const bunLockSamples: FormatSamples = {
  reader: "bun-lock",
  files: [{ path: "bun.lock", text: bun(""), movedTo: "b/bun.lock" }],
  gains: [
    change("a package comes from elsewhere", SOURCE, "bun.lock", [
      bun(""),
      bun("https://example.org/a.tgz"),
    ]),
    change("a package may run its script", "npm.allowed-build", "bun.lock", [
      bun(""),
      bun("", '"a"'),
    ]),
  ],
  nothing: [],
  adversaries: [
    {
      what: "a lock file of bun with very many packages",
      path: "bun.lock",
      write: (bytes) => `{"packages":{${numbered(bytes, (n) => `"a${n}":["a${n}@1.0.0"],`)}}}`,
    },
    {
      what: "a lock file of bun with a package that never ends",
      path: "bun.lock",
      write: (bytes) => `{"packages":{"a":["a@1",${numbered(bytes, (n) => `"sha512-${n}",`)}]}}`,
    },
    {
      what: "a lock file of bun nested too deep",
      path: "bun.lock",
      write: (bytes) => fill('{"packages":[', bytes),
    },
    {
      what: "a lock file of bun in comments",
      path: "bun.lock",
      write: (bytes) => `{${fill("/*a*/", bytes / 2)}${fill("//\n", bytes / 2)}}`,
    },
  ],
};

export const bindingGypSamples: FormatSamples = {
  reader: "binding-gyp",
  files: [{ path: "binding.gyp", text: "{ 'targets': [] }\n", movedTo: "b/binding.gyp" }],
  gains: [
    {
      what: "node-gyp comes to run",
      kind: "npm.script",
      base: {},
      head: { "binding.gyp": "{ 'targets': [] }\n" },
    },
  ],
  nothing: [
    {
      what: "what node-gyp builds is edited",
      base: { "binding.gyp": "{ 'targets': [] }\n" },
      head: { "binding.gyp": "{ 'targets': [{}] }\n" },
    },
  ],
  adversaries: [],
};

function change(what: string, kind: string, path: string, [base = "", head = ""]: string[]) {
  return { what, kind, base: { [path]: base }, head: { [path]: head } };
}
