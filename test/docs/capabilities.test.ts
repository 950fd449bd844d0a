import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readers } from "../../rules/capabilities/readers.ts";
import { dependencyKinds } from "../../rules/dependencies/grants.ts";
import { treeReaders } from "../../rules/capabilities/tree/tree-readers.ts";
import { kindsOf, withGenerated } from "../../scripts/docs/capability-docs.ts";

const page = readFileSync(new URL("../../docs/capabilities.md", import.meta.url), "utf8");
const all = [...readers, ...treeReaders, { kinds: dependencyKinds }];

test("every kind has a section, and every section a kind", () => {
  const kinds = new Set(all.flatMap((reader) => Object.keys(reader.kinds)));
  expect(kindsOf(page).sort()).toEqual([...kinds].sort());
});

test("every section shows its kind's levels, from weakest to strongest", () => {
  const levels = new Map(all.flatMap((reader) => Object.entries(reader.kinds)));
  for (const section of page.split(/^(?=### )/m).slice(1)) {
    const [kind = ""] = kindsOf(section);
    const ranked = levels.get(kind) ?? [];
    const [first = "", last = ""] = [ranked[0], ranked.findLast((level) => /^\d+$/.test(level))];
    const counted = last === "" ? "" : `\`${first}\` to \`${last}\``;
    const written = counted || ranked.map((level) => `\`${level}\``).join(" < ");
    if (written !== "") expect(section).toContain(written);
  }
});

test("what is generated is what the examples give", () => {
  expect(withGenerated(page)).toBe(page);
});

test("every section has an example that grants its kind, and says how to settle it", () => {
  for (const section of page.split(/^(?=### )/m).slice(1)) {
    expect(section).toContain("<!-- what the example grants, generated -->");
  }
});
