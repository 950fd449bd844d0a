import { componentGrants } from "./android-manifest/components.ts";
import { childrenNamed, type Grant } from "./android-manifest/elements.ts";
import { permissionGrants, permissionGuards } from "./android-manifest/permissions.ts";
import { networkGrants, settingGrants, settingGuards } from "./android-manifest/settings.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import { attributeOf, parseXml, type XmlElement } from "./data/xml.ts";
import { contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
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
    if (!NAMED.test(path)) return null;
    return claimByFolder(path);
  },
  read: (_path, content) => understand(() => readRoot(parseXml(content, MAX_BYTES))),
};

/** `AndroidManifest.xml`, `res/xml/network_security_config.xml` */
const NAMED =
  /(?:^|\/)AndroidManifest(?:[._-][\w.-]+)?\.xml$|(?:^|\/)xml(?:-[\w-]+)?\/[\w-]*network[_-]?security[\w-]*\.xml$/i;

function readRoot(root: XmlElement): Capability[] {
  const grants = grantsOf(root);
  const holderContent = contentDigest(attributeOf(root, "package")?.value ?? "");
  return grants.map((grant) => ({ ...grant, certainty: "exact", holderContent }));
}

function grantsOf(root: XmlElement): Grant[] {
  if (root.name === "network-security-config") return networkGrants(root);
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
