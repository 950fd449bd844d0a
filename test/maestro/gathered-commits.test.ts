import { expect, test } from "vitest";
import { govern } from "../../maestro/govern.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { policyFileOf, policySource } from "../rules/sample-evidence.ts";
import { action, fakePorts } from "./fake-ports.ts";

test.each([
  { reads: "no", lines: "when: true", asked: false },
  { reads: "one", lines: "each: commits\nmatch: { merge: true }", asked: true },
])("commits are read where $reads policy asks for them", async ({ lines, asked }) => {
  const { ports, story } = fakePorts();
  const policies = loadPolicies([policySource(policyFileOf(lines))], false);
  await govern(action, { ...ports, policies: () => Promise.resolve(policies) });
  expect(story.includes("commits")).toBe(asked);
});
