import { realpath } from "node:fs/promises";
import { resolve } from "node:path";

/** The signing key as it was given: what is in it, and the file that it was read from, if any. */
export interface GivenSecret {
  readonly pem: string;
  readonly path: string | null;
}

/**
 * What a governed command inherits: the environment less Bailiff's own credentials.
 *
 * Withheld are `BAILIFF_*`; each variable whose value holds the signing key, or is the path of its
 * file, whatever its name; and, where `APP_ID` says that this is the App's environment, the App's
 * key and webhook secret. Withheld are, too, the variables that turn git away from the repository
 * of its folder, since that is the one that was judged. All else is the user's, and so is the
 * command.
 */
export async function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  key: GivenSecret | null,
): Promise<Readonly<Record<string, string>>> {
  const secrets = [env["BAILIFF_SIGNING_KEY"], key?.pem].map(bodyOf).filter((body) => body !== "");
  const keyPath = key?.path == null ? null : await placeOf(key.path);
  const isApps = (env["APP_ID"] ?? "") !== "";
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || /^BAILIFF_/i.test(name) || OTHER_REPOSITORY.has(name)) continue;
    if (isApps && APP_SECRETS.test(name)) continue;
    if (holdsOne(value, secrets)) continue;
    if (keyPath !== null && value !== "" && (await placeOf(value)) === keyPath) continue;
    kept[name] = value;
  }
  return kept;
}

const APP_SECRETS = /^(?:PRIVATE_KEY|WEBHOOK_SECRET)(?:_FILE|_PATH)?$/;

/** A hook of git has some of them set; without them git finds the same repository by its folder. */
const OTHER_REPOSITORY: ReadonlySet<string> = new Set([
  "GIT_DIR",
  "GIT_COMMON_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_NAMESPACE",
]);

/** `-----BEGIN PRIVATE KEY-----`, the key in base64, `-----END …`: the key alone, "" for no PEM. */
function bodyOf(pem: string | undefined): string {
  return /-----BEGIN[A-Z]+-----([A-Za-z0-9+/=]+)-----END/.exec(essence(pem ?? ""))?.[1] ?? "";
}

/** A PEM is the same with its line breaks written `\n`, or without them. */
function essence(text: string): string {
  return text.replaceAll(/\\[nr]|\s/g, "");
}

/** Alone, in a larger text, or in base64 once more, as secrets of several lines are kept. */
function holdsOne(value: string, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false;
  const texts = [value, Buffer.from(value, "base64").toString("latin1")].map(essence);
  return secrets.some((secret) => texts.some((text) => text.includes(secret)));
}

async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
