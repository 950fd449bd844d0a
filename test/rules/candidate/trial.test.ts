import { expect, test } from "vitest";
import { tryCases } from "../../../rules/candidate/trial.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { policySource } from "../sample-evidence.ts";

const POLICY = `version: 1
policies:
  - { id: code, decision: WARN, each: files, match: { path: "src/**" } }
`;

test("cases are tried until they take too much, the first ones first", () => {
  const one = (name: string) => `  - { name: ${name}, files: { src/a: { head: a } }, want: WARN }`;
  const source = policySource(`version: 1\ncases:\n${["a", "b", "c"].map(one).join("\n")}\n`);
  const policies = loadPolicies([policySource(POLICY)], false);
  const tried = (steps?: number) => {
    const trial = tryCases(source, policies, steps);
    return [trial.tried.map(({ name }) => name).join(""), trial.untried];
  };
  expect(tried()).toEqual(["abc", 0]);
  expect(tried(25_000)).toEqual(["ab", 1]);
  expect(tried(10_001)).toEqual(["", 3]);
  expect(tried(0)).toEqual(["", 3]);
});
