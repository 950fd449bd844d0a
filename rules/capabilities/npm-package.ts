import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataMap, DataNode } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { parseJson5 } from "./data/json5.ts";
import { parseYaml } from "./data/yaml.ts";
import { entriesAt, mapAt } from "./data/values.ts";
import { contentDigest } from "./holder-content.ts";
import { claimsNamed, nameOf } from "./npm/claims.ts";
import { commandKinds, commands } from "./npm/commands.ts";
import { allowedBuilds, builtByYarn } from "./npm/allowed-builds.ts";
import { packageDependencies } from "./npm/package-dependencies.ts";
import { lifecycleKinds, lifecycleLevel } from "./npm/lifecycle.ts";
import { settingsOf } from "./npm/setting.ts";
import { meaningOf, settingKinds } from "./npm/setting-meaning.ts";
import { pnpmRules } from "./npm/setting-rules.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { wayTo } from "./reach.ts";

const MAX_BYTES = 1024 * 1024;

const claims = claimsNamed(["package.json", "package.json5"]);

/** How each file is read: pnpm takes the others where there is no `package.json`. */
const FORMATS: Readonly<Record<string, (content: Uint8Array) => DataNode>> = {
  "package.json": (content) => parseJson(content, { maxBytes: MAX_BYTES }),
  "package.json5": (content) => parseJson5(content, MAX_BYTES),
  "package.yaml": (content) => parseYaml(content, MAX_BYTES),
};

/**
 * Reads a `package.json`: which of its scripts npm runs without being asked to, which packages may
 * run theirs, the commands that it brings, the settings of pnpm in it, and what it depends on.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json and /using-npm/scripts.
 */
export const npmPackage: CapabilityReader = {
  name: "npm-package",
  kinds: { ...lifecycleKinds, ...commandKinds, ...settingKinds, "npm.allowed-build": [] },
  maxBytes: MAX_BYTES,
  // Haskell's packages have a package.yaml as well.
  claims: (path) => (nameOf(path) === "package.yaml" ? "resembles" : claims(path)),
  read: (path, content) =>
    understandAll(() => {
      const root = FORMATS[nameOf(path)]?.(content);
      if (root?.type !== "map")
        throw new NotUnderstood("no-package", "no package: no object", root ?? null);
      const settings = mapAt(root, "pnpm");
      const capabilities = [
        ...[...lifecycleScripts(root), ...commands(root)],
        ...[...allowedBuilds(root), ...builtByYarn(root)],
        ...(settings ? meaningOf(settingsOf(settings), pnpmRules) : []),
      ];
      return { capabilities, dependencies: packageDependencies(root) };
    }),
};

function lifecycleScripts(root: DataMap): Capability[] {
  return entriesAt(root, "scripts").flatMap(({ key, value }): Capability[] => {
    const level = lifecycleLevel(key.text);
    if (level === undefined || value.type !== "scalar") return [];
    const command = value.text.trim();
    if (command === "") return [];
    return [
      {
        kind: "npm.script",
        name: key.text,
        holder: "scripts",
        context: printable(command),
        level,
        line: key.line,
        certainty: "exact",
        reach: [wayTo(`command:${contentDigest(command)}`, value.line)],
        holderContent: contentDigest(command),
      },
    ];
  });
}
