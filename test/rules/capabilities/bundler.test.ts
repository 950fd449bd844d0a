import { expect, test } from "vitest";
import { bundler } from "../../../rules/capabilities/bundler.ts";
import { claimOf, grantedBy, taken } from "./taken.ts";

test.each([
  ["Gemfile.lock", "bundler grants"],
  ["a/gems.locked", "bundler grants"],
  ["gemfiles/rails.gemfile.lock", "bundler grants"],
  ["spec/fixtures/Gemfile.lock", "bundler resembles"],
  ["Gemfile", "bundler resembles"],
  ["gems.rb", "bundler resembles"],
  ["a/a.gemspec", "bundler resembles"],
  ["a/MyGemfile", "nobody"],
])("%s is claimed by %s", (path, claim) => {
  expect(claimOf(path)).toBe(claim);
});

test.each([
  ['gem "a"', "1 a - open registry:gem"],
  ['gem "a", "1.2"', "1 a 1.2 exact registry:gem"],
  ['gem "a", "= 1.2"', "1 a = 1.2 exact registry:gem"],
  ["gem 'a', '~> 1.2', '>= 1.2.3'", "1 a ~> 1.2, >= 1.2.3 bounded registry:gem"],
  ['gem("a", ">= 1")', "1 a >= 1 open registry:gem"],
  ['gem "a", require: "b" # "1"', "1 a - open registry:gem"],
  ['gem "a", github: "b"', "1 a # open git:github.com/b/b"],
  [`gem "a", :git => "https://c.dev/a", ref: "${"0a".repeat(20)}"`, "exact git:c.dev/a"],
  ['gem "a", git: "http://c.dev/a.git", tag: "v1"', "1 a #v1 bounded git:c.dev/a"],
  ['gem "a", path: "."', "1 a - exact path:."],
  ['gem "a", source: "https://g.dev"', "1 a - open registry:g.dev"],
  ['gem "a",\n  "1.0"', "1 a 1.0 exact registry:gem"],
  ['git "https://c.dev/a" do\n  gem "a"\nend', "2 a # open git:c.dev/a"],
  ['source "https://g.dev" do\n  if x\n    gem "a"\n  end\nend', "3 a - open registry:g.dev"],
  ['source "https://g.dev" do\nend\ngem "a"', "3 a - open registry:gem"],
  ['  s.add_dependency "a".freeze, ["~> 1"]', "1 a ~> 1 bounded registry:gem"],
])("of %j it takes in %s", (code, line) => {
  expect(taken("Gemfile", code).join()).toContain(line);
});

test.each(['gem "#{name}", "1"', '# gem "a"', "gem name", 'gemspec path: "a"'])(
  "of %j nothing is taken in",
  (code) => {
    expect(taken("Gemfile", code)).toEqual([]);
  },
);

const LOCK = "GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0)\n      b (>= 1)\n";

test("a locked gem has its version, its platform and its digest", () => {
  expect(taken("Gemfile.lock", `${LOCK}\nCHECKSUMS\n  a (1.0) sha256=0a\n`)).toEqual([
    "4 a 1.0 - registry:gem sha256=0a",
  ]);
  expect(taken("Gemfile.lock", LOCK.replace("1.0", "1.0-java"))).toEqual([
    "4 a 1.0-java - registry:gem",
  ]);
});

test("a gem of git has its commit, and Bundler its version", () => {
  const text =
    "GIT\n  remote: g@c.dev:a/b.git\n  revision: 0a\n  specs:\n    a (1.0)\n\nBUNDLED WITH\n   2.5\n";
  expect(taken("Gemfile.lock", text)).toEqual([
    "5 a 1.0#0a - git:c.dev/a/b",
    "8 bundler 2.5 - registry:gem",
  ]);
});

test.each([
  [`${LOCK}<<<<<<< HEAD\n`, "unknown-line:6"],
  [`${LOCK}\nOTHER\n  a\n`, "unknown-line:7"],
  ["    a (1.0)\n", "unknown-line:1"],
  [`${LOCK}    b (1.0\n`, "unknown-line:6"],
  [`${LOCK}     c (1.0)\n`, "unknown-line:6"],
])("a lock file %j is refused", (text, refusal) => {
  expect(taken("Gemfile.lock", text)).toEqual([refusal]);
});

test("plugins are code that runs inside Bundler", () => {
  const lock = `PLUGIN SOURCE\n  remote: https://p.dev\n  type: s3\n  specs:\n    a (1)\n`;
  expect(grantedBy("Gemfile.lock", lock)).toEqual(["1 bundler.plugin s3"]);
  expect(grantedBy("Gemfile", 'plugin "p"')).toEqual(["1 bundler.plugin p"]);
});

test("extensions may stand in a list of words", () => {
  const text =
    "Gem::Specification.new do |s|\n  s.extensions = %w[ext/a/extconf.rb ext/b/extconf.rb]\nend\n";
  expect(bundler.read("a.gemspec", new TextEncoder().encode(text))).toMatchObject({
    capabilities: [{ name: "ext/a/extconf.rb" }, { name: "ext/b/extconf.rb", line: 2 }],
  });
});
