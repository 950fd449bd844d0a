import { expect, test } from "vitest";
import { grantedBy, taken } from "./taken.ts";

const COMMIT = "0a".repeat(20);

test.each([
  ["1.0", "exact"],
  ["^1.2", "bounded"],
  ["~1.2", "bounded"],
  ["1.*", "bounded"],
  ["1.0 - 2.0", "bounded"],
  [">=1 <2", "bounded"],
  [">=1, <2", "bounded"],
  [">= 1", "open"],
  ["^1 || ^2", "bounded"],
  ["^1|*", "open"],
  ["*", "open"],
  ["@dev", "open"],
  ["^1@beta", "bounded"],
  ["dev-main", "open"],
  ["1.x-dev", "open"],
  [`dev-main#${COMMIT}`, "exact"],
  ["dev-main as 1.0", "open"],
  ["self.version", "exact"],
])("the constraint %s is %s", (constraint, range) => {
  const text = JSON.stringify({ require: { "A/b": constraint, php: "*", "ext-json": "*" } });
  expect(taken("composer.json", text)).toEqual([`1 a/b ${constraint} ${range} registry:composer`]);
});

test.each([
  [[{ type: "composer", url: "https://repo.packagist.org" }, { "packagist.org": false }], []],
  [[{ type: "path", url: "../a" }], []],
  [{ a: { type: "vcs", url: "https://c.dev/a.git" } }, ["git:c.dev/a"]],
  [[{ type: "Composer", url: "http://c.dev" }], ["registry:c.dev"]],
])("of the repositories %j these are told: %j", (repositories, told) => {
  expect(grantedBy("composer.json", JSON.stringify({ repositories }))).toEqual(
    told.map((name) => `1 dependency.source ${name}`),
  );
});

test("a package that the project describes itself comes from where that says", () => {
  const inline = { name: "a/b", version: "1", dist: { url: "https://c.dev/b.zip", shasum: "0A" } };
  const text = JSON.stringify({ repositories: [{ type: "package", package: inline }] });
  expect(taken("composer.json", text)).toEqual(["1 a/b 1 - url:c.dev/b.zip sha1:0a"]);
});

function locked(owner: string, commit: string, more = {}) {
  return JSON.stringify({
    packages: [
      {
        ...{
          name: "acme/lib",
          version: "1.0",
          "notification-url": "https://packagist.org/downloads/",
        },
        source: { url: "https://github.com/acme/lib.git", reference: COMMIT },
        dist: {
          url: `https://api.github.com/repos/${owner}/lib/zipball/${commit}`,
          reference: COMMIT,
        },
        ...more,
      },
    ],
  });
}

test.each([
  ["its owner's repository", locked("acme", COMMIT), `git:github.com/acme/lib commit:${COMMIT}`],
  ["another owner's archive", locked("evil", COMMIT), `git:github.com/evil/lib commit:${COMMIT}`],
  ["another commit than is told", locked("acme", "f0"), `commit:f0 commit:${COMMIT}`],
  [
    "another clone than archive",
    locked("acme", COMMIT, { source: { url: "https://github.com/evil/lib", reference: COMMIT } }),
    "git:github.com/evil/lib",
  ],
  [
    "a host",
    locked("acme", COMMIT, { dist: { url: "https://c.dev/a.zip", shasum: "0a" } }),
    "url:c.dev/a.zip sha1:0a",
  ],
])("a locked package of %s is seen", (_what, text, line) => {
  expect(taken("composer.lock", text).join()).toContain(line);
});

test("scripts that are run by name alone are not told, and calls are followed once", () => {
  const scripts = { test: "x", "post-update-cmd": ["@a"], a: ["@b", "y"], b: "@a" };
  expect(grantedBy("composer.json", JSON.stringify({ scripts }))).toEqual([
    "1 composer.script post-update-cmd",
  ]);
});

test.each(["[]", '{"require":{},"require":{}}', "{"])("%s is refused", (text) => {
  expect(taken("composer.json", text)).toHaveLength(1);
  expect(taken("composer.json", text)[0]).toMatch(/^(?:no-package|duplicate-key|not-json):1$/);
});
