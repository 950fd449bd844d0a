import { expect, test } from "vitest";
import { successAskedBy } from "../../../../rules/capabilities/github-expression/status.ts";
import { parseYaml } from "../../../../rules/capabilities/data/yaml.ts";
import { entryOf } from "../../../../rules/capabilities/data/data-node.ts";

function asked(yaml: string) {
  const root = parseYaml(new TextEncoder().encode(yaml), 1000);
  return successAskedBy(root.type === "map" ? entryOf(root, "if") : undefined);
}

test.each([
  { when: "there is no `if`", yaml: "other: always()" },
  { when: "it is no text", yaml: "if: {always(): a}" },
  { when: "no status function is in it", yaml: "if: a" },
  { when: "one is only a text in it", yaml: "if: ${{ a == 'always()' }}" },
  { when: "one stands beside the expression", yaml: "if: ${{ a }} always()" },
  { when: "no status function is in what does not parse", yaml: "if: a &&" },
  { when: "success is asked for by name", yaml: "if: success()" },
  { when: "success is asked for again", yaml: "if: always() && success()" },
])("that all succeeded is asked for where $when", ({ yaml }) => {
  expect(asked(yaml)).toEqual({ ofAll: true, ofJobs: new Set() });
});

test.each([
  "if: always()",
  "if: ${{ failure() }}",
  "if: a && !Cancelled()",
  "if: ${{ a }}${{ always() }}",
  "if: |\n  ${{ always() }}",
  "if: always() &&",
  "if: failure() &&",
  "if: cancelled() &&",
  "if: always() || success()",
])("%j asks for no success", (yaml) => {
  expect(asked(yaml)).toEqual({ ofAll: false, ofJobs: new Set() });
});

test("success of jobs is asked for by their names", () => {
  const yaml = `if: always() && needs.Build-it.result == 'success' && needs['b'].result == 'success'`;
  expect(asked(yaml)).toEqual({ ofAll: false, ofJobs: new Set(["build-it", "b"]) });
});

test.each([
  "needs.b.result != 'success'",
  "needs.b.result == 'failure'",
  "needs.b.result == 'success''s'",
  "needs.b.outputs.result == 'success'",
  "other.needs.b.result == 'success'",
  "needs['a b'].result == 'success'",
])("%s does not ask for a job's success", (condition) => {
  expect(asked(`if: always() && ${condition}`).ofJobs).toEqual(new Set());
});
