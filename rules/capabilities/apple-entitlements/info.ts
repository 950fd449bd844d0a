import { type DataMap, type DataNode, type DataScalar, entryAt } from "../data/data-node.ts";
import {
  entriesAt,
  isTrue,
  listedAt,
  stringAt,
  stringsAt,
  textAt,
  valueAt,
} from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { Grant } from "./grant.ts";

/** `NSCameraUsageDescription`, for some devices `NSCameraUsageDescription~ipad`; some have longer names. */
const USAGE = /^NS(\w+)UsageDescription(?:[~-][\w~-]+)?$/;

/**
 * What an app asks the user for, which traffic it lets through unencrypted, and how others reach
 * it, as its `Info.plist` says.
 *
 * Source: developer.apple.com/documentation/bundleresources/information-property-list.
 */
export function infoGrants(root: DataMap): Grant[] {
  return [...usages(root), ...transports(root), ...openings(root), ...schemes(root)];
}

/** Without a description the system ends the app that asks; what it says is for the user. */
function usages(root: DataMap): Grant[] {
  return root.entries.flatMap(({ key }) => {
    const [, what] = USAGE.exec(key.text) ?? [];
    return what === undefined ? [] : [grant("apple.usage", { ...key, text: what })];
  });
}

const TRANSPORT = "NSAppTransportSecurity";

const EVERYWHERE = [
  "NSAllowsArbitraryLoads",
  "NSAllowsArbitraryLoadsInWebContent",
  "NSAllowsArbitraryLoadsForMedia",
];

/** Local networks have no certificates; they count for nothing. */
const EXCEPTIONS = [
  "NSExceptionAllowsInsecureHTTPLoads",
  "NSTemporaryExceptionAllowsInsecureHTTPLoads",
  "NSThirdPartyExceptionAllowsInsecureHTTPLoads",
];

/** The least version that is asked of a server. */
const WEAKER = [
  "NSExceptionMinimumTLSVersion",
  "NSTemporaryExceptionMinimumTLSVersion",
  "NSThirdPartyExceptionMinimumTLSVersion",
];

function transports(root: DataMap): Grant[] {
  const everywhere = EVERYWHERE.flatMap((name) => switchedOn(root, TRANSPORT, name)).map((key) => ({
    ...grant("apple.transport", key),
    level: "every",
  }));
  const named = entriesAt(root, TRANSPORT, "NSExceptionDomains").flatMap(({ key, value }) => {
    if (!isWeak(value)) return [];
    const below = isOn(valueAt(value, "NSIncludesSubdomains")) ? "*." : "";
    return [{ ...grant("apple.transport", { ...key, text: below + key.text }), level: "named" }];
  });
  return [...everywhere, ...named, ...pins(root)];
}

/** Traffic that is not encrypted, or by what was broken long ago. */
function isWeak(domain: DataNode): boolean {
  const isOld = WEAKER.some((name) => /^TLSv1\.[01]$/i.test(textAt(domain, name) ?? ""));
  return isOld || EXCEPTIONS.some((name) => isOn(valueAt(domain, name)));
}

/** Hosts whose certificates have to be of some keys. */
function pins(root: DataMap): Grant[] {
  return entriesAt(root, TRANSPORT, "NSPinnedDomains").map(({ key, value }) => ({
    ...grant("apple.guard", { ...key, text: `keys of ${key.text}` }),
    reach: [wayTo(`keys:${contentDigest(canonicalText(value))}`, key.line)],
  }));
}

const SWITCHES = [
  "UIFileSharingEnabled",
  "LSSupportsOpeningDocumentsInPlace",
  "NSAppleScriptEnabled",
];

/** Where code comes from or what it is started with, by Sparkle, and by macOS. */
const VALUED = [
  ["SUFeedURL"],
  ["SUPublicEDKey"],
  ["SMPrivilegedExecutables"],
  ["SMAuthorizedClients"],
  ["LSEnvironment"],
] as const;

/** What runs while nobody looks, and what other programs may open or steer. */
function openings(root: DataMap): Grant[] {
  const modes = stringsAt(root, "UIBackgroundModes").map((mode) =>
    grant("apple.opening", { ...mode, text: `background ${mode.text}` }),
  );
  const switches = SWITCHES.flatMap((name) => switchedOn(root, name));
  const valued = VALUED.flatMap((keys) => {
    const entry = entryAt(root, keys);
    if (!entry) return [];
    const value = contentDigest(canonicalText(entry.value));
    return [
      { ...grant("apple.opening", entry.key), reach: [wayTo(`value:${value}`, entry.key.line)] },
    ];
  });
  return [...modes, ...switches.map((key) => grant("apple.opening", key)), ...valued];
}

function schemes(root: DataMap): Grant[] {
  return listedAt(root, "CFBundleURLTypes")
    .filter((item) => item.type === "map")
    .flatMap((type) => stringsAt(type, "CFBundleURLSchemes"))
    .map((scheme) => grant("apple.opening", { ...scheme, text: `${scheme.text}://` }));
}

/** What the privacy manifest of an app or a library says of tracking. */
export function privacyGrants(root: DataMap): Grant[] {
  const collected = listedAt(root, "NSPrivacyCollectedDataTypes")
    .filter((item) => item.type === "map")
    .flatMap((one) => {
      const type = stringAt(one, "NSPrivacyCollectedDataType");
      return type ? [grant("apple.tracking", type)] : [];
    });
  return [
    ...switchedOn(root, "NSPrivacyTracking").map((key) => grant("apple.tracking", key)),
    ...stringsAt(root, "NSPrivacyTrackingDomains").map((name) => grant("apple.tracking", name)),
    ...collected,
  ];
}

/**
 * Whether the system takes a value for true, as it does a number and a text (`YES`). What a build
 * setting decides (`$(…)`) may be either, and counts as on.
 */
function isOn(node: DataNode | undefined): boolean {
  if (isTrue(node)) return true;
  if (node?.type !== "scalar") return false;
  if (node.resolved === "number") return Number(node.text) !== 0;
  return node.resolved === "string" && /^\s*(?:[yt]|[+-]?0*[1-9]|\$[({])/i.test(node.text);
}

/** The last key of a path, where what stands there is on. */
function switchedOn(root: DataMap, ...keys: string[]): DataScalar[] {
  const entry = entryAt(root, keys);
  return entry && isOn(entry.value) ? [entry.key] : [];
}

function grant(kind: string, { text, line }: Pick<DataScalar, "text" | "line">): Grant {
  return { kind, name: printable(text), holder: "app", context: "in the app", line, reach: [] };
}
