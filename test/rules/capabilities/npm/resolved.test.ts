import { expect, test } from "vitest";
import { otherPackage, resolvedSource } from "../../../../rules/capabilities/npm/resolved.ts";

test.each([
  ["", "registry:npm", "encrypted"],
  ["https://registry.npmjs.org/a/-/a-1.0.0.tgz", "registry:npm", "encrypted"],
  ["http://registry.npmjs.org/a/-/a-1.0.0.tgz", "registry:registry.npmjs.org", "plain"],
  ["https://npm.example.org/a/-/a-1.0.0.tgz", "registry:npm.example.org", "encrypted"],
  ["https://npm.example.org/download/a/1.0.0/0a", "registry:npm.example.org", "encrypted"],
  ["https://example.org/a.tgz", "url:example.org/a.tgz", "encrypted"],
  ["git+ssh://git@github.com/acme/a.git#00", "git:github.com/acme/a", "encrypted"],
  ["https://codeload.github.com/acme/a/tar.gz/00", "git:github.com/acme/a", "encrypted"],
  ["acme/a#00", "git:github.com/acme/a", "encrypted"],
  ["file:../a", "path:file:../a", "encrypted"],
])("%s comes from %s, %s", (resolved, text, level) => {
  expect(resolvedSource(resolved)).toMatchObject({ text, level });
});

const OWN = "https://registry.npmjs.org";

test.each([
  ["its own", `${OWN}/a/-/a-1.0.0.tgz`, "a", "1.0.0", null],
  ["its own with a scope", `${OWN}/@s/a/-/a-1.0.0.tgz`, "@s/a", "1.0.0", null],
  ["a scope with an escape", `${OWN}/@s%2fa/-/a-1.0.0.tgz`, "@s/a", "1.0.0", null],
  ["a scope in the file's name", `${OWN}/@s/a/-/@s/a-1.0.0.tgz`, "@s/a", "1.0.0", null],
  ["a build's number", `${OWN}/a/-/a-1.0.0%2Bb.tgz`, "a", "1.0.0+b", null],
  ["another host's", "https://example.org/b/-/b-1.0.0.tgz", "a", "1.0.0", null],
  ["no package's", `${OWN}/a`, "a", "1.0.0", null],
  ["another package's", `${OWN}/b/-/b-1.0.0.tgz`, "a", "1.0.0", "b/b-1.0.0.tgz"],
  [
    "another one's by way of its own",
    `${OWN}/a/-/../../b/-/b-1.0.0.tgz`,
    "a",
    "1.0.0",
    "b/b-1.0.0.tgz",
  ],
  ["another scope's", `${OWN}/@t/a/-/a-1.0.0.tgz`, "@s/a", "1.0.0", "@t/a/a-1.0.0.tgz"],
  ["another version's", `${OWN}/a/-/a-1.0.1.tgz`, "a", "1.0.0", "a/a-1.0.1.tgz"],
  ["one that ends alike", `${OWN}/a/-/a-0-1.0.0.tgz`, "a", "1.0.0", "a/a-0-1.0.0.tgz"],
])("an address is %s", (_whose, resolved, name, version, other) => {
  expect(otherPackage(resolved, name, version)).toBe(other);
});
