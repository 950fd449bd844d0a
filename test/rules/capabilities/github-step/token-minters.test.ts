import { expect, test } from "vitest";
import { AWS, doesGain, KEY, mintedIn } from "./minted.ts";

test.each([
  ["actions/create-github-app-token", "private-key"],
  ["Actions/Create-GitHub-App-Token", "Private-Key"],
  ["tibdex/github-app-token", "private_key"],
  ["getsentry/action-github-app-token", "private_key"],
  ["peter-murray/workflow-application-token-action", "application_private_key"],
  ["cybozu/octoken-action", "github_app_private_key"],
  ["machine-learning-apps/actions-app-token", "APP_PEM"],
  ["navikt/github-app-token-generator", "private-key"],
  ["octo-sts/action", "identity"],
  ["aws-actions/configure-aws-credentials", "role-to-assume"],
  ["google-github-actions/auth", "workload_identity_provider"],
  ["azure/login", "client-id"],
  ["hashicorp/vault-action", "role"],
  ["rubygems/configure-rubygems-credentials", "role-to-assume"],
])("%s mints a token at its %s", (action, input) => {
  const step = `uses: ${action}@v1\nwith:\n  app-id: 1\n  ${input}: "${KEY}"`;
  expect(mintedIn(step)).toMatchObject([
    { name: action.toLowerCase(), line: 8, certainty: "exact" },
  ]);
});

const TIBDEX = "tibdex/github-app-token";
const MURRAY = "peter-murray/workflow-application-token-action";

test.each([
  [TIBDEX, "private-key", "installation-id"],
  [TIBDEX, "private-key", "installation-retrieval-mode"],
  [TIBDEX, "private-key", "installation-retrieval-payload"],
  [TIBDEX, "private-key", "permissions"],
  [TIBDEX, "private-key", "repositories"],
  [TIBDEX, "private-key", "repository"],
  ["getsentry/action-github-app-token", "private-key", "scope"],
  [MURRAY, "application-private-key", "organization"],
  [MURRAY, "application-private-key", "permissions"],
  ["navikt/github-app-token-generator", "private-key", "repo"],
  ["cybozu/octoken-action", "github-app-private-key", "target-account"],
  [AWS, "role-to-assume", "inline-session-policy"],
  [AWS, "role-to-assume", "managed-session-policies"],
  ["hashicorp/vault-action", "role", "secrets"],
  ["octo/token", "private-key", "installation-id"],
  ["octo/token", "private-key", "organization"],
  ["octo/token", "private-key", "owner"],
  ["octo/token", "private-key", "permissions"],
  ["octo/token", "private-key", "repositories"],
  ["octo/token", "private-key", "repository"],
])("%s with its %s gains by the loss of its %s", (action, key, limit) => {
  expect(doesGain({ base: `${limit}: a`, head: "" }, action, key)).toBe(true);
});

test.each([
  ["octo-sts/action", "identity"],
  ["octo-sts/action", "scope"],
  [AWS, "role-to-assume"],
  ["google-github-actions/auth", "workload-identity-provider"],
  ["google-github-actions/auth", "service-account"],
  ["azure/login", "client-id"],
  ["azure/login", "tenant-id"],
  ["azure/login", "subscription-id"],
  ["hashicorp/vault-action", "role"],
  ["rubygems/configure-rubygems-credentials", "role-to-assume"],
])("%s gains by another %s", (action, identity) => {
  expect(doesGain({ base: `${identity}: a`, head: `${identity}: b` }, action)).toBe(true);
});
