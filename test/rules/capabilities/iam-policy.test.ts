import { expect, test } from "vitest";
import { iamPolicy } from "../../../rules/capabilities/iam-policy.ts";

test.each([
  { path: "deploy-policy.json", claim: "resembles" },
  { path: "infra/BucketPolicies.json", claim: "resembles" },
  { path: "trust-policy.json.tpl", claim: "resembles" },
  { path: "a/assume_role_a.json", claim: "resembles" },
  { path: "iam/ci.json", claim: "resembles" },
  { path: "scps/a/deny.json", claim: "resembles" },
  { path: "police.txt", claim: null },
  { path: "miami.json", claim: null },
  { path: "src/data.json", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(iamPolicy.claims(path)).toBe(claim);
});

test.each([
  { what: "JSON without a statement", text: '{"a": ["*"]}', code: null },
  { what: "a key twice", text: '{"Statement": [], "Statement": []}', code: "duplicate-key" },
  { what: "no JSON", text: "{{ a }}", code: "not-json" },
])("$what is refused as $code", ({ text, code }) => {
  const reading = iamPolicy.read("policy.json", new TextEncoder().encode(text));
  expect(reading.understood ? null : reading.code).toBe(code);
});
