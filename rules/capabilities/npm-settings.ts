import type { Capability, CapabilityReader, Reading } from "./capability.ts";
import type { DataMap, DataNode } from "./data/data-node.ts";
import { parseToml } from "./data/toml.ts";
import { parseYaml } from "./data/yaml.ts";
import { allowedBuild, allowedBuilds } from "./npm/allowed-builds.ts";
import { claimsNamed, nameOf } from "./npm/claims.ts";
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
import { readYarnLines, type YarnEntry } from "./npm/yarn-lines.ts";
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
    const settings = [...readYarnLines(content, MAX_BYTES)].flatMap(yarnSettings);
    // Of several equal ones the last counts.
    const last = new Map(settings.map((setting) => [setting.name, setting]));
    return { capabilities: meaningOf([...last.values()], yarnrcRules) };
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
      const read = FORMATS[nameOf(path)];
      if (!read) throw new NotUnderstood("no-settings", "no settings of a package manager");
      return read(content);
    }),
};

/** `registry "https://…"`, and with dots between their names those below others: `env:`, `NODE_OPTIONS "…"`. */
function yarnSettings({ keys, value, line, entries }: YarnEntry): Setting[] {
  if (value !== null) return keys.map((name) => ({ name, text: value, line }));
  const below = entries.flatMap(yarnSettings);
  return keys.flatMap((key) => below.map((one) => ({ ...one, name: `${key}.${one.name}` })));
}

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

/** `only-built-dependencies[]=esbuild`, `allow-scripts=esbuild,sharp` */
function listedBuilds(settings: readonly Setting[]): Capability[] {
  return settings
    .filter(({ name }) => ["only-built-dependencies", "allow-scripts"].includes(name))
    .flatMap(({ name, text, line }) =>
      text
        .split(/[\s,]+/)
        .filter((one) => one !== "")
        .map((one) => allowedBuild({ text: one, line }, name)),
    );
}
