import {
  type DependencySource,
  registryAt,
  withoutUserAndQuery,
} from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import { withDefaults } from "./environment.ts";
import { heldBack } from "./release-age.ts";
import { OWN_HOSTS } from "./resolved.ts";
import type { Setting } from "./setting.ts";

/** What settings of package managers grant. */
export const settingKinds = {
  "npm.registry": ["encrypted", "plain"],
  "npm.program": [],
  "npm.unsafe": [],
  "npm.guard": [],
  "npm.exempt": ["some", "all"],
  "npm.credential": [],
} as const;

/** What a setting means; `part` is what its rule's pattern names: a scope, a host. */
export type Meaning = (setting: Setting, part: string) => Capability[];

/** Which settings mean what. Patterns hold for the whole name, and the first that does decides. */
export type Rules = readonly (readonly [RegExp, Meaning])[];

/** What these settings grant. */
export function meaningOf(settings: readonly Setting[], rules: Rules): Capability[] {
  return settings.flatMap((setting) => {
    for (const [pattern, meaning] of rules) {
      const match = pattern.exec(setting.name);
      if (match) return [...meaning(setting, match[1] ?? ""), ...urlCredentials(setting)];
    }
    return [];
  });
}

/** A registry that packages come from: of one scope, or all that have none of their own. */
export const registry: Meaning = (setting, scope) => {
  const address = textOf(setting) || setting.text.trim();
  const source = registryAt(address, "npm", OWN_HOSTS);
  if (source.origin === null || address === "") return [];
  const holder = scope === "" ? "all scopes" : printable(`@${scope.replace(/^@/, "")}`);
  const name = printable(source.origin.replace(/^registry:/, ""));
  const reach = [wayTo(`path:${contentDigest(pathOf(address, source))}`, setting.line)];
  return [{ ...granted("npm.registry", setting, reach), name, holder, level: source.level }];
};

/** A program that the package manager starts, or code that it loads. */
export const program: Meaning = (setting) => {
  if (setting.text.trim() === "") return [];
  const reach = [wayTo(`value:${contentDigest(setting.text)}`, setting.line)];
  const context = printable(withoutUserAndQuery(setting.text));
  return [{ ...granted("npm.program", setting, reach), context }];
};

/** As `program`, where the setting is on. */
export function programWhere(isOn: (text: string) => boolean): Meaning {
  return (setting, part) => (isOn(textOf(setting)) ? program(setting, part) : []);
}

/** A program that is asked whether a package may be installed: whoever takes it out lets all of them in. */
export const scanner: Meaning = (setting, part) => [
  ...program(setting, part),
  ...guard((text) => text !== "")(setting, part),
];

/** A protection that is on by itself, where one of these values turns it off; no values: any does. */
export function unsafe(...values: readonly string[]): Meaning {
  return (setting) => {
    const text = wordOf(setting);
    if (values.length > 0 ? !values.includes(text) : text === "") return [];
    const reach = values.length > 0 ? [] : [wayTo(`value:${contentDigest(text)}`, setting.line)];
    return [granted("npm.unsafe", setting, reach)];
  };
}

/** A protection that one has to turn on: that it goes is what matters. */
export function guard(isOn: (text: string) => boolean): Meaning {
  return (setting) => {
    if (!isOn(textOf(setting))) return [];
    return [granted("npm.guard", setting, [])];
  };
}

/** Whose packages of another sort than a registry's may be installed: `root` the project's own, `none` nobody's. */
export const limit: Meaning = (setting) => {
  const text = textOf(setting);
  const index = ["none", "root"].indexOf(text);
  if (index === -1) return [];
  const reach = ["others", "root"].slice(0, 2 - index).map((by) => wayTo(`by:${by}`, setting.line));
  return [granted("npm.guard", setting, reach)];
};

/** A minimum age of releases; `unitMinutes` is what a number alone counts. */
export function releaseAge(unitMinutes: number): Meaning {
  return (setting) => {
    const text = textOf(setting);
    // `1440`, `3d`; zero turns it off.
    if (!/^0*(?:\.0*)?[1-9]/.test(text)) return [];
    const reach = heldBack(text, unitMinutes, setting.line);
    return [granted("npm.guard", setting, reach)];
  };
}

/** What a guard does not hold for: packages by name, or a pattern that all of them match. */
export const exempt: Meaning = (setting) => {
  const text = textOf(setting);
  if (text === "") return [];
  const level = /^\*+(?:\/\*+)?(?:@|$)/.test(text) ? "all" : "some";
  const named = { name: printable(text), holder: printable(setting.name), level };
  return [{ ...granted("npm.exempt", setting, []), ...named }];
};

/** A password or token that stands in the file; one that the environment gives is none. */
export const credential: Meaning = (setting, host) => {
  if (setting.text.trim() === "" || /\$\{?\w/.test(setting.text)) return [];
  return [credentialOf(setting, host)];
};

function urlCredentials(setting: Setting): Capability[] {
  const [, user = "", password = ""] = /^[a-z+]+:\/\/([^/@]*?):([^/@]+)@/i.exec(setting.text) ?? [];
  if (`${user}${password}` === "" || /\$\{?\w/.test(password)) return [];
  return [credentialOf(setting, "")];
}

/** The value takes part in nothing that is shown or recorded. */
function credentialOf(setting: Setting, host: string): Capability {
  const reach = [wayTo(`value:${contentDigest(setting.text)}`, setting.line)];
  const grant = granted("npm.credential", setting, reach);
  return host === "" ? grant : { ...grant, name: printable(host.replace(/^\/\//, "")) };
}

function textOf({ text }: Setting): string {
  return withDefaults(text).trim();
}

/** `0x0` and what is left of `${NOWHERE?}` are 0, as npm takes them; nothing at all is no number. */
function wordOf(setting: Setting): string {
  const text = textOf(setting).toLowerCase();
  return setting.text.trim() !== "" && Number(text) === 0 ? "0" : text;
}

function granted(kind: string, { line, name }: Setting, reach: readonly Way[]): Capability {
  return plainGrant({ kind, name, holder: "settings", line, reach });
}

function pathOf(address: string, { text }: DependencySource): string {
  return URL.canParse(address) ? new URL(address).pathname.replace(/\/*$/, "") : text;
}
