import { withoutUserAndQuery } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataNode } from "../data/data-node.ts";
import { scalarsAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";

/**
 * Settings that start programs, choose who serves crates, or hand something to each build; `*`
 * stands for one key.
 */
const SETTINGS = [
  ...["build.rustc", "build.rustc-wrapper", "build.rustc-workspace-wrapper", "build.rustdoc"],
  ...["build.rustflags", "build.rustdocflags"],
  ...["target.*.linker", "target.*.runner", "target.*.ar"],
  ...["target.*.rustflags", "target.*.rustdocflags"],
  ...["target.*.*.rustc-flags", "target.*.*.rustc-link-search", "target.*.*.rustc-link-lib"],
  ...["profile.*.rustflags", "profile.*.build-override.rustflags", "profile.*.package.*.rustflags"],
  ...["host.linker", "host.runner", "host.rustflags", "host.*.linker", "host.*.runner"],
  ...["alias.*", "env.*", "doc.browser", "paths", "include"],
  ...["registries.*.index", "registries.*.credential-provider"],
  ...["registry.default", "registry.index", "registry.credential-provider"],
  ...["registry.global-credential-providers", "credential-alias.*"],
  ...["source.*.replace-with", "source.*.registry", "source.*.git"],
  ...["source.*.directory", "source.*.local-registry"],
  ...["http.proxy", "http.cainfo", "http.check-revoke", "net.git-fetch-with-cli"],
  ...["toolchain.path"],
].map((setting) => setting.split("."));

/** What may be a secret. */
const UNSHOWN = /^(?:env\.|http\.proxy$)/;

/**
 * What a `.cargo/config.toml` sets of those, whatever the folder that a build runs in or below.
 *
 * Source: doc.rust-lang.org/cargo/reference/config.html.
 */
export function cargoSettings(root: DataMap): Capability[] {
  return SETTINGS.flatMap((keys) => found(root, keys)).map(setting);
}

interface Found extends DataEntry {
  readonly name: string;
}

function found(node: DataNode, keys: readonly string[], before = ""): Found[] {
  const [first, ...rest] = keys;
  if (node.type !== "map") return [];
  return node.entries
    .filter(({ key }) => first === "*" || key.text === first)
    .flatMap(({ key, value }) => {
      const name = before + key.text;
      return rest.length === 0 ? [{ key, value, name }] : found(value, rest, `${name}.`);
    });
}

function setting({ key, value, name }: Found): Capability {
  const words = scalarsAt(value).map(({ text }) => text);
  return plainGrant({
    ...{ kind: "cargo.setting", name, holder: "config", line: key.line },
    context: UNSHOWN.test(name) ? "" : withoutUserAndQuery(words.join(" ")),
    reach: [wayTo(`value:${contentDigest(canonicalText(value))}`, value.line)],
  });
}
