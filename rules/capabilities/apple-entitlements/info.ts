import { type DataMap, type DataScalar, entryAt } from "../data/data-node.ts";
import { entriesAt, isTrue, listedAt, stringAt, stringsAt, valueAt } from "../data/values.ts";
import { printable } from "../printable.ts";
import type { Grant } from "./grant.ts";

/** `NSCameraUsageDescription`; the ones of tracking and of location have longer names. */
const USAGE = /^NS(\w+)UsageDescription$/;

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

function transports(root: DataMap): Grant[] {
  const everywhere = EVERYWHERE.flatMap((name) => switchedOn(root, TRANSPORT, name)).map((key) => ({
    ...grant("apple.transport", key),
    level: "every",
  }));
  const named = entriesAt(root, TRANSPORT, "NSExceptionDomains").flatMap(({ key, value }) => {
    const isOpen = value.type === "map" && EXCEPTIONS.some((name) => isTrue(valueAt(value, name)));
    return isOpen ? [{ ...grant("apple.transport", key), level: "named" }] : [];
  });
  return [...everywhere, ...named];
}

const SWITCHES = [
  "UIFileSharingEnabled",
  "LSSupportsOpeningDocumentsInPlace",
  "NSAppleScriptEnabled",
];

/** What runs while nobody looks, and what other programs may open or steer. */
function openings(root: DataMap): Grant[] {
  const modes = stringsAt(root, "UIBackgroundModes").map((mode) =>
    grant("apple.opening", { ...mode, text: `background ${mode.text}` }),
  );
  const switches = SWITCHES.flatMap((name) => switchedOn(root, name));
  return [...modes, ...switches.map((key) => grant("apple.opening", key))];
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

/** The last key of a path, where true stands there. */
function switchedOn(root: DataMap, ...keys: string[]): DataScalar[] {
  const entry = entryAt(root, keys);
  return entry && isTrue(entry.value) ? [entry.key] : [];
}

function grant(kind: string, { text, line }: Pick<DataScalar, "text" | "line">): Grant {
  return { kind, name: printable(text), holder: "app", context: "in the app", line, reach: [] };
}
