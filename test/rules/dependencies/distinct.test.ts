import { expect, test } from "vitest";
import type { Dependency } from "../../../rules/dependencies/dependency.ts";
import { distinctDependencies } from "../../../rules/dependencies/distinct.ts";
import { ownRegistry } from "../../../rules/dependencies/source.ts";

const ONE: Dependency = {
  ...{ ecosystem: "npm", name: "a", version: "1", group: "", direct: true, line: 1 },
  ...{ range: "exact", source: ownRegistry("npm"), integrity: ["x"] },
};

test("of equal dependencies the first is kept, wherever it stands", () => {
  expect(distinctDependencies([ONE, { ...ONE, line: 2 }])).toEqual([ONE]);
});

test.each<Partial<Dependency>>([
  { ecosystem: "pypi" },
  { name: "b" },
  { version: "2" },
  { group: "dev" },
  { integrity: [] },
  { source: { ...ONE.source, text: "registry:h" } },
  { source: { ...ONE.source, level: "plain" } },
])("a dependency that differs in %j is another one", (other) => {
  expect(distinctDependencies([ONE, { ...ONE, ...other }])).toHaveLength(2);
});

const LOCKED: Dependency = {
  ...{ ecosystem: "npm", name: "locked", version: "1", group: "", direct: null, line: 1 },
  source: ownRegistry("npm"),
};

test("twenty thousand ranges are told, and more are refused", () => {
  const many = Array.from({ length: 20_000 }, (_none, n) => ({ ...ONE, name: `a${n}` }));
  expect(distinctDependencies([...many, LOCKED])).toHaveLength(20_001);
  expect(() => distinctDependencies([...many, ONE])).toThrow(
    expect.objectContaining({ code: "too-many-dependencies" }),
  );
});
