import { expect, test } from "vitest";
import { startsInterpreter } from "../../../../../rules/capabilities/github-step/taint/image-command.ts";

test.each([
  'sh -c "echo a"',
  's"h" -c x',
  '"s"h -c x',
  's"h',
  "s\\h -c x",
  'env "A=b c" s"h"',
  'env "A=\\"b c" s"h"',
  'env -S "sh -c" x',
])("%s starts an interpreter", (command) => {
  expect(startsInterpreter(command)).toBe(true);
});

test.each(["", " ", "echo sh", "s h", '"s h"', "sh${{ inputs.flavor }} -c x"])(
  "%j starts none",
  (command) => {
    expect(startsInterpreter(command)).toBe(false);
  },
);
