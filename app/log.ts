import type { Logger } from "probot";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object a line. Fields come before the message's own words: `{ pull: 42 }`. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

type LogFields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes one line, without its line break. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
  /** Texts that must never be printed, whatever brought them here; as they are, not escaped. */
  readonly secrets: readonly string[];
}

/**
 * The only fields that are printed. Libraries log whole payloads, request bodies and errors that
 * carry both: an allow-list cannot forget one, as a list of forbidden paths would.
 */
const PRINTED_FIELDS = new Set([
  "attempt",
  "branch",
  "code",
  "decision",
  "delivery",
  "event",
  "head",
  "outcome",
  "pull",
  "pulls",
  "reason",
  "record",
  "remedy",
  "repository",
  "status",
  "tries",
  "url",
  "waitMs",
]);

const MAX_TEXT = 400;

/** Installation, personal and OAuth tokens (old and stateless), JSON Web Tokens, Basic and Bearer credentials, keys in PEM. */
const TOKENS =
  /\bgh[a-z]_[A-Za-z0-9_.-]{16,}|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+|\b(?:basic|bearer|token) [A-Za-z0-9+/=_.-]{16,}|-----BEGIN[A-Z ]* PRIVATE KEY-----[A-Za-z0-9+/=\\]*(?:-----END[A-Z ]*-----)?/gi;

export function createLog(options: LogOptions): Log {
  const secrets = options.secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const lowest = LOG_LEVELS.indexOf(options.level);
  const print = (level: LogLevel, message: string, fields: LogFields) => {
    if (LOG_LEVELS.indexOf(level) < lowest) return;
    const line = {
      time: options.now().toISOString(),
      level,
      message: shortText(message),
      ...printed(fields),
    };
    options.write(withoutSecrets(JSON.stringify(line), secrets));
  };
  return {
    debug: (message, fields = {}) => {
      print("debug", message, fields);
    },
    info: (message, fields = {}) => {
      print("info", message, fields);
    },
    warn: (message, fields = {}) => {
      print("warn", message, fields);
    },
    error: (message, fields = {}) => {
      print("error", message, fields);
    },
  };
}

/**
 * The log as Probot and octokit call it: `log.level(fields?, message?)`, `log.child(fields)`.
 *
 * Probot asks for the whole of pino's Logger and calls these five of it.
 */
export function probotLog(log: Log): Logger {
  const at = (level: LogLevel) => (first: unknown, second?: unknown) => {
    const message = typeof first === "string" ? first : second;
    log[level](typeof message === "string" ? message : "probot", fieldsOf(first));
  };
  const logger = {
    trace: at("debug"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    fatal: at("error"),
    child: () => logger,
  };
  return logger as unknown as Logger;
}

function fieldsOf(value: unknown): LogFields {
  if (value instanceof Error) return { error: value };
  return typeof value === "object" && value !== null ? (value as LogFields) : {};
}

function printed(fields: LogFields): LogFields {
  const kept = Object.entries(fields)
    .filter(([name]) => PRINTED_FIELDS.has(name))
    .flatMap(([name, value]) => (isPlain(value) ? [[name, plain(value)]] : []));
  const { error } = fields;
  return {
    ...(Object.fromEntries(kept) as LogFields),
    ...(error instanceof Error && { error: printedError(error) }),
  };
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function plain(value: string | number | boolean): string | number | boolean {
  return typeof value === "string" ? shortText(value) : value;
}

/** Name, code, place and the first line of the message; never the fields that libraries hang on errors. */
function printedError(error: Error): LogFields {
  const { code, status } = error as { code?: unknown; status?: unknown };
  return {
    name: error.name,
    message: shortText(error.message),
    ...(isPlain(code) && { code: plain(code) }),
    ...(isPlain(status) && { status: plain(status) }),
    at: (error.stack ?? "").match(/^ {4}at .*$/gm)?.slice(0, 4) ?? [],
    ...(error.cause instanceof Error && { cause: printedError(error.cause) }),
  };
}

function shortText(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}

function withoutSecrets(line: string, secrets: readonly string[]): string {
  const known = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), line);
  return known.replace(TOKENS, "[token]");
}
