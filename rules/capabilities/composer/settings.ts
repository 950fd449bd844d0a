import type { Capability } from "../capability.ts";
import { type DataMap, entryAt } from "../data/data-node.ts";
import { entriesAt, isTrue, scalarAt } from "../data/values.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";

/** The packages whose plugins may run inside Composer: named in full, with `*`, or all of them. */
export function allowedPlugins(root: DataMap): Capability[] {
  const setting = entryAt(root, ["config", "allow-plugins"]);
  if (!setting) return [];
  if (isTrue(setting.value)) return [allowed(ALL, setting.key.line)];
  return entriesAt(root, "config", "allow-plugins")
    .filter(({ value }) => isTrue(value))
    .map(({ key }) => allowed(key.text.toLowerCase(), key.line));
}

const ALL = "*";

function allowed(name: string, line: number): Capability {
  return plainGrant({
    kind: "composer.allowed-plugin",
    name,
    holder: "config.allow-plugins",
    line,
  });
}

/** Settings of `config` that give up what protects, with the value that does so. */
const WEAK = [
  { name: "secure-http", value: "false" },
  { name: "disable-tls", value: "true" },
  { name: "allow-missing-requirements", value: "true" },
];

/** From what is taken by default to what is least tried; each takes in those before it. */
const STABILITIES = ["stable", "rc", "beta", "alpha", "dev"];

/** Settings by which less is asked of what is taken in. */
export function weakSettings(root: DataMap): Capability[] {
  const weak = WEAK.flatMap(({ name, value }) => {
    const setting = entryAt(root, ["config", name]);
    const isWeak = setting?.value.type === "scalar" && setting.value.text === value;
    return isWeak ? [weakSetting(name, setting.key.line)] : [];
  });
  return [...weak, ...stabilityOf(root)];
}

function weakSetting(name: string, line: number): Capability {
  return plainGrant({ kind: "composer.setting", name, holder: "composer.json", line });
}

function stabilityOf(root: DataMap): Capability[] {
  const setting = scalarAt(root, "minimum-stability");
  if (!setting) return [];
  const { text, line } = setting;
  const taken = STABILITIES.slice(1, STABILITIES.indexOf(text.toLowerCase()) + 1);
  if (taken.length === 0) return [];
  const reach = taken.map((stability) => wayTo(`stability:${stability}`, line));
  return [{ ...weakSetting("minimum-stability", line), reach }];
}
