import type { DataMap, DataNode } from "../data/data-node.ts";
import { scalarsAt } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { UPDATE_LEVELS } from "./bot-capability.ts";

/** A part of Renovate's settings: all of them, or those of some updates. */
export interface Part {
  readonly map: DataMap;
  /** Which updates, for people; equal where the same ones are chosen. */
  readonly holder: string;
  /** The furthest update that it is about. */
  readonly level: string;
  /** Nothing is left out: the whole, or a rule of whatever there is. */
  readonly isAll: boolean;
}

/** How far each type of update goes. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ pin: "patch", pinDigest: "patch", digest: "patch", lockFileMaintenance: "patch" },
    ...{ bump: "patch", rollback: "patch", patch: "patch", minor: "minor", major: "major" },
  }),
);

/** Maps that hold no settings of updates. */
const OTHERS = ["encrypted", "secrets", "constraints", "postUpgradeTasks", "customEnvVariables"];

/** Lists of rules of some packages; the last three are older names. */
const RULES = ["packageRules", "packages", "pathRules", "depTypes"];

/** A preset that comes with Renovate, by its name in its default collection: `:automergeAll(a)`. */
export function ownPreset(text: string): string | undefined {
  return /^(?:default)?:(\w+)(?:\(.*)?$/s.exec(text)?.[1];
}

/** All parts, the whole first: `minor`, `lockFileMaintenance`, a manager's name, each package rule. */
export function partsOf(root: DataMap): Part[] {
  const parts: Part[] = [];
  addParts({ map: root, holder: "all updates", level: "all", isAll: true }, parts);
  return parts;
}

function addParts(part: Part, parts: Part[]): void {
  parts.push(part);
  for (const { key, value } of part.map.entries) {
    if (RULES.includes(key.text) && value.type === "list") {
      for (const rule of value.items) if (rule.type === "map") addParts(ruled(rule, part), parts);
    } else if (value.type === "map" && !OTHERS.includes(key.text)) {
      const holder = part.level === "all" ? key.text : `${part.holder} ${key.text}`;
      const level = TYPES.get(key.text) ?? limited(part.level);
      addParts({ map: value, holder, level, isAll: false }, parts);
    }
  }
}

/** What is about some packages alone goes no further than their major versions. */
function limited(level: string): string {
  return level === "all" ? "major" : level;
}

function ruled(map: DataMap, { level, isAll }: Part): Part {
  const matchers = map.entries.filter(({ key }) => MATCHER.test(key.text));
  const types = [...scalarsAt(map, "matchUpdateTypes"), ...scalarsAt(map, "updateTypes")];
  const holder = matchers
    .filter(({ key }) => !/updateTypes$/i.test(key.text))
    .map(({ key, value }) => `${key.text} ${shown(value)}`)
    .sort()
    .join(", ");
  const reached = new Set(types.map(({ text }) => TYPES.get(text) ?? "major"));
  const isAny = matchers.every(({ value }) => canonicalText(value) === '["*"]');
  const widest = isAny ? level : limited(level);
  return {
    ...{ map, holder: holder === "" ? "all packages" : holder },
    level: UPDATE_LEVELS.findLast((level) => reached.has(level)) ?? widest,
    isAll: isAll && isAny,
  };
}

const MATCHER =
  /^(?:match|exclude|paths$|packageNames$|packageName$|packagePatterns$|depTypeList$|depType$|updateTypes$)/;

function shown(value: DataNode): string {
  const names = scalarsAt(value).map(({ text }) => text);
  return names.length === 0 ? canonicalText(value) : names.sort().join(" ");
}
