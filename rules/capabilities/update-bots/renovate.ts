import type { Capability } from "../capability.ts";
import { type DataEntry, type DataMap, type DataScalar, entryOf } from "../data/data-node.ts";
import { entriesAt, isFalse, isTrue, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { withoutCredentials } from "../git-modules/url.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";
import { ageOf, botCapability, botGuard, type BotSetting } from "./bot-capability.ts";
import { automerges } from "./renovate-automerge.ts";
import { ownPreset, partsOf, type Part } from "./renovate-parts.ts";

/**
 * What Renovate merges by itself, which commands it runs, from where it takes packages and further
 * settings, and what it watches.
 *
 * Source: docs.renovatebot.com/configuration-options.
 */
export function renovateSettings(root: DataMap): Capability[] {
  const parts = partsOf(root);
  return [
    ...watched(root, parts),
    ...automerges(root, parts),
    ...parts.flatMap((part) => [
      ...unchecked(part),
      ...aged(part),
      ...commands(part),
      ...registries(part),
      ...presets(part),
    ]),
  ];
}

function watched(root: DataMap, parts: readonly Part[]): Capability[] {
  const presets = scalarsAt(root, "extends").map(({ text }) => ownPreset(text));
  const isOff = parts.some(({ map, isAll }) => isAll && isFalse(valueAt(map, "enabled")));
  if (isOff || presets.includes("disableRenovate")) return [];
  const isAlerted =
    !isFalse(valueAt(root, "vulnerabilityAlerts", "enabled")) &&
    !presets.includes("disableVulnerabilityAlerts");
  return [
    botGuard("updates", "renovate", root),
    ...(isAlerted ? [botGuard("vulnerability alerts", "renovate", root)] : []),
  ];
}

function unchecked({ map, holder }: Part): Capability[] {
  const entry = entryOf(map, "ignoreTests");
  const older = entryOf(map, "requiredStatusChecks");
  const all = [
    ...(entry && isTrue(entry.value) ? [entry.key] : []),
    // Before it was called so.
    ...(older?.value.type === "scalar" && older.value.resolved === "null" ? [older.key] : []),
    ...scalarsAt(map, "extends").filter(({ text }) => ownPreset(text) === "skipStatusChecks"),
  ];
  return all.map((at) =>
    botCapability({ kind: "updates.unchecked", name: "ignoreTests", holder, at }),
  );
}

/** `"3 days"`, `"2 weeks"`; before, `stabilityDays: 3` */
function aged({ map, holder }: Part): Capability[] {
  const age = scalarAt(map, "minimumReleaseAge") ?? scalarAt(map, "stabilityDays");
  if (!age) return [];
  const [, count = "", unit = "d"] = /^\s*(\d{1,9})\s*([a-z])?/i.exec(age.text) ?? [];
  const days = count === "" ? 0 : Number(count) * (DAYS[unit.toLowerCase()] ?? 0);
  const name = "minimumReleaseAge";
  return [botCapability({ kind: "updates.guard", name, holder, at: age, level: ageOf(days) })];
}

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365, h: 1 / 24 };

/** Lists of commands, or of patterns that commands may have. */
const COMMANDS = [
  ["postUpgradeTasks", "commands"],
  ["allowedPostUpgradeCommands"],
  ["allowedCommands"],
] as const;

/** Switches by which packages run code of their own while they are updated: true, or else false. */
const SCRIPTS = {
  allowScripts: true,
  allowPlugins: true,
  exposeAllEnv: true,
  ignoreScripts: false,
};

function commands({ map, holder }: Part): Capability[] {
  const switched = map.entries.filter(({ key, value }) => {
    if (!Object.hasOwn(SCRIPTS, key.text)) return false;
    return SCRIPTS[key.text as keyof typeof SCRIPTS] ? isTrue(value) : isFalse(value);
  });
  return [
    ...COMMANDS.flatMap((keys) => scalarsAt(map, ...keys)).map((command) =>
      told("updates.command", command, holder),
    ),
    ...switched.map(({ key }) =>
      botCapability({ kind: "updates.command", name: key.text, holder, at: key }),
    ),
  ];
}

function registries({ map, holder }: Part): Capability[] {
  const named = [
    ...["registryUrls", "defaultRegistryUrls", "registryUrlTemplate", "defaultRegistryUrlTemplate"],
    "npmrc",
  ];
  const aliases = entriesAt(map, "registryAliases").flatMap(({ value }) => scalarsAt(value));
  return [...map.entries]
    .filter(({ key }) => named.includes(key.text))
    .flatMap(({ key, value }: DataEntry) => {
      if (key.text !== "npmrc") return scalarsAt(value);
      // It can hold tokens, so that nothing of it is shown.
      return value.type === "scalar" ? [{ ...value, text: "npmrc", whole: value.text }] : [];
    })
    .concat(aliases)
    .map((url) => told("updates.registry", url, holder));
}

/** Collections of presets that come with Renovate; before a colon. */
const OWN =
  /^(?:abandonments|config|customManagers|default|docker|global|group|helpers|mergeConfidence|monorepo|npm|packages|preview|regexManagers|replacements|schedule|security|workarounds)?:/;

/** Settings that others decide: `github>acme/presets`, `local>…`, a URL, a package (`acme`, `@acme/a:b`). */
function presets({ map, holder }: Part): Capability[] {
  return ["extends", "globalExtends"]
    .flatMap((key) => scalarsAt(map, key))
    .filter(({ text }) => !OWN.test(text))
    .map((preset) => told("updates.preset", preset, holder));
}

/** Something of a list, by its text; what is shown of it may be cut, or lack a password. */
function told(
  kind: string,
  { text, line, ...at }: DataScalar & { whole?: string },
  holder: string,
): Capability {
  const setting: BotSetting = {
    ...{ kind, name: withoutCredentials(text), holder, at: { ...at, line } },
    reach: [wayTo(`text:${contentDigest(at.whole ?? text)}`, line)],
  };
  return botCapability(setting);
}
