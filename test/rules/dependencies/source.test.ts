import { expect, test } from "vitest";
import { fileAt, gitAt, registryAt } from "../../../rules/dependencies/source.ts";

test.each([
  ["https://github.com/acme/a.git", "git:github.com/acme/a", "encrypted"],
  ["git+ssh://git@GitHub.com/acme/a.git", "git:github.com/acme/a", "encrypted"],
  ["git+ssh://git@github.com:acme/a.git", "git:github.com/acme/a", "encrypted"],
  ["git@github.com:acme/a.git", "git:github.com/acme/a", "encrypted"],
  ["ssh://git@example.org:22/a", "git:example.org:22/a", "encrypted"],
  ["git://example.org/a", "git:example.org/a", "plain"],
  ["no address", "git:no address", "plain"],
])("%s is the repository %s, %s", (url, origin, level) => {
  expect(gitAt(url)).toEqual({ text: origin, origin, level });
});

test.each([
  ["https://registry.npmjs.org/a", "registry:npm", null, "encrypted"],
  [
    "http://registry.npmjs.org/a",
    "registry:registry.npmjs.org",
    "registry:registry.npmjs.org",
    "plain",
  ],
  ["https://u:p@example.org/a", "registry:example.org", "registry:example.org", "encrypted"],
  ["${REGISTRY}", "registry:${REGISTRY}", "registry:${REGISTRY}", "encrypted"],
])("%s is the registry %s", (url, text, origin, level) => {
  expect(registryAt(url, "npm", ["registry.npmjs.org"])).toEqual({ text, origin, level });
});

test("of a file its server decides what comes", () => {
  expect(fileAt("https://u:p@example.org/a.tgz?token=t#h")).toEqual({
    text: "url:example.org/a.tgz",
    origin: "url:example.org",
    level: "encrypted",
  });
});

test.each([
  ["http:example.org/a.tgz", "plain"],
  ["https:\\\\example.org\\a.tgz", "encrypted"],
])("%s is no path of a host called by its scheme", (url, level) => {
  expect(fileAt(url)).toMatchObject({ text: "url:example.org/a.tgz", level });
});

test("an address that no server takes is not taken apart", () => {
  const most = `https://h.org/${"a".repeat(8 * 1024 - 14)}`;
  expect(gitAt(most)).toMatchObject({ level: "encrypted" });
  expect(gitAt(`${most}a`)).toMatchObject({ level: "plain" });
});
