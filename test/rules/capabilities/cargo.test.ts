import { expect, test } from "vitest";
import { cargo } from "../../../rules/capabilities/cargo.ts";
import { diffOf, shown } from "./changes.ts";

const MANIFEST = "Cargo.toml";
const CONFIG = ".cargo/config.toml";
const COMMIT = "0a".repeat(20);

function read(path: string, text: string) {
  return cargo.read(path, new TextEncoder().encode(text));
}

/** Each crate in one line: `2 a 1.0 bounded registry:cargo in dependencies`. */
function taken(path: string, text: string): string[] {
  const reading = read(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(
    ({ line, name, version, range, source, group, direct, integrity }) =>
      [
        ...[line, name, version ?? "-", range ?? "-", source.text, `in ${group}`],
        ...(direct === false ? ["indirect"] : []),
        ...(integrity ? [`(${integrity.join()})`] : []),
      ].join(" "),
  );
}

function granted(path: string, text: string): string[] {
  const reading = read(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return reading.capabilities.map(({ kind, name, context, line }) =>
    [line, kind, name, context].join(" ").trim(),
  );
}

test.each([
  ["Cargo.toml", "grants"],
  ["a/Cargo.lock", "grants"],
  [".cargo/config.toml", "grants"],
  ["a/.cargo/config", "grants"],
  ["rust-toolchain", "grants"],
  ["rust-toolchain.toml", "grants"],
  ["build.rs", "grants"],
  ["src/a/build.rs", null],
  ["asrc/build.rs", "grants"],
  ["tests/fixtures/Cargo.toml", "resembles"],
  ["{{name}}/Cargo.toml", "resembles"],
  ["cargo.toml", null],
  ["config.toml", null],
])("%s is claimed as %s", (path, claim) => {
  expect(cargo.claims(path)).toBe(claim);
});

test.each([
  ['"1.2"', "1.2 bounded registry:cargo"],
  ['"^1"', "^1 bounded registry:cargo"],
  ['"~1.2"', "~1.2 bounded registry:cargo"],
  ['"1.*"', "1.* bounded registry:cargo"],
  ['"= 1.2.3"', "1.2.3 exact registry:cargo"],
  ['"=1.2"', "=1.2 bounded registry:cargo"],
  ['">=1, <2"', ">=1,<2 bounded registry:cargo"],
  ['">=1"', ">=1 open registry:cargo"],
  ['">=1, =1.2.3"', ">=1,=1.2.3 exact registry:cargo"],
  ['"*"', "* open registry:cargo"],
  ["{}", "- open registry:cargo"],
  ['{ version = "1", registry = "inner" }', "1 bounded registry:inner"],
  ['{ version = "1", registry = "crates-io" }', "1 bounded registry:cargo"],
  ['{ version = "1", registry-index = "https://h.org/i" }', "1 bounded git:h.org/i"],
  ['{ version = "1", registry-index = "sparse+http://h.org/i" }', "1 bounded registry:h.org"],
  ['{ path = "../a", version = "1" }', "1 exact path:../a"],
  ['{ git = "https://h.org/a.git", version = "1" }', "- open git:h.org/a"],
  ['{ git = "https://h.org/a", branch = "1.0" }', "1.0 open git:h.org/a"],
  ['{ git = "https://h.org/a", tag = "v1.0" }', "v1.0 bounded git:h.org/a"],
  [`{ git = "https://h.org/a", rev = "${COMMIT}" }`, `${COMMIT} exact git:h.org/a`],
])("a crate a = %s is %s", (value, seen) => {
  expect(taken(MANIFEST, `[dependencies]\na = ${value}`)).toEqual([`2 a ${seen} in dependencies`]);
});

test.each([
  ["[dev-dependencies]\na='1'", "2 a 1 bounded registry:cargo in dev-dependencies"],
  ["[dev_dependencies]\na='1'", "2 a 1 bounded registry:cargo in dev-dependencies"],
  ["[build_dependencies]\na='1'", "2 a 1 bounded registry:cargo in build-dependencies"],
  ["[dependencies.a]\npackage='b'\nversion='1'", "1 b 1 bounded registry:cargo in dependencies"],
  ["[workspace.dependencies]\na='1'", "2 a 1 bounded registry:cargo in workspace.dependencies"],
  [
    "[target.'cfg(unix)'.dependencies]\na='1'",
    "2 a 1 bounded registry:cargo in target.cfg(unix).dependencies",
  ],
  ["[patch.crates-io]\na={path='a'}", "2 a - exact path:a in patch.crates-io"],
  ["[replace]\n'a:1.0'={git='https://h.org/a'}", "2 a - open git:h.org/a in replace"],
])("a manifest %j takes in %s", (text, seen) => {
  expect(taken(MANIFEST, text)).toEqual([seen]);
});

test("what the workspace's manifest says is told there alone", () => {
  expect(taken(MANIFEST, "[dependencies]\na.workspace = true\nb = { workspace = true }")).toEqual(
    [],
  );
});

const INDEX = "registry+https://github.com/rust-lang/crates.io-index";

test.each([
  [`source = "${INDEX}"\nchecksum = "0a"`, "1 - registry:cargo in  indirect (0a)"],
  ['source = "sparse+https://index.crates.io/"', "1 - registry:cargo in  indirect ()"],
  [
    'source = "registry+https://github.com/acme/index"',
    "1 - git:github.com/acme/index in  indirect ()",
  ],
  ['source = "sparse+https://h.org/i/"\nchecksum = "0a"', "1 - registry:h.org in  indirect (0a)"],
  ['source = "git+https://h.org/a?tag=v1#0a1b"', "0a1b - git:h.org/a in  indirect"],
  [
    `source = "${INDEX}"\n[metadata]\n"checksum a 1 (${INDEX})" = "0a"`,
    "1 - registry:cargo in  indirect (0a)",
  ],
  [
    `source = "${INDEX}"\n[metadata]\n"checksum a 1 (${INDEX})" = "<none>"`,
    "1 - registry:cargo in  indirect ()",
  ],
])("a locked crate with %j is read", (text, seen) => {
  expect(taken("Cargo.lock", `[[package]]\nname = "a"\nversion = "1"\n${text}\n`)).toEqual([
    `2 a ${seen}`,
  ]);
});

test("the project's own crates are left out, and what they ask for is direct", () => {
  const text = `[[package]]\nname = "own"\ndependencies = ["a", "b 1.0.0"]\n${["a", "b", "c"]
    .map((name) => `[[package]]\nname = "${name}"\nsource = "${INDEX}"\n`)
    .join("")}`;
  expect(taken("Cargo.lock", text)).toEqual([
    "5 a - - registry:cargo in  ()",
    "8 b - - registry:cargo in  ()",
    "11 c - - registry:cargo in  indirect ()",
  ]);
});

test.each([
  ["[package]\nbuild = 'x.rs'", ["2 cargo.build-script x.rs"]],
  [
    "[package]\nbuild = ['x.rs', 'y.rs']",
    ["2 cargo.build-script x.rs", "2 cargo.build-script y.rs"],
  ],
  ["[package]\nbuild = true", ["2 cargo.build-script build.rs"]],
  ["[project]\nbuild = 'x.rs'", ["2 cargo.build-script x.rs"]],
  ["[lib]\nproc-macro = true", ["2 cargo.build-script proc-macro"]],
  ["[lib]\nproc_macro = true", ["2 cargo.build-script proc-macro"]],
  ["[package]\nbuild = false\n[lib]\nproc-macro = false", []],
])("the code that a manifest %j runs is told", (text, seen) => {
  expect(granted(MANIFEST, text)).toEqual(seen);
});

test("a build script is known by its name, whatever it holds", () => {
  expect(granted("a/build.rs", "")).toEqual(["1 cargo.build-script build.rs"]);
});

test.each([
  ["[build]\nrustc-wrapper = 'w'", "2 cargo.setting build.rustc-wrapper w"],
  ["[build]\nrustflags = ['-C', 'x']", "2 cargo.setting build.rustflags -C x"],
  ["[target.'cfg(unix)']\nrunner = 'r'", "2 cargo.setting target.cfg(unix).runner r"],
  ["target.x.linker = 'l'", "1 cargo.setting target.x.linker l"],
  ["[alias]\na = 'b'", "2 cargo.setting alias.a b"],
  ["[env]\nTOKEN = 'secret'", "2 cargo.setting env.TOKEN"],
  ["[http]\nproxy = 'u:p@h'", "2 cargo.setting http.proxy"],
  ["[source.crates-io]\nreplace-with = 'm'", "2 cargo.setting source.crates-io.replace-with m"],
  [
    "[registries.i]\nindex = 'https://u:p@h.org'\ntoken = 't'",
    "2 cargo.setting registries.i.index https://h.org",
  ],
  ["paths = ['../a']", "1 cargo.setting paths ../a"],
])("a setting %j is told", (text, seen) => {
  expect(granted(CONFIG, text)).toEqual([seen]);
});

test.each(["[build]\njobs = 4\ntarget-dir = 'x'", "[net]\noffline = true", "[term]\nquiet = true"])(
  "a setting %j is not told",
  (text) => {
    expect(granted(CONFIG, text)).toEqual([]);
  },
);

test("another value of a setting is a raise, at the setting", () => {
  const facts = diffOf({ [CONFIG]: "[env]\nA = 'x'" }, { [CONFIG]: "[env]\nA = 'y'" });
  expect(facts.map(shown)).toEqual(["raised config env.A -→- config.toml:2"]);
});

test("settings can put crates in the place of others", () => {
  expect(taken(CONFIG, "[patch.crates-io]\na = { git = 'https://h.org/a' }")).toEqual([
    "2 a - open git:h.org/a in patch.crates-io",
  ]);
});

test.each([
  ["rust-toolchain", "1.85.0\n", "1 rust 1.85.0 exact"],
  ["rust-toolchain", "\n nightly-2025-01-01-x86_64", "2 rust nightly-2025-01-01-x86_64 exact"],
  ["rust-toolchain", "1.85", "1 rust 1.85 bounded"],
  ["rust-toolchain", "[toolchain]\nchannel='nightly'", "2 rust nightly open"],
  ["rust-toolchain.toml", "toolchain.channel='stable'", "1 rust stable open"],
])("%s with %j asks for %s", (path, text, seen) => {
  expect(taken(path, text)).toEqual([`${seen} registry:rust in toolchain`]);
});

test("a toolchain in a folder is a setting, and none is nothing", () => {
  expect(granted("rust-toolchain.toml", "[toolchain]\npath = 'x'")).toEqual([
    "2 cargo.setting toolchain.path x",
  ]);
  expect(taken("rust-toolchain", "\n")).toEqual([]);
});

test.each([
  [MANIFEST, "a = 1\na = 2", "not-toml:2"],
  ["Cargo.lock", "[", "not-toml:1"],
  [CONFIG, "x", "not-toml:1"],
])("%s with %j is not understood", (path, text, code) => {
  expect(taken(path, text)).toEqual([code]);
});

test.each([
  ["profile.dev.rustflags", '[profile.dev]\nrustflags = ["-Clinker=x"]'],
  [
    "profile.dev.build-override.rustflags",
    '[profile.dev.build-override]\nrustflags = ["-Clinker=x"]',
  ],
  ["target.x.ssl.rustc-link-search", '[target.x.ssl]\nrustc-link-search = ["x"]'],
])("%s has a say in every build", (name, text) => {
  expect(cargo.read(".cargo/config.toml", new TextEncoder().encode(text))).toMatchObject({
    capabilities: [{ kind: "cargo.setting", name, line: 2 }],
  });
});
