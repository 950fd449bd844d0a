import type { Capability, CapabilityReader } from "./capability.ts";
import { type DataMap, type DataNode, type DataScalar, entryOf } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { entriesAt, isTrue, stringAt, stringsAt, valueAt } from "./data/values.ts";
import { parseYaml } from "./data/yaml.ts";
import { canonicalText, contentDigest } from "./holder-content.ts";
import { claimByFolder } from "./in-folder.ts";
import { mentions } from "./mentions.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { wayTo } from "./reach.ts";

const MAX_BYTES = 1024 * 1024;

/** Of what mentions anything of an App; translations of the same name may be larger. */
const MAX_MANIFEST = 256 * 1024;

/**
 * Reads the manifest that a GitHub App is registered by (`app.yml`): what the App may do in every
 * repository that installs it, what it is told of, and where that is sent. A file of the same name
 * that asks for nothing of GitHub grants nothing.
 *
 * Source: docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest.
 */
export const githubAppManifest: CapabilityReader = {
  name: "github-app-manifest",
  kinds: {
    "github-app.permission": ["read", "write", "admin"],
    "github-app.event": [],
    "github-app.address": ["encrypted", "plain"],
    "github-app.public": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!NAMED.test(path)) return null;
    return claimByFolder(path);
  },
  read: (path, content, allowance) =>
    understand(() => {
      if (!mentions(content, MARKS)) return [];
      const root = /\.json$/i.test(path)
        ? parseJson(content, { maxBytes: MAX_MANIFEST })
        : parseYaml(content, MAX_MANIFEST, allowance);
      return root.type === "map" && isManifest(root) ? readManifest(root) : [];
    }),
};

/** `app.yml`, `github-app.yaml`, `app-manifest.json`, `github-app-manifest.json` */
const NAMED = /(?:^|\/)(?:[\w-]+\.)?(?:github[-_])?app(?:[-_.]?manifest)?\.(?:ya?ml|json)$/i;

/** What makes a file a manifest: an App without any of them is told nothing and may nothing. */
const MARKS = ["default_permissions", "default_events", "hook_attributes"];

function isManifest(root: DataMap): boolean {
  return MARKS.some((key) => entryOf(root, key));
}

const GRANTS = [...MARKS, "public", "redirect_url", "callback_urls", "callback_url", "setup_url"];

type Grant = Omit<Capability, "holder" | "certainty" | "holderContent" | "context">;

function readManifest(root: DataMap): Capability[] {
  const holderContent = contentDigest(canonicalText(root, GRANTS));
  const held = {
    holder: "app",
    context: "wherever it is installed",
    certainty: "exact" as const,
    holderContent,
  };
  const grants = [
    ...permissions(root),
    ...events(root),
    ...addresses(root),
    ...(isTrue(valueAt(root, "public")) ? publicity(root) : []),
  ];
  return grants.map((grant) => ({ ...grant, ...held }));
}

/** `issues: write`; what is not written, empty or `none` is not granted. */
function permissions(root: DataMap): Grant[] {
  refuseOtherForm(entryOf(root, "default_permissions")?.value);
  return entriesAt(root, "default_permissions").flatMap(({ key, value }) => {
    if (value.type !== "scalar") throw otherForm(value);
    const level = value.text.toLowerCase();
    if (level === "" || level === "none") return [];
    if (!["read", "write", "admin"].includes(level)) throw otherForm(value);
    const { line } = key;
    return [{ kind: "github-app.permission", name: printable(key.text), level, line, reach: [] }];
  });
}

function refuseOtherForm(value: DataNode | undefined): void {
  if (value && value.type !== "map" && !isNull(value)) throw otherForm(value);
}

function isNull(value: DataNode): boolean {
  return value.type === "scalar" && value.resolved === "null";
}

function otherForm(value: DataNode): NotUnderstood {
  return new NotUnderstood("permission", "permissions of a GitHub App in an unknown form", value);
}

function events(root: DataMap): Grant[] {
  return stringsAt(root, "default_events").map(({ text, line }) => ({
    ...{ kind: "github-app.event", name: printable(text), line, reach: [] },
  }));
}

/** Where events, codes for logging in and people are sent. */
function addresses(root: DataMap): Grant[] {
  const webhook = stringAt(root, "hook_attributes", "url");
  return [
    ...(webhook ? [address("webhook", webhook)] : []),
    ...stringsAt(root, "redirect_url").map((url) => address("redirect", url)),
    ...stringsAt(root, "callback_url").map((url) => address("callback", url)),
    ...stringsAt(root, "callback_urls").map((url) => address("callback", url)),
    ...stringsAt(root, "setup_url").map((url) => address("setup", url)),
  ];
}

/** Another path of the same host is told as well: hosts are shared, and a proxy's path names whom it serves. */
function address(what: string, { text, line }: DataScalar): Grant {
  const level = /^https:/i.test(text) ? "encrypted" : "plain";
  const name = printable(`${what} ${hostOf(text)}`);
  return {
    ...{ kind: "github-app.address", name, level, line },
    reach: [wayTo(`address:${contentDigest(text)}`, line)],
  };
}

/** Without a password that stands in it. */
function hostOf(url: string): string {
  return (
    url
      .replace(/^[a-z]+:\/\//i, "")
      .replace(/^[^/]*@/, "")
      .split(/[/?#]/)[0] ?? ""
  );
}

function publicity(root: DataMap): Grant[] {
  const line = entryOf(root, "public")?.key.line ?? root.line;
  return [{ kind: "github-app.public", name: "public", line, reach: [] }];
}
