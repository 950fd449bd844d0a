import type { Capability } from "../capability.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { isFalse, isTrue, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import type { Place } from "../not-understood.ts";
import type { Way } from "../reach.ts";
import { botCapability } from "./bot-capability.ts";
import { ownPreset, type Part } from "./renovate-parts.ts";

/** Presets that come with Renovate and merge by themselves, and how far. */
const PRESETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ automergeDigest: "patch", automergePatch: "patch", automergeMinor: "minor" },
    ...{ automergeStableNonMajor: "minor", automergeLinters: "major", automergeTesters: "major" },
    ...{ automergeTypes: "major", automergeMajor: "all", automergeAll: "all" },
  }),
);

/** Older ways to write it, which Renovate still takes for the new one: as words, and as other keys. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["patch", "patch"],
  ["minor", "minor"],
  ["any", ""],
]);
const KEYS: ReadonlyMap<string, string> = new Map([
  ["automergePatch", "patch"],
  ["automergeMinor", "minor"],
  ["automergeMajor", "major"],
]);

/** How far a setting has updates merge by itself; undefined where it does not. */
function ownLevel(key: string, value: DataNode, level: string): string | undefined {
  if (key !== "automerge") return isTrue(value) ? KEYS.get(key) : undefined;
  if (isTrue(value)) return level;
  const word = value.type === "scalar" ? WORDS.get(value.text) : undefined;
  return word === "" ? level : word;
}

/** The most rules that are told as what keeps updates from merging by themselves. */
const MOST_RULES = 500;

/** What is merged by itself: what a part or a preset says, less what other rules take out of it. */
export function automerges(root: DataMap, parts: readonly Part[]): Capability[] {
  const stopped = parts.filter(({ map }) => isFalse(valueAt(map, "automerge")));
  const stops = stopped
    .map(({ holder, level }) => `not ${level} of ${holder}`)
    .slice(0, MOST_RULES);
  const isMajorStopped = stopped.some(({ level, holder }) => {
    return level === "major" && (holder === "all packages" || holder === "major");
  });
  const isByPullRequest = scalarAt(root, "automergeType")?.text !== "branch";
  const conditions = [...stops, ...(isByPullRequest ? ["by pull request"] : [])].sort();
  const merged = (holder: string, level: string, at: Place): Capability => {
    const reach: Way[] = [{ cause: "automerge", conditions, line: at.line, guardLine: at.line }];
    const reached = level === "all" && isMajorStopped ? "minor" : level;
    return botCapability({
      ...{ kind: "updates.automerge", name: "automerge", holder, at, level: reached, reach },
    });
  };
  return parts.flatMap(({ map, holder, level }) => {
    return [
      ...map.entries.flatMap(({ key, value }) => {
        const far = ownLevel(key.text, value, level);
        return far === undefined ? [] : [merged(holder, far, key)];
      }),
      ...scalarsAt(map, "extends").flatMap((preset) => {
        const far = PRESETS.get(ownPreset(preset.text) ?? "");
        return far === undefined ? [] : [merged(holder, far, preset)];
      }),
    ];
  });
}
