import { componentGrants } from "./android-manifest/components.ts";
import { childrenNamed, type Grant } from "./android-manifest/elements.ts";
import { permissionGrants, permissionGuards } from "./android-manifest/permissions.ts";
import { networkGrants, settingGrants, settingGuards } from "./android-manifest/settings.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import { attributeOf, parseXml, type XmlElement } from "./data/xml.ts";
import { contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
import { mentions } from "./mentions.ts";
import { NotUnderstood, understand } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads `AndroidManifest.xml`: the permissions that an app asks for, the parts of it that other
 * apps may start, and what it is open to; and the file that says which traffic it trusts.
 *
 * Source: developer.android.com/guide/topics/manifest/manifest-intro.
 */
export const androidManifest: CapabilityReader = {
  name: "android-manifest",
  kinds: {
    "android.permission": ["normal", "dangerous", "special"],
    "android.component": ["launcher", "guarded", "open"],
    "android.link": ["verified", "unverified"],
    "android.setting": [],
    "android.network": ["named", "every"],
    "android.guard": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (NAMED.test(path)) return claimByFolder(path);
    return RESOURCE.test(path) ? "resembles" : null;
  },
  read: (path, content) =>
    understand(() => {
      const isOther = !NAMED.test(path);
      if (isOther && !mentions(content, [NETWORK_CONFIG])) return [];
      const root = parseXml(content, MAX_BYTES);
      return isOther && root.name !== NETWORK_CONFIG ? [] : readRoot(root);
    }),
};

/** `AndroidManifest.xml`, `res/xml/network_security_config.xml` */
const NAMED =
  /(?:^|\/)AndroidManifest(?:[._-][\w.-]+)?\.xml$|(?:^|\/)xml(?:-[\w-]+)?\/[\w-]*network[_-]?security[\w-]*\.xml$/i;

const NETWORK_CONFIG = "network-security-config";

/** A manifest may call the file that says which traffic it trusts as it likes. */
const RESOURCE = /(?:^|\/)res\/xml(?:-[\w-]+)?\/[^/]+\.xml$/;

function readRoot(root: XmlElement): Capability[] {
  const app = attributeOf(root, "package")?.value ?? "";
  return grantsOf(root).map((grant) => ({
    ...{ ...grant, certainty: "exact" },
    // Components have names that can be others; another host is another grant.
    holderContent: contentDigest(app, grant.kind === "android.network" ? grant.holder : ""),
  }));
}

function grantsOf(root: XmlElement): Grant[] {
  if (root.name === NETWORK_CONFIG) return networkGrants(root);
  if (root.name !== "manifest") {
    throw new NotUnderstood(
      "no-manifest",
      "neither a manifest nor a network security config",
      root,
    );
  }
  const applications = childrenNamed(root, "application");
  return [
    ...permissionGrants(root),
    ...permissionGuards(root),
    ...applications.flatMap((application) => [
      ...settingGrants(root, application),
      ...settingGuards(application),
      ...componentGrants(application),
    ]),
  ];
}
