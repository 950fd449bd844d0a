import { expect, test } from "vitest";
import type { Way } from "../../../../rules/capabilities/reach.ts";
import { gainedWay } from "../../../../rules/capabilities/reach.ts";
import { readMintedTokens } from "../../../../rules/capabilities/github-step/minted-tokens.ts";
import { grantedIn, jobWith } from "./granted.ts";

const workflowWith = (step: string): string =>
  jobWith(`steps:\n  - ${step.replace(/\n/g, "\n    ")}`);

function foundIn(step: string): string[] {
  return grantedIn(workflowWith(step), readMintedTokens).map(
    ({ name, line, certainty }) => `${name} ${line} ${certainty}`,
  );
}

const KEY = "${{ secrets.APP_KEY }}";

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
  expect(foundIn(step)).toEqual([`${action.toLowerCase()} 8 exact`]);
});

test.each([
  ["octo/token@v1", "private-key"],
  ["octo/token@v1", "app_private_key"],
  ["octo/token@v1", "privateKey"],
])("%s that is not known mints one from a secret as its %s", (uses, input) => {
  expect(foundIn(`uses: ${uses}\nwith: {${input}: "${KEY}"}`)).toEqual(["octo/token 6 heuristic"]);
});

test("a local action is named as written", () => {
  expect(foundIn(`uses: ./token\nwith: {private-key: "${KEY}"}`)).toEqual(["./token 6 heuristic"]);
});

test.each([
  [`uses: octo/deploy@v1\nwith: {ssh-private-key: "${KEY}"}`],
  [`uses: octo/sign@v1\nwith: {gpg_private_key: "${KEY}"}`],
  ["uses: octo/token@v1\nwith: {private-key: path/to/key.pem}"],
  ["uses: octo/token@v1\nwith: {private-key: '${{ inputs.key }}'}"],
  [`uses: octo/token@v1\nwith: {key: "${KEY}"}`],
  ["uses: actions/create-github-app-token@v1"],
  ["uses: aws-actions/configure-aws-credentials@v4\nwith: {aws-access-key-id: a}"],
  ["run: make"],
])("%s mints none", (step) => {
  expect(foundIn(step)).toEqual([]);
});

test("a literal role is shown, one that a secret holds is not", () => {
  const contextOf = (role: string): string | undefined =>
    grantedIn(
      workflowWith(
        `uses: aws-actions/configure-aws-credentials@v4\nwith: {role-to-assume: "${role}"}`,
      ),
      readMintedTokens,
    )[0]?.context;
  expect(contextOf("arn:aws:iam::1:role/ci")).toBe("on push; as arn:aws:iam::1:role/ci");
  expect(contextOf("${{ secrets.ROLE }}")).toBe("on push");
});

function reachOf(inputs: string, action = "actions/create-github-app-token"): readonly Way[] {
  const step = `uses: ${action}@v1\nwith:\n  private-key: "${KEY}"\n${inputs.replace(/^(?=.)/gm, "  ")}`;
  const [found] = grantedIn(workflowWith(step), readMintedTokens);
  if (!found) throw new Error("no token");
  return found.reach;
}

const READ = "permission-contents: read";
const WRITE = "permission-contents: write";
const ISSUES = "permission-issues: read";
const AWS = "aws-actions/configure-aws-credentials";

test.each([
  { what: "no limit of permissions", base: READ, head: "", gains: true },
  { what: "one permission more", base: READ, head: `${READ}\n${ISSUES}`, gains: true },
  { what: "writing for reading", base: READ, head: WRITE, gains: true },
  { what: "another permission", base: READ, head: ISSUES, gains: true },
  { what: "a limit of permissions", base: "", head: READ, gains: false },
  { what: "one permission less", base: `${READ}\n${ISSUES}`, head: READ, gains: false },
  { what: "reading for writing", base: WRITE, head: READ, gains: false },
  { what: "an owner without repositories", base: "", head: "owner: octo", gains: true },
  { what: "repositories for one's own", base: "", head: "repositories: a", gains: true },
  { what: "one repository more", base: "repositories: a", head: "repositories: a,b", gains: true },
  { what: "one repository less", base: "repositories: a,b", head: "repositories: b", gains: false },
  {
    what: "repositories for all of an owner's",
    base: "owner: o",
    head: "owner: o\nrepositories: a",
    gains: false,
  },
  {
    what: "all of an owner's for repositories",
    base: "owner: o\nrepositories: a",
    head: "owner: o",
    gains: true,
  },
  {
    what: "repositories in other order",
    base: "repositories: a, b",
    head: 'repositories: "b\\na"',
    gains: false,
  },
  {
    what: "another way to name one's own",
    base: "repositories: a",
    head: 'owner: "${{ github.repository_owner }}"\nrepositories: a',
    gains: false,
  },
  { what: "the app's id", base: "app-id: 1", head: "app-id: 2", gains: false },
])("$what gains: $gains", ({ base, head, gains }) => {
  expect(gainedWay(reachOf(head), reachOf(base)) !== undefined).toBe(gains);
});

test.each([
  { what: "another role", base: "role-to-assume: a", head: "role-to-assume: b", gains: true },
  {
    what: "a policy that is gone",
    base: "role-to-assume: a\ninline-session-policy: p",
    head: "role-to-assume: a",
    gains: true,
  },
  {
    what: "a policy that came",
    base: "role-to-assume: a",
    head: "role-to-assume: a\ninline-session-policy: p",
    gains: false,
  },
  {
    what: "another region",
    base: "role-to-assume: a",
    head: "role-to-assume: a\naws-region: x",
    gains: false,
  },
])("$what of a cloud's login gains: $gains", ({ base, head, gains }) => {
  expect(gainedWay(reachOf(head, AWS), reachOf(base, AWS)) !== undefined).toBe(gains);
});

test("a permission more is shown at its own line", () => {
  const gained = gainedWay(reachOf(`${READ}\n${ISSUES}`), reachOf(READ));
  expect(gained).toMatchObject({ guardLine: 9 });
});
