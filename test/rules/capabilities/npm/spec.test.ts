import { expect, test } from "vitest";
import { readSpec } from "../../../../rules/capabilities/npm/spec.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

test.each([
  ["^1.2.3", "a", "registry:npm", "bounded"],
  ["1.2.3", "a", "registry:npm", "exact"],
  ["=1.2.3", "a", "registry:npm", "exact"],
  ["*", "a", "registry:npm", "open"],
  ["", "a", "registry:npm", "open"],
  [">=1", "a", "registry:npm", "open"],
  ["1 || >=2", "a", "registry:npm", "open"],
  ["latest", "a", "registry:npm", "open"],
  ["npm:b@^1", "b", "registry:npm", "bounded"],
  ["npm:@c/b@1.0.0", "@c/b", "registry:npm", "exact"],
  ["npm:^1.0.0", "a", "registry:npm", "bounded"],
  ["jsr:@c/b@^1", "@c/b", "registry:npm.jsr.io", "bounded"],
  ["workspace:*", "a", "path:workspace:*", "exact"],
  ["patch:a@npm%3A1.0.0#x.patch", "a", "path:patch:a@npm%3A1.0.0#x.patch", "exact"],
  ["../b", "a", "path:../b", "exact"],
  ["acme/b", "a", "git:github.com/acme/b", "open"],
  [`GitHub:acme/b#${SHA}`, "a", "git:github.com/acme/b", "exact"],
  ["github:acme/b#semver:^1", "a", "git:github.com/acme/b", "bounded"],
  ["GIT+HTTPS://github.com/acme/b.git#v1", "a", "git:github.com/acme/b", "open"],
  ["git@github.com:acme/b.git", "a", "git:github.com/acme/b", "open"],
  ["https://codeload.github.com/acme/b/tar.gz/main", "a", "git:github.com/acme/b", "open"],
  ["sourcehut:~acme/b#v1", "a", "git:git.sr.ht/~acme/b", "open"],
  ["https:example.org/b.tgz", "a", "url:example.org/b.tgz", "open"],
  ["https://example.org/b.tgz", "a", "url:example.org/b.tgz", "open"],
])("%s is %s of %s, %s", (spec, name, source, range) => {
  const read = readSpec("a", spec);
  expect([read.name, read.source.text, read.range]).toEqual([name, source, range]);
});
