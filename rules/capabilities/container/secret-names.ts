/**
 * Whether a variable's name says that it holds a secret (heuristic): `NPM_TOKEN`, `dbPassword`,
 * `AWS_SECRET_ACCESS_KEY`; not `TOKEN_FILE`, which says where one is.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, MAX_LENGTH)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/);
  if (ABOUT.has(words.at(-1) ?? "")) return false;
  return words.some((word) => SECRETS.has(word)) || PAIRS.test(words.join("_"));
}

/** Whether a value is a secret itself, as far as it looks: no number, path, switch or variable. */
export function isLiteralSecret(value: string): boolean {
  const text = value.trim();
  if (text === "" || /^(?:true|false|yes|no|none|null|on|off|\d{1,5})$/i.test(text)) return false;
  return !/^[/.~<]|[$%{]/.test(text);
}

const MAX_LENGTH = 200;

const SECRETS = new Set([
  "APIKEY",
  "CREDENTIAL",
  "CREDENTIALS",
  "PASSPHRASE",
  "PASSWD",
  "PASSWORD",
  "SECRET",
  "SECRETS",
  "TOKEN",
]);

const PAIRS = /(?:^|_)(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|MASTER|AUTH|DEPLOY)_KEY(?:_|$)/;

/** What ends in one of these is told about a secret. */
const ABOUT = new Set([
  ...[
    "ALGORITHM",
    "DIR",
    "ENABLED",
    "ENDPOINT",
    "EXPIRY",
    "FILE",
    "FOLDER",
    "HOST",
    "ID",
    "ISSUER",
  ],
  ...[
    "LENGTH",
    "LIFETIME",
    "NAME",
    "PATH",
    "POLICY",
    "PREFIX",
    "TTL",
    "TYPE",
    "URI",
    "URL",
    "USER",
  ],
]);
