import { toBase64 } from "../../ledger/format/base64.ts";
import { batchPath, formatBatch } from "../../ledger/format/batch.ts";
import type { JsonObject } from "../../ledger/format/canonical.ts";
import { signCheckpoint } from "../../ledger/format/checkpoint.ts";
import { openEnvelope, signEnvelope } from "../../ledger/format/envelope.ts";
import { formatFrontier } from "../../ledger/format/frontier-file.ts";
import { generateSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import { recordLeaf } from "../../ledger/format/leaf.ts";
import { ATTRIBUTES_TEXT, README_TEXT } from "../../ledger/format/ledger-files.ts";
import { commitMessage } from "../../ledger/format/message.ts";
import { emptyRoot, Frontier } from "../../ledger/format/tree.ts";
import type { Pin } from "../../ledger/format/pin.ts";
import {
  trustRootDigest,
  writeTrustRoot,
  type TrustRootDocument,
} from "../../ledger/format/trust-root.ts";
import type { FixtureFile } from "../git/fixture-repository.ts";
import type { PlannedCommit } from "./fake-clone.ts";
import {
  digestOf,
  DOCUMENT,
  ORIGIN,
  REPOSITORY_ID,
  statementOf,
  verdictPredicateOf,
  type VerdictFixture,
} from "./verdict-fixture.ts";

type Files = Readonly<Record<string, FixtureFile>>;

/** The key that every ledger of these tests begins with, in all three roles. */
export const LEDGER_KEY = generateSigningKey().key;

/** What a commit does beside placing its lines; its files win. */
export interface Placing {
  readonly files?: Files;
  readonly message?: string;
  /** Signs the head instead of the ledger's key. */
  readonly checkpointKey?: SigningKey;
  /** The kinds under which lines stand in the tree, where they are not the ones that they say. */
  readonly leafKind?: string;
}

/** Writes a ledger as its sequencer would, or as somebody who holds its keys could. */
export class LedgerBuilder {
  readonly commits: PlannedCommit[] = [];
  readonly #frontier = new Frontier();
  readonly #firstRoot: Uint8Array;

  /** `change` varies the first keyset; `first` stands at index 0 instead of the record that names it. */
  constructor(change: Partial<TrustRootDocument> = {}, first?: Uint8Array) {
    this.#firstRoot = writeTrustRoot(rootDocument(change), [LEDGER_KEY]);
    this.place([first ?? trustLine(this.#firstRoot)], {
      files: {
        "README.md": README_TEXT,
        ".gitattributes": ATTRIBUTES_TEXT,
        "trust/1.root.json": this.#firstRoot,
      },
    });
  }

  get size(): number {
    return this.#frontier.size;
  }

  get pin(): Pin {
    const { size } = this;
    const root = toBase64(this.#frontier.root());
    return { origin: ORIGIN, size, root, trustRoot: trustRootDigest(this.#firstRoot) };
  }

  /** One commit that places these lines as one batch, with everything that the format asks for. */
  place(lines: readonly Uint8Array[], placing: Placing = {}): this {
    const first = this.size;
    for (const line of lines) {
      this.#frontier.append(recordLeaf(placing.leafKind ?? openEnvelope(line).kind, line));
    }
    const root = toBase64(this.#frontier.root());
    const head = { origin: ORIGIN, size: this.size, root };
    this.commits.push({
      message: placing.message ?? commitMessage(lines.map(openEnvelope)),
      files: {
        [batchPath(first, lines.length)]: formatBatch(lines),
        frontier: formatFrontier(this.#frontier),
        checkpoint: signCheckpoint(head, placing.checkpointKey ?? LEDGER_KEY),
        ...placing.files,
      },
    });
    return this;
  }

  /** One commit that places these verdicts, with the policy document that judged them. */
  verdicts(...fixtures: readonly VerdictFixture[]): this {
    const path = `policies/${digestOf(DOCUMENT)}`;
    const known = this.commits.some((commit) => path in commit.files);
    const files: Files = known ? {} : { [path]: DOCUMENT };
    return this.place(
      fixtures.map((fixture) => verdictLine(fixture)),
      { files },
    );
  }

  /** What an attacker does who can only push: a commit that leaves everything else as it is. */
  commit(files: Files, message = "tidy up\n"): this {
    this.commits.push({ message, files });
    return this;
  }
}

/** Record 0 and four verdicts in three batches. */
export function sampleLedger(): LedgerBuilder {
  return new LedgerBuilder()
    .verdicts({ id: "1" })
    .verdicts({ id: "2", number: 43, decision: "ALLOW" }, { id: "3", number: 44 })
    .verdicts({ id: "4", decision: "ALLOW", approvedBy: "bo" });
}

export function verdictLine(fixture: VerdictFixture = {}, key = LEDGER_KEY): Uint8Array {
  return recordLine("verdict", verdictPredicateOf(fixture), key);
}

export function recordLine(kind: string, predicate: JsonObject, key = LEDGER_KEY): Uint8Array {
  return signEnvelope(statementOf(kind, predicate), key);
}

/** The trust record that names a keyset's file. */
export function trustLine(root: Uint8Array, key = LEDGER_KEY): Uint8Array {
  return recordLine(
    "trust",
    { ...common(), root: trustRootDigest(root), format: 1, predecessor: null },
    key,
  );
}

/** A predicate of a kind that this version does not know. */
export function common(more: JsonObject = {}): JsonObject {
  return {
    id: "0011223344556677",
    ledger: ORIGIN,
    at: "2026-01-02T03:04:05Z",
    observed: { size: 0, root: toBase64(emptyRoot()) },
    ...more,
  };
}

/** A keyset in which one key has all three roles, but for what changes. */
export function rootDocument(change: Partial<TrustRootDocument> = {}): TrustRootDocument {
  const role = { keys: [LEDGER_KEY.public.id], threshold: 1 };
  return {
    version: 1,
    origin: ORIGIN,
    keys: keysOf(LEDGER_KEY),
    roles: { root: role, records: role, checkpoint: role },
    repositories: [REPOSITORY_ID],
    revocations: [],
    ...change,
  };
}

/** The keys of a keyset, each for the same kinds. */
export function keysOf(...keys: readonly SigningKey[]): TrustRootDocument["keys"] {
  const kinds = ["verdict", "trust", "omission", "execution"];
  return Object.fromEntries(
    keys.map(({ public: { id, base64 } }) => [id, { public: base64, kinds }]),
  );
}
