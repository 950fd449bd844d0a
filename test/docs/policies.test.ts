import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RECOMMENDED_1 } from "../../rules/packs/recommended-1.ts";

interface Policy {
  readonly id: string;
  readonly decision: string;
}

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");

test("the page tells every policy of the recommended pack, in its order, with its decision", () => {
  // | `new-permissions` | DENY | …
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (DENY|WARN) +\|/gm)];
  const { policies } = JSON.parse(RECOMMENDED_1) as { policies: readonly Policy[] };
  expect(rows.map(([, id, decision]) => ({ id, decision }))).toEqual(
    policies.map(({ id, decision }) => ({ id, decision })),
  );
});
