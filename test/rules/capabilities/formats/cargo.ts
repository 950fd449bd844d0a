import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const MANIFEST = "Cargo.toml";
const LOCK = "Cargo.lock";
const CONFIG = ".cargo/config.toml";

const CARGO_TOML = `[package]
name = "a"
version = "0.1.0"

[dependencies]
serde = { version = "1.0", features = ["derive"] }
own = { path = "../own", version = "1" }
shared.workspace = true

[target.'cfg(unix)'.dev-dependencies]
libc = "=0.2.150"

[patch.crates-io]
log = { git = "https://git.example.org/acme/log", rev = "v1.0" }
`;

const CARGO_LOCK = `version = 4

[[package]]
name = "a"
version = "0.1.0"
dependencies = ["serde"]

[[package]]
name = "serde"
version = "1.0.200"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "0a"
`;

const SETTINGS = '[target.x86_64-unknown-linux-gnu]\nlinker = "clang"\n\n[alias]\nx = "run"\n';

function change(path: string, text: string, from: string, to: string) {
  return { base: { [path]: text }, head: { [path]: text.replace(from, to) } };
}

export const cargoSamples: FormatSamples = {
  reader: "cargo",
  files: [
    { path: MANIFEST, text: CARGO_TOML, movedTo: "crates/a/Cargo.toml" },
    { path: LOCK, text: CARGO_LOCK, movedTo: "crates/a/Cargo.lock" },
    { path: CONFIG, text: SETTINGS, movedTo: "crates/a/.cargo/config" },
    { path: "rust-toolchain.toml", text: '[toolchain]\nchannel = "1.85.0"\n' },
    { path: "rust-toolchain", text: "1.85\n" },
    { path: "build.rs", text: "fn main() {}\n", movedTo: "crates/a/build.rs" },
  ],
  gains: [
    {
      what: "code runs in the build",
      kind: "cargo.build-script",
      ...change(MANIFEST, CARGO_TOML, 'version = "0.1.0"', 'build = "x.rs"'),
    },
    {
      what: "code runs in the build by its name",
      kind: "cargo.build-script",
      base: {},
      head: { "crates/a/build.rs": "fn main() {}" },
    },
    {
      what: "a program wraps the compiler",
      kind: "cargo.setting",
      ...change(CONFIG, SETTINGS, "[alias]", '[build]\nrustc-wrapper = "./w"\n\n[alias]'),
    },
    {
      what: "a range loses its upper end",
      kind: "dependency.range",
      ...change(MANIFEST, CARGO_TOML, '"1.0"', '">=1.0"'),
    },
    {
      what: "a crate comes from another index",
      kind: "dependency.source",
      ...change(
        LOCK,
        CARGO_LOCK,
        "registry+https://github.com/rust-lang",
        "sparse+https://other.org",
      ),
    },
  ],
  nothing: [
    {
      what: "a crate is written in another way and list",
      ...change(
        MANIFEST,
        CARGO_TOML,
        '[dependencies]\nserde = { version = "1.0", features = ["derive"] }',
        '[dev-dependencies]\nserde = "1.0"\n[dependencies]',
      ),
    },
    {
      what: "the project's own version is another",
      ...change(LOCK, CARGO_LOCK, "0.1.0", "0.2.0"),
    },
  ],
  adversaries: [
    {
      what: "very many crates",
      path: MANIFEST,
      write: (bytes) => `[dependencies]\n${numbered(bytes, (n) => `c${n} = "1.${n}"\n`)}`,
    },
    {
      what: "very many targets",
      path: MANIFEST,
      write: (bytes) => numbered(bytes, (n) => `[target.t${n}.dependencies]\na = "1"\n`),
    },
    {
      what: "a requirement of very many parts",
      path: MANIFEST,
      write: (bytes) => `[dependencies]\na = "${fill(">1, ", bytes)}"\n`,
    },
    {
      what: "very many locked crates",
      path: LOCK,
      write: (bytes) =>
        numbered(bytes, (n) => `[[package]]\nname = "c${n}"\nsource = "git+https://h/c${n}#0a"\n`),
    },
    {
      what: "very many settings",
      path: CONFIG,
      write: (bytes) => `[env]\n${numbered(bytes, (n) => `E${n} = "x"\n`)}`,
    },
  ],
};
