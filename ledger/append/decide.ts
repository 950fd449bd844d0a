import type { Tip } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import type { JsonObject } from "../format/canonical.ts";
import { openEnvelope, signEnvelope, verifyEnvelope } from "../format/envelope.ts";
import type { SigningKey } from "../format/keys.ts";
import { recordLeaf } from "../format/leaf.ts";
import type { Statement } from "../format/statement.ts";
import type { RecordDraft } from "../record.ts";
import { readBatchAt } from "./batches.ts";
import { catchUpAgain } from "./catch-up.ts";
import { statementOf } from "./drafts.ts";
import type { Head } from "./head.ts";
import type { LatestIndex, RecordPlace } from "./latest-index.ts";
import { latestKey, sayingOf } from "./sameness.ts";
import { maySign } from "./writer-key.ts";

/** What deciding needs: the head (caught up with), the key, ids, and the latest records. */
export interface DecideContext {
  readonly head: Head;
  readonly key: SigningKey;
  readonly randomId: () => string;
  readonly latest: LatestIndex;
}

/** A draft that an equal latest record made unnecessary, or the line that it became (or repeats). */
type Outcome =
  | { readonly index: number; readonly leaf: string }
  | { readonly line: number; readonly appended: boolean };

/** What becomes of each draft, in order, and the signed lines to place with their predicates. */
export interface Decided {
  readonly outcomes: readonly Outcome[];
  readonly lines: readonly Uint8Array[];
  readonly predicates: readonly JsonObject[];
}

/** The latest record of a key: what it says, its leaf (hex), and where it is. */
interface Latest {
  readonly saying: string;
  readonly leaf: string;
  readonly outcome: Outcome;
}

/**
 * Signs each draft that says something new, and skips each that the latest record of its kind,
 * action, subject and origin already says under a key that still holds. So ALLOW, DENY, ALLOW are
 * three records, and ALLOW twice is one.
 *
 * Throws KEY_OUT_OF_SCOPE for a kind that the key may not sign, DRAFT_INVALID, TOO_LARGE.
 */
export async function decide(
  drafts: readonly RecordDraft[],
  context: DecideContext,
): Promise<Decided> {
  const outcomes: Outcome[] = [];
  const lines: Uint8Array[] = [];
  const predicates: JsonObject[] = [];
  const inThisBatch = new Map<string, Latest>();
  for (const draft of drafts) {
    const unordered = statementFor(draft, null, context);
    const key = latestKey(unordered);
    const before = inThisBatch.get(key) ?? (await latestOnBranch(key, context));
    if (before?.saying === sayingOf(unordered)) {
      const { outcome } = before;
      outcomes.push("line" in outcome ? { ...outcome, appended: false } : outcome);
      continue;
    }
    const outcome = { line: lines.length, appended: true };
    const { line, statement, leaf } = signed(draft, before?.leaf ?? null, context);
    inThisBatch.set(key, { saying: sayingOf(statement), leaf, outcome });
    outcomes.push(outcome);
    lines.push(line);
    predicates.push(statement.predicate);
  }
  return { outcomes, lines, predicates };
}

function statementFor(
  draft: RecordDraft,
  supersedes: string | null,
  { head, randomId }: DecideContext,
): Statement {
  return statementOf(draft, { id: randomId(), ledger: head.checkpoint.origin, supersedes });
}

function signed(draft: RecordDraft, supersedes: string | null, context: DecideContext) {
  const { head, key } = context;
  const { kind } = draft;
  if (!maySign(head.trust, key.public.id, { kind, index: head.checkpoint.size })) {
    const { id } = key.public;
    throw new LedgerError("KEY_OUT_OF_SCOPE", `key ${id} may not sign records of kind ${kind}`);
  }
  const statement = statementFor(draft, supersedes, context);
  const line = signEnvelope(statement, key);
  return { statement, line, leaf: Buffer.from(recordLeaf(kind, line)).toString("hex") };
}

/** The index is a cache: what it points to is read from the branch, and is made again if it lies. */
async function latestOnBranch(key: string, context: DecideContext): Promise<Latest | null> {
  const found = await readLatest(key, context);
  if (found !== "misplaced") return found;
  await catchUpAgain(context.head, context.latest);
  const again = await readLatest(key, context);
  return again === "misplaced" ? null : again;
}

async function readLatest(
  key: string,
  { head, latest }: DecideContext,
): Promise<Latest | "misplaced" | null> {
  const place = await latest.find(key);
  if (place === null) return null;
  const { index } = place;
  if (index >= head.checkpoint.size) return "misplaced";
  const opened = await recordAt(head.tip, place);
  if (opened === null || latestKey(opened.statement) !== key) return "misplaced";
  const leaf = Buffer.from(recordLeaf(opened.kind, opened.line)).toString("hex");
  const signer = head.trust.keys.get(opened.keyid);
  const holds =
    signer !== undefined &&
    maySign(head.trust, opened.keyid, { kind: opened.kind, index }) &&
    (await verifyEnvelope(opened, signer));
  const saying = holds ? sayingOf(opened.statement) : "";
  return { saying, leaf, outcome: { index, leaf } };
}

/** The record at a place; null where there is none: batches may have been put into one since. */
async function recordAt(tip: Tip, { first, index }: RecordPlace) {
  try {
    const line = (await readBatchAt(tip, first)).lines[index - first];
    return line === undefined ? null : { line, ...openEnvelope(line) };
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}
