import { canonicalJson } from "../canonical.ts";
import { compareBytes } from "../change/path-order.ts";
import type { Policy } from "../policy/policy-set.ts";
import type { Origin } from "../verdict/verdict.ts";
import { instantOf } from "./instant.ts";
import { mayGrant, type WaiverSettings } from "./settings.ts";
import type { Waiver } from "./waiver.ts";

/** What waivers are held against. `at` is when it is judged, the only clock; `repositoryId` null: unknown. */
export interface WaiverContext {
  readonly policies: readonly Pick<Policy, "id" | "document" | "waivable">[];
  readonly settings: WaiverSettings;
  readonly repositoryId: string | null;
  readonly at: string;
  readonly origin: Origin;
}

/** Why a waiver settles nothing. */
export type WhyVoid =
  | "incomplete"
  | "date-malformed"
  | "expired"
  | "not-yet"
  | "too-long"
  | "other-repository"
  | "other-policy"
  | "not-waivable"
  | "not-granted"
  | "file-ignored";

/** Why a waiver does not stand, null where it does: whatever is not proven right voids it. */
export function whyVoid(waiver: Waiver, context: WaiverContext): WhyVoid | null {
  if (!isComplete(waiver)) return "incomplete";
  const { source, repositoryId, policyId, document } = waiver;
  // There the ledger is the only source: what is granted is granted on the record.
  if (source === "file" && context.origin === "app") return "file-ignored";
  if (repositoryId !== context.repositoryId) return "other-repository";
  const policy = context.policies.find((one) => one.id === policyId && one.document === document);
  if (policy === undefined) return "other-policy";
  const { waivable = "record" } = policy;
  if (waivable === false || (source === "file" && waivable !== "file")) return "not-waivable";
  return (
    whyUntimely(waiver, context) ??
    (mayGrant(context.settings, waiver.grantedBy, source) ? null : "not-granted")
  );
}

/** The waivers that stand, each once, in one order whatever theirs was. */
export function standingWaivers(
  waivers: readonly Waiver[],
  context: WaiverContext,
): readonly Waiver[] {
  const standing = waivers.filter((waiver) => whyVoid(waiver, context) === null);
  const byText = new Map(standing.map((waiver) => [canonicalJson(waiver), waiver]));
  return [...byText].sort(([one], [other]) => compareBytes(one, other)).map(([, each]) => each);
}

const ID = /^[A-Za-z0-9._:-]{1,128}$/;
const HEX64 = /^[0-9a-f]{64}$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A file has nobody who granted: its author is not known. */
function isComplete(waiver: Waiver): boolean {
  const { id, document, commit, findings, owner, reason, grantedBy, source } = waiver;
  return (
    ID.test(id) &&
    HEX64.test(document) &&
    COMMIT.test(commit) &&
    findings.length > 0 &&
    findings.every((finding) => HEX64.test(finding)) &&
    owner.trim() !== "" &&
    reason.trim() !== "" &&
    (source === "file" || (grantedBy !== null && grantedBy.login.trim() !== ""))
  );
}

/** A waiver from the future would be as long as its maker likes. */
function whyUntimely({ at, expires }: Waiver, context: WaiverContext): WhyVoid | null {
  const [from, until, now] = [at, expires, context.at].map(instantOf);
  if (from == null || until == null || now == null) return "date-malformed";
  if (until <= now) return "expired";
  if (from > now) return "not-yet";
  return until - from > context.settings.longestMs ? "too-long" : null;
}
