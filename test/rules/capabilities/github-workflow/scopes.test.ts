import { expect, test } from "vitest";
import {
  levelOfAll,
  levelOfDefault,
  SCOPES,
} from "../../../../rules/capabilities/github-workflow/scopes.ts";

/** `read-all`, `write-all`, and the two settings for a token without `permissions`. */
const LEVELS = [
  { scope: "actions", levels: ["read", "write", null, "write"] },
  { scope: "artifact-metadata", levels: ["read", "write", null, "write"] },
  { scope: "attestations", levels: ["read", "write", null, "write"] },
  { scope: "checks", levels: ["read", "write", null, "write"] },
  { scope: "contents", levels: ["read", "write", "read", "write"] },
  { scope: "copilot-requests", levels: [null, "write", null, "write"] },
  { scope: "deployments", levels: ["read", "write", null, "write"] },
  { scope: "discussions", levels: ["read", "write", null, "write"] },
  { scope: "id-token", levels: [null, "write", null, null] },
  { scope: "issues", levels: ["read", "write", null, "write"] },
  { scope: "models", levels: ["read", "read", null, "read"] },
  { scope: "packages", levels: ["read", "write", "read", "write"] },
  { scope: "pages", levels: ["read", "write", null, "write"] },
  { scope: "pull-requests", levels: ["read", "write", null, "write"] },
  { scope: "repository-projects", levels: ["read", "write", null, "write"] },
  { scope: "security-events", levels: ["read", "write", null, "write"] },
  { scope: "statuses", levels: ["read", "write", null, "write"] },
  { scope: "vulnerability-alerts", levels: ["read", "read", null, "read"] },
  { scope: "workflows", levels: [null, "write", null, "write"] },
];

test.each([...LEVELS, { scope: "quantum", levels: [null, null, null, null] }])(
  "all and the defaults give $scope $levels",
  ({ scope, levels }) => {
    expect([
      levelOfAll(scope, "read"),
      levelOfAll(scope, "write"),
      levelOfDefault(scope, "read"),
      levelOfDefault(scope, "write"),
    ]).toEqual(levels);
  },
);

test("no other scope is known", () => {
  expect([...SCOPES.keys()]).toEqual(LEVELS.map(({ scope }) => scope));
});
