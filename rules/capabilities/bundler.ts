import { readGemfile } from "./bundler/gemfile.ts";
import { readGemLock } from "./bundler/lock.ts";
import { decodeText } from "./data/text.ts";
import { type Form, MAX_BYTES, MAX_LOCK_BYTES, readerOfForms } from "./forms.ts";

const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)(?:Gemfile\.lock|gems\.locked|[^/]+\.gemfile\.lock)$/,
    claim: "grants",
    read: (content) => readGemLock(decodeText(content, MAX_LOCK_BYTES)),
  },
  {
    named: /(?:^|\/)(?:Gemfile|gems\.rb|[^/]*\.gemfile|[^/]*\.gemspec)$/,
    claim: "resembles",
    read: (content) => readGemfile(decodeText(content, MAX_BYTES)),
  },
];

/**
 * Reads Bundler's lock files, and of a `Gemfile` or `*.gemspec`, which are Ruby, the lines that look
 * as people write them.
 */
export const bundler = readerOfForms(
  "bundler",
  { "bundler.plugin": [], "bundler.extension": [], "bundler.checksums": [] },
  FORMS,
);
