import type { Capability, CapabilityReader, Reading } from "./capability.ts";
import type { DataMap, DataNode } from "./data/data-node.ts";
import { parseToml } from "./data/toml.ts";
import { parseYaml } from "./data/yaml.ts";
import { allowedBuild, allowedBuilds } from "./npm/allowed-builds.ts";
import { claimsNamed } from "./npm/claims.ts";
import { readNpmrc } from "./npm/ini.ts";
import { settingsDependencies } from "./npm/package-dependencies.ts";
import { type Setting, settingsOf } from "./npm/setting.ts";
import { meaningOf, type Rules, settingKinds } from "./npm/setting-meaning.ts";
import {
  berryRules,
  bunfigRules,
  npmrcRules,
  pnpmRules,
  yarnrcRules,
} from "./npm/setting-rules.ts";
import { readYarnLines } from "./npm/yarn-lines.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";

const MAX_BYTES = 256 * 1024;

type Understood = Omit<Extract<Reading, { understood: true }>, "understood">;

/** How each file is read. */
const FORMATS: Readonly<Record<string, (content: Uint8Array) => Understood>> = {
  ".npmrc": (content) => {
    const settings = readNpmrc(content, MAX_BYTES);
    return { capabilities: [...meaningOf(settings, npmrcRules), ...listedBuilds(settings)] };
  },
  ".yarnrc": (content) => {
    const settings = [...readYarnLines(content, MAX_BYTES)].flatMap(
      ({ keys, value, line }): Setting[] =>
        value === null ? [] : keys.map((name) => ({ name, text: value, line })),
    );
    return { capabilities: meaningOf(settings, yarnrcRules) };
  },
  ".yarnrc.yml": (content) => readTree(parseYaml(content, MAX_BYTES), berryRules),
  "pnpm-workspace.yaml": (content) => readTree(parseYaml(content, MAX_BYTES), pnpmRules),
  "bunfig.toml": (content) => readTree(parseToml(content, MAX_BYTES), bunfigRules),
};

/**
 * Reads the settings of package managers that a repository brings along: where packages come from,
 * what runs while they are installed, and what is checked.
 */
export const npmSettings: CapabilityReader = {
  name: "npm-settings",
  kinds: { ...settingKinds, "npm.allowed-build": [] },
  maxBytes: MAX_BYTES,
  claims: claimsNamed(Object.keys(FORMATS)),
  read: (path, content) =>
    understandAll(() => {
      const read = FORMATS[path.split("/").at(-1) ?? ""];
      if (!read) throw new NotUnderstood("no-settings", "no settings of a package manager");
      return read(content);
    }),
};

function readTree(root: DataNode, rules: Rules): Understood {
  const map = mapOf(root);
  if (!map) return { capabilities: [] };
  return {
    capabilities: [...meaningOf(settingsOf(map), rules), ...allowedBuilds(map)],
    dependencies: settingsDependencies(map),
  };
}

/** A file of comments alone is empty. */
function mapOf(root: DataNode): DataMap | null {
  if (root.type === "map") return root;
  if (root.type === "scalar" && root.resolved === "null") return null;
  throw new NotUnderstood("no-settings", "no settings: no map", root);
}

/** `only-built-dependencies[]=esbuild` */
function listedBuilds(settings: readonly Setting[]): Capability[] {
  return settings
    .filter(({ name }) => name === "only-built-dependencies")
    .map(({ name, text, line }) => allowedBuild({ text, line }, name));
}
