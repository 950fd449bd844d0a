import type { Dependency } from "../dependencies/dependency.ts";
import { distinctDependencies } from "../dependencies/distinct.ts";
import { readCargoLock } from "./cargo/lock.ts";
import { buildScript, buildScripts, crateDependencies, patches } from "./cargo/manifest.ts";
import { cargoSettings } from "./cargo/settings.ts";
import { rustToolchain } from "./cargo/toolchain.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataMap } from "./data/data-node.ts";
import { scalarAt } from "./data/values.ts";
import { decodeText } from "./data/text.ts";
import { parseToml } from "./data/toml.ts";
import { inFixtures } from "./in-folder.ts";
import { understandAll } from "./not-understood.ts";

/** A lock file of four thousand crates has one. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What people write by hand is a hundredth of that. */
const MAX_WRITTEN_BYTES = 256 * 1024;

/**
 * Reads `Cargo.toml`, `Cargo.lock`, `.cargo/config.toml` and `rust-toolchain.toml`, and knows
 * `build.rs` by its name.
 */
export const cargo: CapabilityReader = {
  name: "cargo",
  kinds: { "cargo.build-script": [], "cargo.setting": [] },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!formOf(path)) return null;
    return inFixtures(path) || path.includes("{{") ? "resembles" : "grants";
  },
  read: (path, content) =>
    understandAll(() => {
      const { capabilities = [], dependencies = [] } = formOf(path)?.(content) ?? {};
      return { capabilities, dependencies: distinctDependencies(dependencies) };
    }),
};

interface Grants {
  readonly capabilities?: readonly Capability[];
  readonly dependencies?: readonly Dependency[];
}

type Form = (content: Uint8Array) => Grants;

const manifest = (root: DataMap): Grants => ({
  capabilities: buildScripts(root),
  dependencies: crateDependencies(root),
});

const config = (root: DataMap): Grants => ({
  capabilities: cargoSettings(root),
  dependencies: patches(root),
});

const toolchain = (root: DataMap): Grants => {
  const channel = scalarAt(root, "toolchain", "channel");
  return {
    capabilities: cargoSettings(root),
    dependencies: channel ? [rustToolchain(channel)] : [],
  };
};

const lock = (root: DataMap): Grants => ({ dependencies: readCargoLock(root) });

/** The older file may hold the channel's name alone. */
const olderToolchain: Form = (content) => {
  const text = decodeText(content, MAX_WRITTEN_BYTES);
  if (/[[=]/.test(text)) return toolchain(parseToml(content, MAX_WRITTEN_BYTES));
  const [before = "", channel] = text.split(/(\S+)/);
  if (channel === undefined) return {};
  return { dependencies: [rustToolchain({ text: channel, line: before.split("\n").length })] };
};

const toml =
  (read: (root: DataMap) => Grants, maxBytes = MAX_WRITTEN_BYTES): Form =>
  (content) =>
    read(parseToml(content, maxBytes));

/** What files are called, in any folder. In `src/` a `build.rs` is a module like others. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/(?:^|\/)Cargo\.toml$/, toml(manifest)],
  [/(?:^|\/)Cargo\.lock$/, toml(lock, MAX_BYTES)],
  [/(?:^|\/)\.cargo\/config(?:\.toml)?$/, toml(config)],
  [/(?:^|\/)rust-toolchain\.toml$/, toml(toolchain)],
  [/(?:^|\/)rust-toolchain$/, olderToolchain],
  [/^(?!(?:.*\/)?src\/)(?:.*\/)?build\.rs$/, () => BUILD_RS],
];

const BUILD_RS: Grants = {
  capabilities: [{ ...buildScript("build.rs", 1), certainty: "heuristic" }],
};

function formOf(path: string): Form | undefined {
  return FORMS.find(([name]) => name.test(path))?.[1];
}
