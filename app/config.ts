import { createPrivateKey } from "node:crypto";
import * as z from "zod";
import { parseSigningKey, type SigningKey } from "../ledger/format/keys.ts";
import { AppError } from "./errors.ts";
import { LOG_LEVELS, type LogLevel } from "./log.ts";

/** All that the App is told by its environment. */
export interface Config {
  readonly appId: number;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly webhookPath: string;
  readonly host: string;
  readonly port: number;
  /** Base of the REST API, without a slash at its end. */
  readonly apiUrl: string;
  /** Base of pages and git, without a slash at its end. */
  readonly serverUrl: string;
  readonly dataDirectory: string;
  /** Signs records and checkpoints; null where this App keeps no ledger. */
  readonly signingKey: SigningKey | null;
  /** sha256 (hex) of each `trust/1.root.json` that it may append under. */
  readonly ledgerRoots: readonly string[];
  readonly writeSpacingMs: number;
  readonly logLevel: LogLevel;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Throws `CONFIG_INVALID` with one line a problem, each with its remedy. */
export function readConfig(environment: Environment, readText: (path: string) => string): Config {
  const { values, unread, files } = withFiles(withoutEmpty(environment), readText);
  const parsed = variables.safeParse(values);
  const issues = parsed.error?.issues.filter(({ path }) => !unread.has(String(path[0]))) ?? [];
  const problems = [...unread.values(), ...issues.map((issue) => problemLine(issue, files))];
  if (!parsed.success || problems.length > 0) throw invalid(problems);
  const { data } = parsed;
  return {
    appId: data.APP_ID,
    privateKey: data.PRIVATE_KEY,
    webhookSecret: data.WEBHOOK_SECRET,
    webhookPath: data.WEBHOOK_PATH,
    host: data.HOST,
    port: data.PORT,
    apiUrl: data.GITHUB_API_URL,
    serverUrl: data.GITHUB_SERVER_URL ?? serverOf(data.GITHUB_API_URL),
    dataDirectory: data.DATA_DIR,
    signingKey: data.BAILIFF_SIGNING_KEY ?? null,
    ledgerRoots: data.BAILIFF_LEDGER_ROOTS,
    writeSpacingMs: data.GITHUB_WRITE_SPACING_MS,
    logLevel: data.LOG_LEVEL,
  };
}

const MIN_SECRET_CHARACTERS = 16;

const rsaKey = z.string().transform((pem, context) => {
  try {
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    if (key.asymmetricKeyType === "rsa")
      return key.export({ type: "pkcs8", format: "pem" }).toString();
  } catch {
    // Told below, without a word of the key.
  }
  context.addIssue("is not an RSA key in PEM: download one from the App's settings (Private keys)");
  return z.NEVER;
});

const ed25519Key = z.string().transform((pem, context) => {
  try {
    return parseSigningKey(pem.replaceAll("\\n", "\n"));
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    context.addIssue(`cannot be used: ${why}`);
    return z.NEVER;
  }
});

const secret = z
  .string(
    "is missing: generate one with `openssl rand -hex 32` and enter it in the App's settings too",
  )
  .refine(
    (text) => text.trim().length >= MIN_SECRET_CHARACTERS,
    `is shorter than ${MIN_SECRET_CHARACTERS} characters: generate one with \`openssl rand -hex 32\` and enter it in the App's settings too`,
  );

const baseUrl = z
  .string()
  .refine(
    isSafeUrl,
    "is not an https URL (http is for loopback only): set it to your server's, such as https://api.github.com",
  )
  .transform((url) => url.replace(/\/+$/, ""));

const digests = z
  .string()
  .transform((text) => text.split(",").map((digest) => digest.trim()))
  .refine(
    (texts) => texts.every((text) => /^[0-9a-f]{64}$/.test(text)),
    "has something else than sha256 digests: set it to the last field of `bailiff ledger pin`, several with commas",
  );

function wholeNumber(remedy: string, { from, to = 2 ** 53 - 1 }: { from: number; to?: number }) {
  return z
    .string(`is missing: ${remedy}`)
    .regex(/^[0-9]{1,16}$/, `is not a number: ${remedy}`)
    .transform(Number)
    .refine((number) => number >= from && number <= to, `is out of range: ${remedy}`);
}

const variables = z.object({
  APP_ID: wholeNumber("copy it from the App's settings (App ID)", { from: 1 }),
  PRIVATE_KEY: z
    .string("is missing: set PRIVATE_KEY to the App's private key, or PRIVATE_KEY_PATH to its file")
    .pipe(rsaKey),
  WEBHOOK_SECRET: secret,
  WEBHOOK_PATH: z
    .string()
    .regex(
      /^(?:\/[A-Za-z0-9._-]+)+$/,
      "is not a plain path: set it to one such as /api/github/webhooks",
    )
    .default("/api/github/webhooks"),
  HOST: z.string().default("localhost"),
  PORT: wholeNumber("choose a port from 0 to 65535", { from: 0, to: 65_535 }).prefault("3000"),
  GITHUB_API_URL: baseUrl.prefault("https://api.github.com"),
  GITHUB_SERVER_URL: baseUrl.optional(),
  DATA_DIR: z.string().default("./data"),
  BAILIFF_SIGNING_KEY: ed25519Key.optional(),
  BAILIFF_LEDGER_ROOTS: digests.default([]),
  // GitHub asks for a second between writes; a server of your own may not need it.
  GITHUB_WRITE_SPACING_MS: wholeNumber("set milliseconds, such as 1000", {
    from: 0,
    to: 60_000,
  }).prefault("1000"),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `is not a level: choose one of ${LOG_LEVELS.join(", ")}`)
    .default("info"),
});

/** The variables with their files read. */
interface WithFiles {
  readonly values: Environment;
  /** A line for each variable whose file cannot be read. */
  readonly unread: ReadonlyMap<string, string>;
  /** What a variable is called in a message, where its value came from a file. */
  readonly files: ReadonlyMap<string, string>;
}

/** `PRIVATE_KEY_PATH` in the place of `PRIVATE_KEY`; a signing key may be its PEM or its file. */
function withFiles(environment: Environment, readText: (path: string) => string): WithFiles {
  const { PRIVATE_KEY, PRIVATE_KEY_PATH, BAILIFF_SIGNING_KEY } = environment;
  const values = { ...environment };
  const unread = new Map<string, string>();
  const files = new Map<string, string>();
  const read = (variable: string, named: string, path: string | undefined): void => {
    if (path === undefined) return;
    try {
      values[variable] = readText(path);
      files.set(variable, `${named} names a file that`);
    } catch {
      // The path is not printed: it may be a key that was pasted where its file was expected.
      const remedy = "set it to a readable PEM file";
      unread.set(variable, `${named} names a file that cannot be read: ${remedy}`);
    }
  };
  if (PRIVATE_KEY === undefined) read("PRIVATE_KEY", "PRIVATE_KEY_PATH", PRIVATE_KEY_PATH);
  if (BAILIFF_SIGNING_KEY?.includes("-----BEGIN") === false) {
    read("BAILIFF_SIGNING_KEY", "BAILIFF_SIGNING_KEY", BAILIFF_SIGNING_KEY);
  }
  return { values, unread, files };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}

function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "") return false;
  const loopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback);
}

/** github.com keeps its API on a host of its own, an Enterprise Server under `/api/v3`. */
function serverOf(apiUrl: string): string {
  return apiUrl.replace(/\/api\/v3$/, "").replace(/^https:\/\/api\./, "https://");
}

function problemLine({ path, message }: z.core.$ZodIssue, files: WithFiles["files"]): string {
  const variable = String(path[0]);
  return `${files.get(variable) ?? variable} ${message}`;
}

function invalid(problems: readonly string[]): AppError {
  return new AppError(
    "CONFIG_INVALID",
    problems.join("\n"),
    "Set these variables and start again.",
  );
}
