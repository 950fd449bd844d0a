import { expect, test } from "vitest";
import { STEP_KINDS } from "../../../../rules/capabilities/github-step/step-capabilities.ts";

test.each([
  ["github.step.action", ["pinned", "mutable", "pretended"]],
  ["github.step.injection", ["insider", "outsider"]],
  ["github.step.minted-token", []],
  ["github.step.persisted-credentials", ["cleared", "persisted"]],
  ["github.step.remote-script", ["pinned", "mutable"]],
  ["github.step.sent-data", ["ordinary", "secret", "catcher"]],
  ["github.step.unsecure-commands", ["step", "job"]],
])("the levels of %s are %j, weakest first", (kind, levels) => {
  expect(STEP_KINDS).toHaveProperty([kind], levels);
});
