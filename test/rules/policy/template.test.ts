import { expect, test } from "vitest";
import { policyFileOf, problemsOf } from "../sample-evidence.ts";

test.each([
  { message: "{{action.author}}", says: "action.author", remedy: "{{" },
  { message: "{{action.kind}", says: "closed", remedy: "{{" },
  { message: "{{{action.kind}}{", says: "closed", remedy: "{{" },
])("a message that cannot be filled is refused, with what to write: $message", (given) => {
  const [problem, ...others] = problemsOf(policyFileOf(`message: '${given.message}'\nwhen: true`));
  expect(others).toEqual([]);
  expect(problem?.at).toBe("5:14");
  expect(problem?.message).toContain(given.says);
  expect(problem?.remedy).toContain(given.remedy);
});
