import type { CapabilityReader } from "./capability.ts";
import { claimsNamed, MAX_YAML_LOCK_BYTES } from "./npm/claims.ts";
import { lockKinds } from "./npm/locked-packages.ts";
import { readBerryLock } from "./npm/yarn-berry.ts";
import { readClassicLock } from "./npm/yarn-classic.ts";
import { understandAll } from "./not-understood.ts";

/**
 * Reads `yarn.lock`, of yarn 1 and of the later ones, which tell each other's by its first comment.
 *
 * Source: classic.yarnpkg.com/en/docs/yarn-lock; yarnpkg.com/advanced/lexicon#lockfile.
 */
export const yarnLock: CapabilityReader = {
  name: "yarn-lock",
  kinds: lockKinds,
  maxBytes: MAX_YAML_LOCK_BYTES,
  claims: claimsNamed(["yarn.lock"]),
  read: (_path, content) =>
    understandAll(() => {
      const read = isBerry(content) ? readBerryLock : readClassicLock;
      return read(content, MAX_YAML_LOCK_BYTES).reading();
    }),
};

/** In the comments that a file begins with, as every yarn looks for it. */
const CLASSIC = /^\uFEFF?(?:#.*\r?\n)*?#\s+yarn\s+lockfile\s+v1\r?\n/i;

/** Only later ones write it, wherever it stands. */
const METADATA = /^["']?__metadata["']?\s*:/m;

function isBerry(content: Uint8Array): boolean {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
  return !CLASSIC.test(text) && METADATA.test(text);
}
