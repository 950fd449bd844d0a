import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "../../rules/judge.ts";
import { changeOfCase, surroundingsOfCase } from "../../rules/policy-cases/case-evidence.ts";
import type { PolicyCase } from "../../rules/policy-cases/case-file.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import { policySource } from "../rules/sample-evidence.ts";

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");
const section = page.split(/^## /m).find((one) => one.startsWith("`unless: approved_by`")) ?? "";
const policies = loadPolicies(
  [policySource(/^```yaml\n(.*?)^```$/ms.exec(section)?.[1] ?? "")],
  false,
);

const files = {
  CODEOWNERS: { base: "deploy/ @bo\n", head: "deploy/ @eve\n" },
  "deploy/a.sh": { head: "a\n" },
};

const by = (name: string, more: object = {}) =>
  ({ by: name, state: "approved", role: "write", current: true, ...more }) as const;
const security = { teams: ["acme/security"] };

test.each([
  { when: "its owner and security approved", reviews: [by("bo"), by("cy", security)] },
  { when: "one person is both", reviews: [by("bo", security)] },
  {
    when: "its owner and two maintainers did",
    reviews: [by("bo"), by("cy", { role: "maintain" }), by("di", { role: "admin" })],
  },
  {
    when: "they saw the same change before a push",
    reviews: [by("bo", { ...security, current: false, same: true })],
  },
])("what the page shows is settled where $when", ({ reviews }) => {
  expect(decision(reviews)).toBe("ALLOW");
});

test.each([
  { when: "only its owner approved", reviews: [by("bo")] },
  { when: "whom the head names did", reviews: [by("eve", security)] },
  { when: "one maintainer did", reviews: [by("bo"), by("cy", { role: "maintain" })] },
  {
    when: "security requests changes",
    reviews: [by("bo", security), by("cy", { ...security, state: "changes_requested" })],
  },
  { when: "they saw another change", reviews: [by("bo", { ...security, current: false })] },
  { when: "somebody who is left out did", reviews: [by("release-manager", security)] },
])("and not where $when", ({ reviews }) => {
  expect(decision(reviews)).toBe("DENY");
});

function decision(reviews: NonNullable<PolicyCase["reviews"]>): string {
  const one: PolicyCase = { name: "a", want: "ALLOW", files, reviews };
  return judge({ ...surroundingsOfCase(one), ...changeOfCase(files), policies }).verdict.decision;
}
