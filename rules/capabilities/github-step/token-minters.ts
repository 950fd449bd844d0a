/** An action that makes tokens; inputs by their names in lower case with `-`. */
export interface Minter {
  /** What it makes them from: one of these must be given. */
  readonly keys: readonly string[];
  /** Whose they become: a role, an account, an identity. One of these is enough as well. */
  readonly identities: readonly string[];
  /** What limits them: without it they can do more. */
  readonly limits: readonly string[];
  /** Where they hold, for those that tell an owner from repositories. */
  readonly places?: { readonly owner: string; readonly repositories: string };
}

const app = (keys: readonly string[], limits: readonly string[]): Minter => {
  return { keys, identities: [], limits };
};

const cloud = (identities: readonly string[], limits: readonly string[] = []): Minter => {
  return { keys: [], identities, limits };
};

/**
 * Actions that make a token of a GitHub App, or log in to a cloud or registry by the job's OpenID
 * identity, by name in lower case.
 *
 * Source: the `action.yml` of each.
 */
export const MINTERS: ReadonlyMap<string, Minter> = new Map([
  [
    "actions/create-github-app-token",
    {
      ...app(["private-key"], []),
      places: { owner: "owner", repositories: "repositories" },
    },
  ],
  [
    "tibdex/github-app-token",
    app(
      ["private-key"],
      [
        ...["installation-id", "installation-retrieval-mode", "installation-retrieval-payload"],
        ...["permissions", "repositories", "repository"],
      ],
    ),
  ],
  ["getsentry/action-github-app-token", app(["private-key"], ["scope"])],
  [
    "peter-murray/workflow-application-token-action",
    app(["application-private-key"], ["organization", "permissions"]),
  ],
  ["navikt/github-app-token-generator", app(["private-key"], ["repo"])],
  ["machine-learning-apps/actions-app-token", app(["app-pem"], [])],
  ["cybozu/octoken-action", app(["github-app-private-key"], ["target-account"])],
  ["octo-sts/action", cloud(["identity", "scope"])],
  [
    "aws-actions/configure-aws-credentials",
    cloud(["role-to-assume"], ["inline-session-policy", "managed-session-policies"]),
  ],
  ["google-github-actions/auth", cloud(["workload-identity-provider", "service-account"])],
  ["azure/login", cloud(["client-id", "tenant-id", "subscription-id"])],
  ["hashicorp/vault-action", cloud(["role"], ["secrets"])],
  ["rubygems/configure-rubygems-credentials", cloud(["role-to-assume"])],
]);
