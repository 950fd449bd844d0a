import { readCargoLock } from "./cargo/lock.ts";
import { buildScript, buildScripts, crateDependencies, patches } from "./cargo/manifest.ts";
import { cargoSettings } from "./cargo/settings.ts";
import { rustToolchain } from "./cargo/toolchain.ts";
import type { DataMap } from "./data/data-node.ts";
import { scalarAt } from "./data/values.ts";
import { decodeText } from "./data/text.ts";
import { parseToml } from "./data/toml.ts";
import { type Form, type Given, readerOfForms } from "./forms.ts";

/** A lock file of four thousand crates has one. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What people write by hand is a hundredth of that. */
const MAX_WRITTEN_BYTES = 256 * 1024;

const manifest = (root: DataMap): Given => ({
  capabilities: buildScripts(root),
  dependencies: crateDependencies(root),
});

const config = (root: DataMap): Given => ({
  capabilities: cargoSettings(root),
  dependencies: patches(root),
});

const toolchain = (root: DataMap): Given => {
  const channel = scalarAt(root, "toolchain", "channel");
  return {
    capabilities: cargoSettings(root),
    dependencies: channel ? [rustToolchain(channel)] : [],
  };
};

const lock = (root: DataMap): Given => ({ dependencies: readCargoLock(root) });

/** The older file may hold the channel's name alone. */
const olderToolchain: Form["read"] = (content) => {
  const text = decodeText(content, MAX_WRITTEN_BYTES);
  if (/[[=]/.test(text)) return toolchain(parseToml(content, MAX_WRITTEN_BYTES));
  const [before = "", channel] = text.split(/(\S+)/);
  if (channel === undefined) return {};
  return { dependencies: [rustToolchain({ text: channel, line: before.split("\n").length })] };
};

const toml =
  (read: (root: DataMap) => Given, maxBytes = MAX_WRITTEN_BYTES): Form["read"] =>
  (content) =>
    read(parseToml(content, maxBytes));

const BUILD_RS: Given = {
  capabilities: [{ ...buildScript("build.rs", 1), certainty: "heuristic" }],
};

/** In any folder. In `src/` a `build.rs` is a module like others. */
const FORMS: readonly Form[] = [
  { named: /(?:^|\/)Cargo\.toml$/, claim: "grants", read: toml(manifest) },
  { named: /(?:^|\/)Cargo\.lock$/, claim: "grants", read: toml(lock, MAX_BYTES) },
  { named: /(?:^|\/)\.cargo\/config(?:\.toml)?$/, claim: "grants", read: toml(config) },
  { named: /(?:^|\/)rust-toolchain\.toml$/, claim: "grants", read: toml(toolchain) },
  { named: /(?:^|\/)rust-toolchain$/, claim: "grants", read: olderToolchain },
  {
    named: /^(?!(?:.*\/)?src\/)(?:.*\/)?build\.rs$/,
    claim: "grants",
    read: () => BUILD_RS,
  },
];

/**
 * Reads `Cargo.toml`, `Cargo.lock`, `.cargo/config.toml` and `rust-toolchain.toml`, and knows
 * `build.rs` by its name.
 */
export const cargo = readerOfForms(
  "cargo",
  { "cargo.build-script": [], "cargo.setting": [] },
  FORMS,
  { maxBytes: MAX_BYTES },
);
