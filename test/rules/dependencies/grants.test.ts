import { expect, test } from "vitest";
import type { Dependency } from "../../../rules/dependencies/dependency.ts";
import { dependencyGrants } from "../../../rules/dependencies/grants.ts";
import { localPath, ownRegistry, registryAt } from "../../../rules/dependencies/source.ts";

const OTHER = registryAt("https://npm.example.org/a", "npm", []);

function grants(...dependencies: Partial<Dependency>[]): string[] {
  return dependencyGrants(
    dependencies.map((patch) => ({
      ...{ ecosystem: "npm", name: "a", version: "1", group: "", direct: true },
      ...{ source: ownRegistry("npm"), line: 1, ...patch },
    })),
  ).map(
    ({ kind, name, holder, level, line }) => `${kind} ${name} ${holder} ${level ?? "-"} :${line}`,
  );
}

test.each([
  { what: "the ecosystem's own registry", of: [{}], seen: [] },
  { what: "the repository itself", of: [{ source: localPath("../b") }], seen: [] },
  {
    what: "another registry, once, where it is written",
    of: [
      { source: OTHER, sourceLine: 3 },
      { name: "b", source: OTHER, line: 9 },
    ],
    seen: ["dependency.source registry:npm.example.org npm encrypted :3"],
  },
  {
    what: "a range",
    of: [{ range: "open" as const, group: "devDependencies" }],
    seen: ["dependency.range a npm devDependencies open :1"],
  },
])("what is granted by $what", ({ of, seen }) => {
  expect(grants(...of)).toEqual(seen);
});
