import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

function change(what: string, kind: string, path: string, [base = "", head = ""]: string[]) {
  return { what, kind, base: { [path]: base }, head: { [path]: head } };
}

const WORKSPACE = "packages:\n  - a\nonlyBuiltDependencies:\n  - b\ncatalog:\n  c: ^1.0.0\n";

export const npmSettingsSamples: FormatSamples = {
  reader: "npm-settings",
  files: [
    {
      path: ".npmrc",
      text: "registry=https://npm.example.org/\nignore-scripts=true\n",
      movedTo: "b/.npmrc",
    },
    {
      path: ".yarnrc",
      text: 'registry "https://npm.example.org/"\nyarn-path "y.cjs"\n',
      movedTo: "b/.yarnrc",
    },
    {
      path: ".yarnrc.yml",
      text: "enableScripts: false\nnpmScopes:\n  acme:\n    npmRegistryServer: https://npm.example.org\n",
      movedTo: "b/.yarnrc.yml",
    },
    { path: "pnpm-workspace.yaml", text: WORKSPACE, movedTo: "b/pnpm-workspace.yaml" },
    {
      path: "bunfig.toml",
      text: '[install]\nregistry = "https://npm.example.org"\n',
      movedTo: "b/bunfig.toml",
    },
  ],
  gains: [
    change("packages come from another host", "npm.registry", ".npmrc", [
      "",
      "registry=https://npm.example.org/\n",
    ]),
    change("a scope of bun's comes over a plain connection", "npm.registry", "bunfig.toml", [
      "",
      '[install.scopes]\nacme = "http://npm.example.org"\n',
    ]),
    change("another program is yarn", "npm.program", ".yarnrc.yml", ["", "yarnPath: b.cjs\n"]),
    change("certificates are no longer checked", "npm.unsafe", ".yarnrc", [
      "",
      "strict-ssl false\n",
    ]),
    change("a token is written down", "npm.credential", ".npmrc", [
      "//npm.example.org/:_authToken=${TOKEN}\n",
      "//npm.example.org/:_authToken=0123\n",
    ]),
    change("a guard holds for one package less", "npm.exempt", "pnpm-workspace.yaml", [
      "minimumReleaseAge: 1440\n",
      "minimumReleaseAge: 1440\nminimumReleaseAgeExclude:\n  - a\n",
    ]),
    change("a guard holds for no package", "npm.exempt", ".yarnrc.yml", [
      "npmMinimalAgeGate: 1d\n",
      "npmMinimalAgeGate: 1d\nnpmPreapprovedPackages: ['*']\n",
    ]),
    change("another package may run its script", "npm.allowed-build", "pnpm-workspace.yaml", [
      WORKSPACE,
      WORKSPACE.replace("- b\n", "- b\n  - d\n"),
    ]),
  ],
  losses: [
    change("scripts run again", "npm.guard", ".npmrc", [
      "ignore-scripts=true\n",
      "ignore-scripts=false\n",
    ]),
    change("scripts of yarn's run again", "npm.guard", ".yarnrc.yml", [
      "enableScripts: false\n",
      "enableScripts: true\n",
    ]),
    change("releases are taken sooner", "npm.guard", "pnpm-workspace.yaml", [
      "minimumReleaseAge: 10080\n",
      "minimumReleaseAge: 60\n",
    ]),
    change("a look-alike takes a guard's place", "npm.guard", ".npmrc", [
      "ignore-scripts=true\n",
      "ignoreScripts=true\n",
    ]),
  ],
  nothing: [
    {
      what: "a minimum age is written in another unit",
      base: { ".yarnrc.yml": "npmMinimalAgeGate: 3d\n" },
      head: { ".yarnrc.yml": "npmMinimalAgeGate: 4320\n" },
    },
  ],
  adversaries: [
    {
      what: "a list of packages that never ends",
      path: "pnpm-workspace.yaml",
      write: (b) => `onlyBuiltDependencies:\n${numbered(b, (n) => `- a-long-name-${n}\n`)}`,
    },
    {
      what: "a list of exempted packages on one line",
      path: "pnpm-workspace.yaml",
      write: (b) => `minimumReleaseAgeExclude: [${numbered(b, (n) => `"a-long-name-${n}",`)}]`,
    },
    { what: "maps below maps", path: ".yarnrc.yml", write: (b) => fill("{a: ", b) },
    { what: "a key of many parts", path: "bunfig.toml", write: (b) => `${fill("a.", b)}a = 1` },
    {
      what: "very many scopes of bun's",
      path: "bunfig.toml",
      write: (b) => `[install.scopes]\n${numbered(b, (n) => `s${n} = "https://h${n}"\n`)}`,
    },
    { what: "lists in lists", path: "bunfig.toml", write: (b) => `a = ${fill("[", b)}` },
    { what: "entries below entries", path: ".yarnrc", write: (b) => fill("a:\n  b:\n    c:\n", b) },
    {
      what: "a registry that never ends",
      path: ".npmrc",
      write: (b) => `registry=https://${fill("a@", b / 2)}${fill(":/", b / 2)}`,
    },
    {
      what: "a scope that never ends",
      path: ".npmrc",
      write: (b) => `//${fill("/:", b)}_auth`,
    },
    {
      what: "very many tokens",
      path: ".npmrc",
      write: (b) => numbered(b, (n) => `//h${n}/:_authToken=${n}\n`),
    },
    { what: "very many settings", path: ".npmrc", write: (b) => numbered(b, (n) => `a${n}=1\n`) },
    { what: "one setting without an end", path: ".npmrc", write: (b) => `a=${fill("\\;", b)}` },
    {
      what: "very many scopes",
      path: ".yarnrc.yml",
      write: (b) =>
        `npmScopes:\n${numbered(Math.min(b, 300_000), (n) => `  s${n}:\n    npmRegistryServer: https://h\n`)}`,
    },
  ],
};
