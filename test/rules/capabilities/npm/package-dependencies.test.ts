import { expect, test } from "vitest";
import { parseJson } from "../../../../rules/capabilities/data/json.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";
import {
  packageDependencies,
  settingsDependencies,
} from "../../../../rules/capabilities/npm/package-dependencies.ts";

function rootOf(content: object) {
  const bytes = new TextEncoder().encode(JSON.stringify(content, null, 1));
  const root = parseJson(bytes, { maxBytes: 10_000_000 });
  if (root.type !== "map") throw new Error("no object");
  return root;
}

function named(content: object): string[] {
  return packageDependencies(rootOf(content)).map(({ line, group, name, version }) =>
    [line, group, name, version].join(" "),
  );
}

test.each([
  {
    what: "`.` is the package that it stands below, however deep",
    content: { overrides: { a: { b: { ".": "1", c: { ".": { ".": "2" } } } } } },
    seen: ["5 overrides b 1", "8 overrides c 2"],
  },
  {
    what: "overrides keep the order of the file",
    content: { overrides: { a: { b: "1" }, c: "2", d: { e: "3" } } },
    seen: ["4 overrides b 1", "6 overrides c 2", "8 overrides e 3"],
  },
  {
    what: "what stands in several places of a list is told once, where it stands first",
    content: { overrides: { a: { b: "1" }, c: { b: "1" }, d: { b: "2" } } },
    seen: ["4 overrides b 1", "10 overrides b 2"],
  },
  {
    what: "in another list it is told again",
    content: { dependencies: { a: "1" }, devDependencies: { a: "1" } },
    seen: ["3 dependencies a 1", "6 devDependencies a 1"],
  },
])("$what", ({ content, seen }) => {
  expect(named(content)).toEqual(seen);
});

test("settings name what they name in a package as well, less its lists", () => {
  const root = rootOf({
    dependencies: { a: "1" },
    overrides: { b: "2", c: { d: "3" } },
    catalog: { e: "4" },
  });
  expect(settingsDependencies(root).map(({ group, name }) => `${group} ${name}`)).toEqual([
    "overrides b",
    "overrides d",
    "catalog e",
  ]);
});

test.each([packageDependencies, settingsDependencies])(
  "more than a change may grant: %o",
  (read) => {
    const overrides = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`p${n}`, "1"]));
    expect(() => read(rootOf({ overrides }))).toThrow(NotUnderstood);
  },
);
