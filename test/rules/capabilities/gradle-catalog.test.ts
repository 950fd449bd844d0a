import { expect, test } from "vitest";
import { claimOf, grantedBy, taken } from "./taken.ts";

const WRAPPER = "gradle/wrapper/gradle-wrapper.properties";

test.each([
  ["gradle/libs.versions.toml", "gradle-catalog grants"],
  [WRAPPER, "gradle-catalog grants"],
  ["a/gradle.lockfile", "gradle-catalog grants"],
  ["gradle/verification-metadata.xml", "gradle-catalog grants"],
  ["build.gradle.kts", "nobody"],
])("%s is claimed by %s", (path, claim) => {
  expect(claimOf(path)).toBe(claim);
});

test.each([
  ['a = "g:n:1.0"', "g:n 1.0 exact"],
  ['a = { module = "g:n", version = "1.+" }', "g:n 1.+ bounded"],
  ['a = { group = "g", name = "n", version = "+" }', "g:n + open"],
  ['a = { module = "g:n", version.ref = "v" }', "g:n 2 exact"],
  ['a.module = "g:n"\na.version.ref = "v"', "g:n 2 exact"],
  ['a = { module = "g:n", version = { strictly = "[1,2[" } }', "g:n [1,2[ bounded"],
  ['a = { module = "g:n", version = { require = "[1,)", prefer = "1.5" } }', "[1,) 1.5 open"],
  ['a = { module = "g:n", version = { prefer = "1.5" } }', "g:n 1.5 exact"],
  ['a = { module = "g:n", version = "[1,2[!!1.5" }', "g:n [1,2[!!1.5 bounded"],
  ['a = { module = "g:n" }', "g:n - -"],
])("of the library %j it takes in %s", (library, line) => {
  const text = `[versions]\nv = "2"\n[libraries]\n${library}\n`;
  expect(taken("gradle/libs.versions.toml", text).join()).toContain(line);
});

test("a plugin is found by its marker", () => {
  expect(taken("a.versions.toml", '[plugins]\na = "x.y:1"\n')).toEqual([
    "2 x.y:x.y.gradle.plugin 1 exact registry:maven",
  ]);
});

test.each([
  [
    "https\\://services.gradle.org/distributions/gradle-8.5-rc-1-all.zip",
    "8.5-rc-1 - registry:generic",
  ],
  ["http://services.gradle.org/distributions/gradle-8.5-bin.zip", "8.5 - url:services.gradle.org/"],
  ["https\\u003a//g.dev/gradle-8.5-bin.zip", "8.5 - url:g.dev/gradle-8.5-bin.zip"],
  ["\\\n  https://g.dev/gradle-8.5-bin.zip", "8.5 - url:g.dev/gradle-8.5-bin.zip"],
])("the wrapper of %j is seen", (url, line) => {
  expect(taken(WRAPPER, `distributionUrl : ${url}\n`).join()).toContain(line);
});

test("of two addresses of a wrapper the later one counts, as it does for Java", () => {
  const text =
    "distributionUrl=https://a.dev/gradle-1-bin.zip\ndistribution\\Url=https://b.dev/gradle-1-bin.zip\n";
  expect(taken(WRAPPER, text)).toEqual(["2 gradle 1 - url:b.dev/gradle-1-bin.zip"]);
});

test("a lock file names what was chosen, and a strange line is refused", () => {
  expect(taken("gradle.lockfile", "# a\na:b:1=x,y\nempty=\n")).toEqual([
    "2 a:b 1 - registry:maven",
  ]);
  expect(taken("gradle.lockfile", "a:b:1=x\n<<<<<<< HEAD\n")).toEqual(["unknown-line:2"]);
});

test("digests hold artifacts, and what is verified by default needs no word", () => {
  const artifact =
    '<component group="a" name="b" version="1"><artifact name="b.jar"><sha256 value="0A"><also-trust value="0b"/></sha256></artifact></component>';
  const text = `<verification-metadata><components>${artifact}</components></verification-metadata>`;
  const path = "gradle/verification-metadata.xml";
  expect(taken(path, text)).toEqual(["1 a:b 1 - registry:maven sha256:0a sha256:0b"]);
  expect(grantedBy(path, text)).toEqual(["1 gradle.verification verify-metadata"]);
});
