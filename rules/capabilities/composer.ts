import { readComposerLock } from "./composer/lock.ts";
import { readComposer } from "./composer/manifest.ts";
import { parseJson } from "./data/json.ts";
import { type Form, MAX_BYTES, MAX_LOCK_BYTES, readerOfForms } from "./forms.ts";

const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)composer\.json$/,
    claim: "grants",
    read: (content) => readComposer(parseJson(content, { maxBytes: MAX_BYTES })),
  },
  {
    named: /(?:^|\/)composer\.lock$/,
    claim: "grants",
    read: (content) => readComposerLock(parseJson(content, { maxBytes: MAX_LOCK_BYTES })),
  },
];

/** Reads projects of Composer and their lock files. */
export const composer = readerOfForms(
  "composer",
  {
    "composer.script": ["create", "install"],
    "composer.allowed-plugin": [],
    "composer.setting": [],
  },
  FORMS,
);
