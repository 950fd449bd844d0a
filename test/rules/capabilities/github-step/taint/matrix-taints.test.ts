import { expect, test } from "vitest";
import { injectionsOf } from "../injected.ts";

const BODY = "${{ fromJSON(github.event.issue.body) }}";

function foundIn(strategy: object, expression: string): string[] {
  const steps = [{ run: `echo \${{ ${expression} }}` }];
  return injectionsOf(steps, { strategy }).map(({ name }) => name);
}

test("a strategy without a matrix hands on nothing", () => {
  expect(foundIn({ "fail-fast": false }, "toJSON(matrix)")).toEqual([]);
});

test("what is included as a whole can be under any key, beside those that hold other texts", () => {
  const matrix = { w: ["${{ inputs.w }}"], include: BODY };
  expect(foundIn({ matrix }, "matrix.v")).toEqual(["github.event.issue.body"]);
  expect(foundIn({ matrix }, "matrix.w")).toEqual(["github.event.issue.body", "inputs.w"]);
});

test("what is excluded is no value of the matrix", () => {
  const matrix = { v: ["1"], exclude: [{ v: BODY }] };
  expect(foundIn({ matrix }, "toJSON(matrix)")).toEqual([]);
});
