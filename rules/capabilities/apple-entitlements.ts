import { entitlementGrants } from "./apple-entitlements/entitlements.ts";
import type { Grant } from "./apple-entitlements/grant.ts";
import { infoGrants, privacyGrants } from "./apple-entitlements/info.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataEntry, DataMap } from "./data/data-node.ts";
import { stringAt } from "./data/values.ts";
import { parsePlistMap } from "./data/plist.ts";
import { contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
import { mentions } from "./mentions.ts";
import { understand } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads what an app for Apple's systems is entitled to (`*.entitlements`), asks the user for and
 * opens itself to (`Info.plist`), and says of tracking (`PrivacyInfo.xcprivacy`).
 *
 * Source: developer.apple.com/documentation/bundleresources.
 */
export const appleEntitlements: CapabilityReader = {
  name: "apple-entitlements",
  kinds: {
    "apple.entitlement": ["ordinary", "strong"],
    "apple.guard": [],
    "apple.usage": [],
    "apple.transport": ["named", "every"],
    "apple.opening": [],
    "apple.tracking": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (FILES.some(({ named }) => named.test(path))) return claimByFolder(path);
    return OTHER.test(path) ? "resembles" : null;
  },
  read: (path, content) =>
    understand(() => {
      const file = FILES.find(({ named }) => named.test(path));
      if (!file && !mentions(content, MARKS)) return [];
      return readFile(parsePlistMap(content, MAX_BYTES), file?.grants ?? otherGrants);
    }),
};

/** `App.entitlements`, `Info.plist`, `App-Info.plist`, `PrivacyInfo.xcprivacy`; of an old one `App.xcent` */
const FILES: readonly { readonly named: RegExp; readonly grants: (root: DataMap) => Grant[] }[] = [
  {
    named: /\.(?:entitlements|xcent)$|(?:^|\/)entitlements[\w.-]*\.plist$/i,
    grants: entitlementGrants,
  },
  { named: /(?:^|[/._-])info(?:[._-][\w.-]+)?\.plist$/i, grants: infoGrants },
  { named: /\.xcprivacy$/i, grants: privacyGrants },
];

/** Projects name the list of an app and its entitlements as they like. */
const OTHER = /\.plist$/i;

const MARKS = [
  "com.apple.security.",
  "com.apple.developer.",
  "UsageDescription",
  "UIBackgroundModes",
].concat("NSAppTransportSecurity", "CFBundleURLTypes");

function otherGrants(root: DataMap): Grant[] {
  const isEntitlement = ({ key }: DataEntry) =>
    /^com\.apple\.(?:security|developer)\./.test(key.text);
  const entitlements = entitlementGrants({ ...root, entries: root.entries.filter(isEntitlement) });
  return [...entitlements, ...infoGrants(root)];
}

function readFile(root: DataMap, grantsOf: (root: DataMap) => Grant[]): Capability[] {
  const bundle = stringAt(root, "CFBundleIdentifier")?.text ?? "";
  return grantsOf(root).map((grant) => ({
    ...{ ...grant, certainty: "exact" },
    // Whom an entitlement is for is no name that it is found by: another one is another grant.
    holderContent: contentDigest(bundle, grant.holder),
  }));
}
