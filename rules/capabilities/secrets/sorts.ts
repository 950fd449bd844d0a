/** One rule of secretlint's recommended preset: what its findings are called, and what text it needs to see. */
export interface PresetSort {
  /** The rule's id behind `@secretlint/secretlint-rule-`. */
  readonly rule: string;
  /** Matches in every text in which the rule finds anything; linear, and in one pass with all others. */
  readonly cue: RegExp;
  /** Its message's id → what it found, for people; a finding that is not listed is none. */
  readonly names: Readonly<Record<string, string>>;
  /** What it finds and is no secret. */
  readonly harmless?: RegExp;
}

/** User and password in a URL. */
const IN_URL = /:\/\/[^\s/:]{1,256}:[^\s/@]{1,256}@/;

/**
 * The rules of the preset that are run. Account numbers of AWS are no secret; what is left out
 * altogether stands in `preset-rules.md`.
 */
export const PRESET_SORTS: readonly PresetSort[] = [
  {
    rule: "aws",
    cue: /(?:ACCESS|[Aa]ccess)_?(?:KEY|[Kk]ey)|A3T|AKIA|ASIA/,
    names: {
      AWSSecretAccessKey: "aws secret access key",
      AWSAccessKeyID: "aws access key id",
    },
    // Ids of groups, users, roles, instance profiles and managed policies.
    harmless: /^A(?:GP|ID|RO|IP|NP|NV)A[A-Z0-9]{16}$/,
  },
  {
    rule: "npm",
    cue: /npm_|_authToken=|:x-oauth-basic@/,
    names: {
      PackageJSON_xOauthToken: "github token",
      Npmrc_authToken: "npm registry token",
      NPM_ACCESS_TOKEN: "npm token",
    },
  },
  { rule: "basicauth", cue: IN_URL, names: { BasicAuth: "password in a url" } },
  {
    rule: "database-connection-string",
    cue: IN_URL,
    names: {
      MongoDBConnection: "database password",
      MySQLConnection: "database password",
      PostgreSQLConnection: "database password",
    },
  },
  {
    rule: "slack",
    cue: /xox[abopr]-|xapp-|(?i:hooks\.slack\.com)/,
    names: { SLACK_TOKEN: "slack token", IncomingWebhook: "slack webhook" },
  },
  { rule: "sendgrid", cue: /SG\./, names: { SENDGRID_KEY: "sendgrid key" } },
  { rule: "shopify", cue: /shp(?:pa|ca|at|ss)_/, names: { SHOPIFY_KEY: "shopify key" } },
  {
    rule: "stripe",
    cue: /[rs]k_(?:live|test)_/,
    names: {
      STRIPE_SECRET_KEY_LIVE: "stripe key",
      STRIPE_SECRET_KEY_TEST: "stripe test key",
      STRIPE_RESTRICTED_KEY_LIVE: "stripe key",
      STRIPE_RESTRICTED_KEY_TEST: "stripe test key",
    },
  },
  { rule: "github", cue: /gh[oprsu]_|github_pat_/, names: { GITHUB_TOKEN: "github token" } },
  { rule: "gitlab", cue: /glpat-/, names: { GITLAB_PERSONAL_ACCESS_TOKEN: "gitlab token" } },
  {
    rule: "grafana",
    cue: /gl(?:c|sa)_/,
    names: {
      GRAFANA_CLOUD_API_TOKEN: "grafana token",
      GRAFANA_SERVICE_ACCOUNT_TOKEN: "grafana token",
    },
  },
  { rule: "openai", cue: /T3BlbkFJ/, names: { OPENAI_TOKEN: "openai key" } },
  { rule: "anthropic", cue: /sk-ant-/, names: { ANTHROPIC_API_KEY: "anthropic key" } },
  { rule: "groq", cue: /gsk_/, names: { GROQ_API_KEY: "groq key" } },
  {
    rule: "huggingface",
    cue: /hf_/,
    names: { HUGGINGFACE_USER_ACCESS_TOKEN: "hugging face token" },
  },
  { rule: "linear", cue: /lin_api_/, names: { LINEAR_API_TOKEN: "linear token" } },
  { rule: "notion", cue: /ntn_/, names: { NOTION_INTEGRATION_TOKEN: "notion token" } },
  { rule: "1password", cue: /ops_ey/, names: { OPS_TOKEN: "1password token" } },
  {
    rule: "hashicorp-vault",
    cue: /hv[brs]\./,
    names: {
      HASHICORP_VAULT_SERVICE_TOKEN: "vault token",
      HASHICORP_VAULT_BATCH_TOKEN: "vault token",
      HASHICORP_VAULT_RECOVERY_TOKEN: "vault token",
    },
  },
  {
    rule: "vercel",
    cue: /vc[aciprk]_/,
    names: {
      VERCEL_PERSONAL_ACCESS_TOKEN: "vercel token",
      VERCEL_INTEGRATION_TOKEN: "vercel token",
      VERCEL_APP_ACCESS_TOKEN: "vercel token",
      VERCEL_APP_REFRESH_TOKEN: "vercel token",
      VERCEL_AI_GATEWAY_API_KEY: "vercel token",
    },
  },
  {
    rule: "databricks",
    cue: /dapi[A-Fa-f0-9]/,
    names: { DATABRICKS_PERSONAL_ACCESS_TOKEN: "databricks token" },
  },
  {
    rule: "docker",
    cue: /dckr_pat_/,
    names: { DOCKER_PERSONAL_ACCESS_TOKEN: "docker hub token" },
  },
  { rule: "figma", cue: /figd_/, names: { FIGMA_PERSONAL_ACCESS_TOKEN: "figma token" } },
  {
    rule: "cloudflare",
    cue: /cf(?:k|ut|at)_/,
    names: {
      CLOUDFLARE_GLOBAL_API_KEY: "cloudflare token",
      CLOUDFLARE_USER_API_TOKEN: "cloudflare token",
      CLOUDFLARE_ACCOUNT_API_TOKEN: "cloudflare token",
    },
  },
  {
    rule: "tailscale",
    cue: /tskey-/,
    names: {
      TAILSCALE_API_KEY: "tailscale key",
      TAILSCALE_AUTH_KEY: "tailscale key",
      TAILSCALE_CLIENT_KEY: "tailscale key",
      TAILSCALE_SCIM_KEY: "tailscale key",
      TAILSCALE_WEBHOOK_KEY: "tailscale key",
      TAILSCALE_KEY: "tailscale key",
    },
  },
];
