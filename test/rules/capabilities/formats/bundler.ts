import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const LOCK = "Gemfile.lock";
const GEMFILE = "Gemfile";

const LOCKED = `GIT
  remote: https://github.com/acme/tool.git
  revision: ${"0a".repeat(20)}
  branch: main
  specs:
    tool (1.0.0)
      rack (>= 2)

PATH
  remote: .
  specs:
    mine (0.1.0)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.16.0-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.3)
    rack (3.0.0)

PLATFORMS
  x86_64-linux

DEPENDENCIES
  mine!
  rack (~> 3.0)
  tool!

RUBY VERSION
   ruby 3.3.0p0

CHECKSUMS
  mine (0.1.0)
  nokogiri (1.16.0-x86_64-linux) sha256=01
  racc (1.7.3) sha256=02
  rack (3.0.0) sha256=03
  tool (1.0.0)

BUNDLED WITH
   2.5.4
`;

const WRITTEN = `source "https://rubygems.org"

gemspec

# The server
gem "rack", "~> 3.0"
gem 'tool', github: 'acme/tool', branch: "main"
gem "mine", path: "."

group :test, :development do
  gem "minitest", ">= 5", require: false
end
`;

const SPEC = `Gem::Specification.new do |spec|
  spec.name = "mine"
  spec.add_dependency "rack", ">= 2", "< 4"
end
`;

function locked(from: string, to: string) {
  return { base: { [LOCK]: LOCKED }, head: { [LOCK]: LOCKED.replace(from, to) } };
}

function written(from: string, to: string) {
  return { base: { [GEMFILE]: WRITTEN }, head: { [GEMFILE]: WRITTEN.replace(from, to) } };
}

export const bundlerSamples: FormatSamples = {
  reader: "bundler",
  files: [
    { path: LOCK, text: LOCKED, movedTo: "api/gems.locked" },
    { path: GEMFILE, text: WRITTEN, movedTo: "api/gems.rb" },
    { path: "mine.gemspec", text: SPEC, movedTo: "mine/mine.gemspec" },
  ],
  gains: [
    {
      what: "gems come from another registry",
      kind: "dependency.source",
      ...locked("https://rubygems.org/", "https://gems.acme.dev/"),
    },
    {
      what: "one of two registries is another one",
      kind: "dependency.source",
      ...locked(
        "remote: https://rubygems.org/",
        "remote: https://gems.acme.dev/\n  remote: http://rubygems.org/",
      ),
    },
    {
      what: "a Gemfile names a registry that anyone can pretend to be",
      kind: "dependency.source",
      ...written("https://rubygems.org", "http://rubygems.org"),
    },
    {
      what: "a requirement has no end any more",
      kind: "dependency.range",
      ...written('"rack", "~> 3.0"', '"rack", ">= 3.0"'),
    },
    {
      what: "a Gemfile has a plugin",
      kind: "bundler.plugin",
      ...written("gemspec", 'plugin "bundler-graph"'),
    },
    {
      what: "a gem has code that is built where it is installed",
      kind: "bundler.extension",
      base: { "mine.gemspec": SPEC },
      head: {
        "mine.gemspec": SPEC.replace("\nend", '\n  spec.extensions = ["ext/extconf.rb"]\nend'),
      },
    },
  ],
  losses: [
    {
      what: "a lock file gives up its checksums",
      kind: "bundler.checksums",
      ...locked(LOCKED.slice(LOCKED.indexOf("CHECKSUMS"), LOCKED.indexOf("BUNDLED")), ""),
    },
  ],
  nothing: [
    {
      what: "a gem goes to a group, and is written in another way",
      ...written(
        "gem 'tool', github: 'acme/tool', branch: \"main\"\n",
        'group :tools do\n  gem("tool",\n      :git => "https://github.com/acme/tool.git", :branch => "main")\nend\n',
      ),
    },
    { what: "a gem is locked to a later version", ...locked("rack (3.0.0)\n", "rack (3.0.1)\n") },
  ],
  adversaries: [
    {
      what: "a lock file of very many gems",
      path: LOCK,
      write: (bytes) =>
        `GEM\n  remote: https://a.example/\n  specs:\n${numbered(bytes, (n) => `    g${n} (1.0)\n`)}`,
    },
    {
      what: "a lock file of very many sources",
      path: LOCK,
      write: (bytes) =>
        numbered(bytes, (n) => `GEM\n  remote: https://a${n}.example/\n  specs:\n    g (1)\n`),
    },
    {
      what: "a lock file of very many remotes",
      path: LOCK,
      write: (bytes) => `GEM\n${numbered(bytes, (n) => `  remote: https://a${n}.example/\n`)}`,
    },
    {
      what: "a lock file whose gems are held to very many digests",
      path: LOCK,
      write: (bytes) =>
        `GEM\n  specs:\n    a (1)\nCHECKSUMS\n${numbered(bytes, (n) => `  a (1) sha256=${n}\n`)}`,
    },
    { what: "a Gemfile of quotes", path: GEMFILE, write: (bytes) => fill(`gem "'\\"\n`, bytes) },
    { what: "a Gemfile of blocks", path: GEMFILE, write: (bytes) => fill("group :a do\n", bytes) },
    {
      what: "a Gemfile of gems in blocks",
      path: GEMFILE,
      write: (bytes) =>
        `${fill("path 'a' do\n", bytes / 2)}${numbered(bytes / 2, (n) => `gem "g${n}"\n`)}`,
    },
    {
      what: "a Gemfile of one call that never ends",
      path: GEMFILE,
      write: (bytes) => fill('gem "a",\n', bytes),
    },
    { what: "a Gemfile of one line", path: GEMFILE, write: (bytes) => fill("gem 'a', ", bytes) },
  ],
};
