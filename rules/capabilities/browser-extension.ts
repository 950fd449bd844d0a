import { contentPolicyGrants } from "./browser-extension/content-policy.ts";
import {
  contentScriptGrants,
  exposedGrants,
  type Grant,
  hostGrants,
} from "./browser-extension/hosts.ts";
import { overrideGrants, scopeGrants } from "./browser-extension/pages.ts";
import { permissionGrants } from "./browser-extension/permissions.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import { type DataMap, entryOf } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { canonicalText, contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
import { mentions } from "./mentions.ts";
import { understand } from "./not-understood.ts";

const MAX_BYTES = 256 * 1024;

/**
 * Reads the manifest of a browser extension, of version 2 or 3, for Chrome, Firefox or Safari: what
 * it may call, which hosts it may reach, where its scripts run. A `manifest.json` of something
 * else, as a web app's, grants nothing.
 *
 * Source: developer.chrome.com/docs/extensions/reference/manifest and
 * developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json.
 */
export const browserExtension: CapabilityReader = {
  name: "browser-extension",
  kinds: {
    "browser.permission": ["ordinary", "strong"],
    "browser.host": ["asked", "named", "every"],
    "browser.content-script": ["named", "every"],
    "browser.exposed": ["named", "every"],
    "browser.page-code": [],
    "browser.override": [],
    "browser.oauth-scope": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!NAMED.test(path)) return null;
    return claimByFolder(path);
  },
  read: (_path, content) =>
    understand(() => {
      if (!mentions(content, MARKS)) return [];
      const root = parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
      return root.type === "map" && isExtension(root) ? readManifest(root) : [];
    }),
};

/** `manifest.json`, `manifest.firefox.json`, `manifest-v3.json`, `chrome.manifest.json` */
const NAMED = /(?:^|\/)(?:[\w-]+\.)?manifest(?:[._-][\w.-]*)?\.json$/i;

/** Keys of which only an extension's manifest, or a part that is merged into one, has any. */
const MARKS = [
  "manifest_version",
  "host_permissions",
  "optional_permissions",
  "content_scripts",
  "browser_specific_settings",
  "web_accessible_resources",
];

function isExtension(root: DataMap): boolean {
  return MARKS.some((key) => entryOf(root, key));
}

/** Keys that grant, and those that change with every release. */
const GRANTS = [
  ...["permissions", "host_permissions", "optional_permissions", "optional_host_permissions"],
  ...["content_scripts", "web_accessible_resources", "externally_connectable"],
  ...["content_security_policy", "chrome_settings_overrides", "chrome_url_overrides"],
  ...["devtools_page", "update_url", "oauth2", "version", "version_name", "manifest_version"],
];

function readManifest(root: DataMap): Capability[] {
  const holderContent = contentDigest(canonicalText(root, GRANTS));
  const held = { holder: "extension", certainty: "exact" as const, holderContent };
  const grants: Grant[] = [
    ...permissionGrants(root),
    ...hostGrants(root),
    ...contentScriptGrants(root),
    ...exposedGrants(root),
    ...contentPolicyGrants(root),
    ...overrideGrants(root),
    ...scopeGrants(root),
  ];
  return grants.map((grant) => ({ ...grant, ...held }));
}
