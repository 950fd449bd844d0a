import { OWNERS_PLACES } from "../change/owners-places.ts";
import type { Capability, CapabilityReader } from "./capability.ts";
import { contentDigest } from "./holder-content.ts";
import { NotUnderstood, understand } from "./not-understood.ts";
import { MAX_OWNERS_BYTES } from "./owners/effective.ts";
import { ownersLines, type SkippedLine } from "./owners/lines.ts";
import { OWNER_KINDS } from "./owners/owner-grants.ts";
import { printable } from "./printable.ts";

/**
 * Reads `CODEOWNERS` at the places where GitHub does. By itself a version tells only the lines that
 * do not do what they seem to; who owns what is compared by `readOwners`, which needs both sides.
 */
export const owners: CapabilityReader = {
  name: "owners",
  kinds: { ...OWNER_KINDS, "owners.skipped": [] },
  maxBytes: MAX_OWNERS_BYTES,
  claims: (path) => (OWNERS_PLACES.includes(path) ? "grants" : null),
  read: (_path, content) =>
    understand(() => {
      if (content.length >= MAX_OWNERS_BYTES) {
        throw new NotUnderstood("too-large", "too large for GitHub to load");
      }
      return ownersLines(content).skipped.map(skippedLine);
    }),
};

function skippedLine({ why, text, line }: SkippedLine): Capability {
  return {
    kind: "owners.skipped",
    name: printable(text.trim()),
    holder: why,
    context: "",
    line,
    certainty: "exact",
    reach: [],
    holderContent: contentDigest(why, text.trim()),
  };
}
