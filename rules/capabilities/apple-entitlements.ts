import { entitlementGrants } from "./apple-entitlements/entitlements.ts";
import type { Grant } from "./apple-entitlements/grant.ts";
import { infoGrants, privacyGrants } from "./apple-entitlements/info.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataMap } from "./data/data-node.ts";
import { stringAt } from "./data/values.ts";
import { parsePlistMap } from "./data/plist.ts";
import { contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
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
    if (!FILES.some(({ named }) => named.test(path))) return null;
    return claimByFolder(path);
  },
  read: (path, content) =>
    understand(() => {
      const file = FILES.find(({ named }) => named.test(path));
      return file ? readFile(parsePlistMap(content, MAX_BYTES), file.grants) : [];
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

function readFile(root: DataMap, grantsOf: (root: DataMap) => Grant[]): Capability[] {
  const bundle = stringAt(root, "CFBundleIdentifier")?.text ?? "";
  const holderContent = contentDigest(bundle);
  return grantsOf(root).map((grant) => ({ ...grant, certainty: "exact", holderContent }));
}
