import { expect, test } from "vitest";
import { packageUrlOf } from "../../../rules/dependencies/package-url.ts";
import { ownRegistry } from "../../../rules/dependencies/source.ts";

test.each([
  { name: "a", version: "1.0.0", purl: "pkg:npm/a@1.0.0" },
  { name: "@b/a", version: "1.0.0", purl: "pkg:npm/%40b/a@1.0.0" },
  { name: "a", version: "^1.0.0", range: "bounded" as const, purl: "pkg:npm/a" },
  { name: "a", version: "git+https://t@host/a", range: "exact" as const, purl: "pkg:npm/a" },
  { name: "", version: "1.0.0", purl: null },
])("$name at $version is $purl", ({ purl, ...named }) => {
  const stands = { group: "", direct: true, source: ownRegistry("npm"), line: 1 };
  expect(packageUrlOf({ ecosystem: "npm", ...named, ...stands })).toBe(purl);
});
