import { randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { catchUp, refuseOlderHead } from "./append/catch-up.ts";
import { decide, type Decided } from "./append/decide.ts";
import { documentsNeeded, refuseMisnamed } from "./append/documents.ts";
import { openDurableFiles, type DurableFiles } from "./append/durable-files.ts";
import { pinOf, readHead, type ExpectedLedger, type Head } from "./append/head.ts";
import { Journal, type PendingBatch } from "./append/journal.ts";
import { LatestIndex } from "./append/latest-index.ts";
import { openLock, type Lock } from "./append/lock.ts";
import {
  isPlaced,
  placeBatch,
  signPlacement,
  type Batch,
  type Placement,
} from "./append/placement.ts";
import { standingRecords } from "./append/standing.ts";
import { standsElsewhere } from "./append/stale-journal.ts";
import { refuseUnfitKey } from "./append/writer-key.ts";
import type { LedgerBranch } from "./branch.ts";
import { LedgerError } from "./errors.ts";
import type { SigningKey } from "./format/keys.ts";
import type { Ledger, Observed, PlacedRecord, RecordDraft, StandingRecord } from "./record.ts";

/** What a ledger's one writer is made of. */
export interface SequencerParts {
  readonly branch: LedgerBranch;
  readonly key: SigningKey;
  readonly expected: ExpectedLedger;
  /** The writer's own folder, for this ledger alone. */
  readonly files: DurableFiles;
  readonly lock: Lock;
  /** A new record's id: letters and digits, never the same twice. */
  readonly randomId: () => string;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Where a writer keeps its journal, and which ledger it was set up for. */
export interface SequencerOptions {
  readonly branch: LedgerBranch;
  readonly key: SigningKey;
  /** sha256 (hex) of the `trust/1.root.json` that the configuration names. */
  readonly expectedRoot: string;
  readonly repositoryId: string;
  /** A folder on this machine that outlives the process; all writers on the machine share it. */
  readonly directory: string;
  readonly randomId?: () => string;
  readonly lockWaitMs?: number;
}

/**
 * Opens the writer's side of a ledger; nothing is read or made before the first call.
 *
 * Processes that share `directory` take turns. A ledger whose root is another has another folder
 * in it, so a changed configuration never meets a strange journal.
 */
export function openSequencer(options: SequencerOptions): Ledger {
  const { branch, key, expectedRoot: root, repositoryId, lockWaitMs } = options;
  if (!/^[0-9a-f]{64}$/.test(root)) {
    throw new LedgerError("ROOT_UNTRUSTED", "the expected trust root is not a sha256 in hex");
  }
  const directory = join(options.directory, root.slice(0, 16));
  return new Sequencer({
    ...{ branch, key, expected: { root, repositoryId } },
    files: openDurableFiles(directory),
    lock: openLock(join(directory, "lock"), lockWaitMs),
    randomId: options.randomId ?? (() => randomBytes(16).toString("hex")),
    pause,
  });
}

/** After each race that was lost, the longest wait before the branch is read again: 21 s in all. */
const LONGEST_WAITS_MS = [
  ...[100, 200, 400, 800, 1_600],
  ...[3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 0],
] as const;

/**
 * A ledger's one writer: reads the signed head, places a batch at its end, journals batch and root,
 * signs, and moves the branch.
 *
 * It never signs two roots for one size: what was journaled is placed before anything else, from the
 * same signed lines, so on the same head it is the same bytes. A head is judged by its content: one
 * that is smaller than what was seen, or does not continue it, stops every append.
 */
export class Sequencer implements Ledger {
  readonly #parts: SequencerParts;
  readonly #journal: Journal;
  readonly #latest: LatestIndex;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: SequencerParts) {
    this.#parts = parts;
    this.#journal = new Journal(parts.files);
    this.#latest = new LatestIndex(parts.files);
  }

  /** The head as it stands now, its signature and frontier verified. */
  async observe(): Promise<Observed> {
    // Noted first: what another process appends in between is then no head that was seen.
    const noted = await this.#journal.noted();
    const { checkpoint } = await this.#readHead();
    refuseOlderHead(checkpoint, noted);
    return { size: checkpoint.size, root: checkpoint.root };
  }

  /** Waits for its turn as an append does: it may have to read what others wrote since. */
  async standing(kind: "waiver" | "incident"): Promise<readonly StandingRecord[]> {
    const turn = this.#last.then(() =>
      this.#parts.lock.hold(async () => {
        const head = await this.#settledHead();
        return standingRecords(kind, { head, latest: this.#latest });
      }),
    );
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async append(
    drafts: readonly RecordDraft[],
    documents: ReadonlyMap<string, Uint8Array>,
  ): Promise<readonly PlacedRecord[]> {
    const turn = this.#last.then(() =>
      this.#parts.lock.hold(() => this.#appendLocked(drafts, documents)),
    );
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #appendLocked(
    drafts: readonly RecordDraft[],
    documents: ReadonlyMap<string, Uint8Array>,
  ): Promise<readonly PlacedRecord[]> {
    refuseMisnamed(documents);
    const head = await this.#recover(await this.#settledHead());
    const { key, randomId } = this.#parts;
    const decided = await decide(drafts, { head, key, randomId, latest: this.#latest });
    if (decided.lines.length === 0) return placesOf(decided, null, this.#pin(head.checkpoint));

    const needed = await documentsNeeded(head.tip, decided.predicates, documents);
    const placement = await this.#push(head, { lines: decided.lines, documents: needed });
    return placesOf(decided, placement, this.#pin(placement.checkpoint));
  }

  /** The head, proven to continue everything that was seen before. */
  async #settledHead(): Promise<Head> {
    const head = await this.#readHead();
    await catchUp(head, this.#journal, this.#latest);
    return head;
  }

  async #readHead(): Promise<Head> {
    const head = await readHead(this.#parts.branch, this.#parts.expected);
    refuseUnfitKey(head, this.#parts.key);
    return head;
  }

  /** Places what an earlier append journaled and may not have pushed. */
  async #recover(head: Head): Promise<Head> {
    const pending = await this.#journal.pending();
    if (pending === null) return head;
    if ((await isPlaced(head, pending)) || (await standsElsewhere(head, pending))) {
      await this.#journal.end();
      return head;
    }
    await this.#push(head, pending);
    return this.#settledHead();
  }

  /** Moves the branch to a head with this batch at its end; races are placed again, unchanged. */
  async #push(start: Head, batch: Batch): Promise<Placement> {
    let head = start;
    for (const longestWaitMs of LONGEST_WAITS_MS) {
      const placement = placeBatch(head.checkpoint.origin, head.frontier, batch);
      const pending = await this.#begin(head, placement, batch);
      const failure = await this.#advance(head, placement);
      if (failure !== "advanced") {
        // Writers that lost to each other would else meet again and again.
        if (failure === "lost-race") await this.#parts.pause(randomInt(longestWaitMs + 1));
        head = await this.#headAfter(failure);
        if (!(await isPlaced(head, pending))) {
          if (failure !== "lost-race") throw failure;
          continue;
        }
      }
      await this.#journal.note(placement.checkpoint);
      await this.#journal.end();
      return placement;
    }
    const races = LONGEST_WAITS_MS.length;
    throw new LedgerError("LOST_RACE", `other writers moved the branch first, ${races} times`);
  }

  /** Journals what is about to be signed; refuses a second root for a size that was. */
  async #begin(head: Head, placement: Placement, batch: Batch): Promise<PendingBatch> {
    const { size, root } = placement.checkpoint;
    const before = await this.#journal.pending();
    if (before?.result.size === size && before.result.root !== root) {
      throw new LedgerError("JOURNAL_CONFLICT", `another root was journaled for size ${size}`);
    }
    const base = { size: head.checkpoint.size, root: head.checkpoint.root };
    const pending = { base, result: { size, root }, ...batch };
    await this.#journal.begin(pending);
    return pending;
  }

  /** A failure may come after the branch moved: whoever asks has to read it. */
  async #advance(
    { tip }: Head,
    placement: Placement,
  ): Promise<"advanced" | "lost-race" | LedgerError> {
    const files = signPlacement(placement, this.#parts.key);
    try {
      return await this.#parts.branch.advance(tip.commit, files, placement.message);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : "for no stated reason";
      return new LedgerError("ADVANCE_FAILED", `the ledger branch was not moved: ${why}`, {
        cause,
      });
    }
  }

  /** What stands after a failure; where it cannot be read either, the failure is what is told. */
  async #headAfter(failure: "lost-race" | LedgerError): Promise<Head> {
    try {
      return await this.#settledHead();
    } catch (error) {
      throw error instanceof LedgerError || failure === "lost-race" ? error : failure;
    }
  }

  #pin(checkpoint: Head["checkpoint"]): string {
    return pinOf(checkpoint, this.#parts.expected);
  }
}

function placesOf(
  { outcomes }: Decided,
  placement: Placement | null,
  pin: string,
): readonly PlacedRecord[] {
  return outcomes.map((outcome) => {
    if ("index" in outcome) {
      return { index: outcome.index, leaf: outcome.leaf, pin, appended: false };
    }
    const { line, appended } = outcome;
    const leaf = Buffer.from(placement?.leaves[line] ?? []).toString("hex");
    return { index: (placement?.first ?? 0) + line, leaf, pin, appended };
  });
}
