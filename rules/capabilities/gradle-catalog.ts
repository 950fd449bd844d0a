import { wrapped } from "./build-wrapper.ts";
import { decodeText } from "./data/text.ts";
import { parseToml } from "./data/toml.ts";
import { parseXml } from "./data/xml.ts";
import { type Form, MAX_BYTES, MAX_LOCK_BYTES, readerOfForms } from "./forms.ts";
import { readCatalog } from "./gradle-catalog/catalog.ts";
import { readGradleLock } from "./gradle-catalog/lock.ts";
import { readVerification } from "./gradle-catalog/verification.ts";

/** Hosts that serve Gradle itself. */
const OWN_HOSTS = ["services.gradle.org", "downloads.gradle.org"];

const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)[^/]+\.versions\.toml$/,
    claim: "grants",
    read: (content) => readCatalog(parseToml(content, MAX_BYTES)),
  },
  {
    named: /(?:^|\/)gradle\/wrapper\/gradle-wrapper\.properties$/,
    claim: "grants",
    read: (content) => ({
      dependencies: wrapped(content, { name: "gradle", key: "distribution", ownHosts: OWN_HOSTS }),
    }),
  },
  {
    named:
      /(?:^|\/)(?:(?:buildscript-)?gradle\.lockfile|gradle\/dependency-locks\/[^/]+\.lockfile)$/,
    claim: "grants",
    read: (content) => readGradleLock(decodeText(content, MAX_LOCK_BYTES)),
  },
  {
    named: /(?:^|\/)gradle\/verification-metadata\.xml$/,
    claim: "grants",
    read: (content) => readVerification(parseXml(content, MAX_LOCK_BYTES)),
  },
];

/**
 * Reads Gradle's catalogs of versions, its wrapper, its lock files and its digests. Build scripts are
 * code, and not read.
 */
export const gradleCatalog = readerOfForms(
  "gradle-catalog",
  { "gradle.verification": [], "gradle.unverified": [] },
  FORMS,
);
