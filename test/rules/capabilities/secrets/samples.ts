/** Credentials that open nothing, put together at run time: no scanner finds one in our sources. */
import { generateKeyPairSync } from "node:crypto";

/** One form of a credential: `write` gives another value for each seed, as it stands in a file at `path`. */
export interface Sample {
  readonly name: string;
  readonly form: string;
  readonly path: string;
  readonly write: (seed: number) => string;
}

const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALL = DIGITS + LETTERS;

/** Characters that look random, and are the same for the same seed. */
export function random(seed: number, length: number, alphabet = ALL): string {
  let state = (seed + 1) * 48_271;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return alphabet.charAt(state % alphabet.length);
  }).join("");
}

export const tokenSamples: readonly Sample[] = [
  token("github token", "classic", (seed) => `ghp_${random(seed, 36)}`),
  token("github token", "fine-grained", (seed) => `github_pat_${random(seed, 82)}`),
  token("github token", "of a GitHub App", (seed) => {
    const [head, body, end] = [36, 200, 43].map((length) => random(seed, length));
    return `ghs_12345_ey${head ?? ""}.${body ?? ""}.${end ?? ""}`;
  }),
  token("gitlab token", "personal", (seed) => `glpat-${random(seed, 20)}`),
  token("npm token", "granular", (seed) => `npm_${random(seed, 36)}`),
  token("slack token", "of a bot", (seed) => {
    return `xoxb-${random(seed, 12, DIGITS)}-${random(seed, 24)}`;
  }),
  token("slack webhook", "incoming", (seed) => {
    const hook = `T${random(seed, 8)}/B${random(seed, 8)}/${random(seed, 24)}`;
    return `https://hooks.slack.com/services/${hook}`;
  }),
  token("sendgrid key", "API", (seed) => `SG.${random(seed, 22)}.${random(seed, 43)}`),
  token("shopify key", "access", (seed) => `shpat_${random(seed, 32, HEX)}`),
  token("stripe key", "live", (seed) => `sk_live_${random(seed, 24)}`),
  token("stripe key", "restricted", (seed) => `rk_live_${random(seed, 24)}`),
  token("grafana token", "of a service", (seed) => {
    return `glsa_${random(seed, 32)}_${random(seed, 8, HEX)}`;
  }),
  token("grafana token", "of the cloud", (seed) => `glc_ey${random(seed, 60)}`),
  token("openai key", "user", (seed) => {
    return `sk-${random(seed, 20)}T3BlbkFJ${random(seed + 1, 20)}`;
  }),
  token("anthropic key", "API", (seed) => `sk-ant-api03-${random(seed, 93)}AA`),
  token("groq key", "API", (seed) => `gsk_${random(seed, 52)}`),
  token("hugging face token", "user", (seed) => `hf_${random(seed, 34, LETTERS)}`),
  token("linear token", "API", (seed) => `lin_api_${random(seed, 40)}`),
  token("notion token", "integration", (seed) => {
    return `ntn_${random(seed, 11, DIGITS)}${random(seed, 35)}`;
  }),
  token("1password token", "service", (seed) => {
    const account = JSON.stringify({ email: random(seed, 20), key: random(seed, 65) });
    return `ops_${btoa(account)}`;
  }),
  token("vault token", "service", (seed) => `hvs.${random(seed, 95)}`),
  token("vault token", "batch", (seed) => `hvb.${random(seed, 140)}`),
  token("vault token", "recovery", (seed) => `hvr.${random(seed, 95)}`),
  token("vercel token", "personal", (seed) => `vcp_${random(seed, 24)}`),
  token("databricks token", "personal", (seed) => `dapi${random(seed, 32, HEX)}`),
  token("docker hub token", "personal", (seed) => `dckr_pat_${random(seed, 27)}`),
  token("figma token", "personal", (seed) => `figd_${random(seed, 43)}`),
  token("cloudflare token", "user", (seed) => {
    return `cfut_${random(seed, 40)}${random(seed, 8, HEX)}`;
  }),
  token("tailscale key", "auth", (seed) => {
    return `tskey-auth-${random(seed, 12)}-${random(seed, 32)}`;
  }),
  token("aws access key id", "lasting", (seed) => {
    return `AKIA${random(seed, 16, LETTERS.toUpperCase())}`;
  }),
  token("password in a url", "https", (seed) => `https://bo:${random(seed, 14)}@git.acme.io/x`),
  token("database password", "mongodb", (seed) => `mongodb://bo:${random(seed, 14)}@db.acme.io/x`),
  token("database password", "mysql", (seed) => `mysql://bo:${random(seed, 14)}@db.acme.io/x`),
  token("database password", "postgres", (seed) => {
    return `postgres://bo:${random(seed, 14)}@db.acme.io:5432/x`;
  }),
];

/** Such as are known by the file or the assignment that they stand in. */
export const placedSamples: readonly Sample[] = [
  {
    ...token(
      "npm registry token",
      "npmrc",
      (seed) => `//npm.acme.io/:_authToken=${random(seed, 36)}`,
    ),
    path: ".npmrc",
  },
  {
    ...token("github token", "basic", (seed) => {
      return `https://${random(seed, 40, HEX)}:x-oauth-basic@github.com/octo/lib`;
    }),
    path: "package.json",
  },
  token("aws secret access key", "assigned", (seed) => {
    return `AWS_SECRET_ACCESS_KEY=${random(seed, 40)}`;
  }),
];

export const keySamples: readonly Sample[] = [
  token("private key", "RSA, PKCS #1", () => pem("rsa", "pkcs1")),
  token("private key", "RSA, PKCS #8", () => pem("rsa", "pkcs8")),
  token("private key", "P-256, SEC 1", () => pem("ec", "sec1")),
  token("private key", "P-256, PKCS #8", () => pem("ec", "pkcs8")),
  token("private key", "Ed25519", () => pem("ed25519", "pkcs8")),
  token("private key", "OpenSSH", (seed) => {
    return armoured("OPENSSH PRIVATE KEY", `b3BlbnNzaC1rZXktdjE${random(seed, 400)}`);
  }),
  token("private key", "OpenPGP", (seed) => {
    const body = `Version: GnuPG v2\n\nl${random(seed, 400)}`;
    return armoured("PGP PRIVATE KEY BLOCK", body);
  }),
];

export function armoured(label: string, body: string): string {
  const lines = body.split("\n").flatMap((line) => line.match(/.{1,64}/g) ?? [""]);
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join("\n");
}

function token(name: string, form: string, write: (seed: number) => string): Sample {
  return { name, form, path: "src/deploy.yml", write };
}

function pem(kind: "rsa" | "ec" | "ed25519", type: "pkcs1" | "pkcs8" | "sec1"): string {
  const { privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 1024 })
      : kind === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("ed25519");
  return privateKey
    .export({ type, format: "pem" } as never)
    .toString()
    .trim();
}
