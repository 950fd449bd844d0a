import type { Capability } from "../capability.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entriesAt, isTrue, mapsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { withoutCredentials } from "../git-modules/url.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";
import type { Place } from "../not-understood.ts";
import { ageOf, botCapability, botGuard } from "./bot-capability.ts";

/**
 * What Dependabot keeps up to date, from which registries, and whether packages' code is run for it.
 *
 * Source: docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference.
 */
export function dependabotSettings(root: DataMap): Capability[] {
  return [
    ...entriesAt(root, "registries").flatMap(({ key, value }) => registry(key, value)),
    ...mapsAt(root, "updates").flatMap(update),
  ];
}

function registry(name: DataScalar, settings: DataNode): Capability[] {
  const url = scalarAt(settings, "url") ?? scalarAt(settings, "organization");
  if (!url) return [];
  const shown = withoutCredentials(url.text);
  const replaces = valueAt(settings, "replaces-base");
  const reach = [
    wayTo(`url:${contentDigest(url.text)}`, url.line),
    ...(replaces && isTrue(replaces) ? [wayTo("replaces-base", replaces.line)] : []),
  ];
  return [
    botCapability({ kind: "updates.registry", name: shown, holder: name.text, at: url, reach }),
  ];
}

function update(entry: DataMap): Capability[] {
  const ecosystem = scalarAt(entry, "package-ecosystem");
  if (!ecosystem) return [];
  const folders = [...scalarsAt(entry, "directory"), ...scalarsAt(entry, "directories")];
  const code = scalarAt(entry, "insecure-external-code-execution");
  const cooldown = cooldownOf(entry);
  const isOff =
    scalarAt(entry, "open-pull-requests-limit")?.text === "0" ||
    mapsAt(entry, "ignore").some(isEverything);
  return (folders.length === 0 ? [ecosystem] : folders).flatMap((folder) => {
    const holder = folder === ecosystem ? "/" : folder.text;
    const name = ecosystem.text;
    const kind = "updates.guard";
    return [
      ...(isOff ? [] : [botGuard(name, holder, ecosystem)]),
      ...(cooldown
        ? [
            botCapability({
              ...{ kind, name: `${name} cooldown`, holder, at: cooldown.at },
              level: ageOf(cooldown.days),
            }),
          ]
        : []),
      ...(code?.text === "allow"
        ? [
            botCapability({
              kind: "updates.command",
              name: `code of ${name} packages`,
              holder,
              at: code,
            }),
          ]
        : []),
    ];
  });
}

/** `ignore: [{ dependency-name: "*" }]`, of all versions. */
function isEverything(ignored: DataMap): boolean {
  const isOfSome = valueAt(ignored, "versions") ?? valueAt(ignored, "update-types");
  return /^\*+$/.test(scalarAt(ignored, "dependency-name")?.text ?? "") && !isOfSome;
}

/** The least number of days that some kind of release has to wait; undefined where nothing waits. */
function cooldownOf(entry: DataMap): { readonly days: number; readonly at: Place } | undefined {
  const settings = valueAt(entry, "cooldown");
  if (scalarsAt(settings, "exclude").some(({ text }) => /^\*+$/.test(text))) return undefined;
  const usual = scalarAt(settings, "default-days");
  const own = SORTS.flatMap((sort) => scalarsAt(settings, `semver-${sort}-days`));
  const [at] = usual ? [usual] : own;
  if (!at) return undefined;
  const all =
    own.length < SORTS.length ? [...own.map(daysIn), usual ? daysIn(usual) : 0] : own.map(daysIn);
  return { days: Math.min(...all), at };
}

const SORTS = ["major", "minor", "patch"];

function daysIn({ text }: DataScalar): number {
  return Number(text);
}
