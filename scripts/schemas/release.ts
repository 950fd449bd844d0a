import { gt, major, minor, valid } from "semver";
import { differencesOf } from "./inclusion/inclusion.ts";
import type { Difference } from "./inclusion/comparison.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Direction, PublishedSchema } from "./published.ts";

/** What a version promised: its schemas by their files' names, and the sha256 (hex) of each pack. */
export interface Release {
  readonly version: string;
  readonly schemas: Readonly<Record<string, PublishedSchema>>;
  readonly packs: Readonly<Record<string, string>>;
}

/**
 * What a release breaks that an earlier one promised, a line each; nothing where its version says
 * that it may: a major one, or before 1.0 a minor one. A pack's version may never change.
 */
export function brokenPromises(before: Release, now: Release): string[] {
  const packs = changedPacks(before, now);
  return mayBreak(before.version, now.version)
    ? packs
    : [...incompatibilities(before, now), ...packs];
}

/** What readers or writers of one release would trip over in another, a line each. */
export function incompatibilities(before: Release, now: Release): string[] {
  return Object.entries(before.schemas).flatMap(([name, { direction, schema }]) => {
    const present = now.schemas[name];
    if (present === undefined) return [`${name}: is gone`];
    if (present.direction !== direction)
      return [`${name}: was ${direction}, is ${present.direction}`];
    return changesOf(direction, schema, present.schema).map((change) => `${name}: ${change}`);
  });
}

/** The changes of one schema that break something: of what is written for its readers, of what is read for its writers. */
export function changesOf(direction: Direction, before: JsonSchema, now: JsonSchema): string[] {
  if (direction === "output") {
    const found = differencesOf(now, before, { openKeys: true, defaults: false });
    return found.map((one) => line(one, { was: one.wide, is: one.narrow }));
  }
  const found = differencesOf(before, now, { openKeys: false, defaults: true });
  return found.map((one) => line(one, { was: one.narrow, is: one.wide }));
}

const MAX_SHOWN = 200;

function line({ path, about }: Difference, { was, is }: { was: string; is: string }): string {
  const [before, after] = [was, is].map((text) => text.slice(0, MAX_SHOWN));
  return `${path === "" ? "the document" : path}: ${about} was ${before}, is ${after}`;
}

/** Whether a version may break what another promised. What is no later version may not. */
export function mayBreak(before: string, now: string): boolean {
  for (const version of [before, now]) {
    if (valid(version) === null) throw new Error(`${version} is no version: write 1.2.3`);
  }
  if (!gt(now, before)) return false;
  return major(now) > major(before) || (major(now) === 0 && minor(now) > minor(before));
}

function changedPacks(before: Release, now: Release): string[] {
  return Object.entries(before.packs).flatMap(([name, digest]) => {
    const present = now.packs[name];
    if (present === digest) return [];
    return [
      `${name}: ${present === undefined ? "is gone" : "has other policies"}; give them a new version`,
    ];
  });
}
