import { randomBytes } from "node:crypto";
import { placeBatch, signPlacement } from "./append/placement.ts";
import type { LedgerBranch } from "./branch.ts";
import { LedgerError } from "./errors.ts";
import { toBase64 } from "./format/base64.ts";
import { signEnvelope } from "./format/envelope.ts";
import type { SigningKey } from "./format/keys.ts";
import { ATTRIBUTES_TEXT, LEDGER_FILES, README_TEXT, trustPath } from "./format/ledger-files.ts";
import { originOf } from "./format/origin.ts";
import { formatPin } from "./format/pin.ts";
import { predicateType, STATEMENT_TYPE, type Statement } from "./format/statement.ts";
import { emptyRoot, Frontier } from "./format/tree.ts";
import { trustRootDigest, writeTrustRoot, type TrustRootDocument } from "./format/trust-root.ts";
import { RECORD_KINDS } from "./record.ts";

/** How a ledger begins. `repositories` are the ids that it is for; `origin` is `originOf(random)`. */
export interface GenesisOptions {
  readonly key: SigningKey;
  readonly repositories: readonly string[];
  readonly at: Date;
  readonly origin: string;
  /** Record 0's id: letters and digits. */
  readonly id: string;
}

/** The orphan commit that begins a ledger, and what an auditor pins of it. */
export interface Genesis {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
  readonly pin: string;
}

export interface InitOptions {
  readonly key: SigningKey;
  readonly repositories: readonly string[];
  readonly at: Date;
  /** Lower-case letters and digits, 16 to 64, never the same twice. */
  readonly randomId?: () => string;
}

/**
 * Makes a ledger's first commit: root 1 with `key` in all three roles, and record 0 (kind `trust`).
 *
 * Throws TRUST_INVALID for repositories or an origin that no root may have.
 */
export function createGenesis(options: GenesisOptions): Genesis {
  const { key, origin } = options;
  const trustRoot = writeTrustRoot(firstRoot(options), [key]);
  const digest = trustRootDigest(trustRoot);
  const line = signEnvelope(trustStatement(options, digest), key);
  const batch = { lines: [line], documents: new Map<string, Uint8Array>() };
  const placement = placeBatch(origin, new Frontier(), batch);
  const files = new Map([
    [LEDGER_FILES.readme, utf8(README_TEXT)],
    [LEDGER_FILES.attributes, utf8(ATTRIBUTES_TEXT)],
    [trustPath(1), trustRoot],
    ...signPlacement(placement, key),
  ]);
  const pin = formatPin({ ...placement.checkpoint, trustRoot: digest });
  return { files, message: placement.message, pin };
}

/**
 * Begins a ledger on a branch that does not exist, and returns its pin.
 *
 * Throws LEDGER_EXISTS where the branch is there, whatever stands on it: nothing is initialised twice.
 */
export async function initLedger(branch: LedgerBranch, options: InitOptions): Promise<string> {
  const { key, repositories, at, randomId = () => randomBytes(16).toString("hex") } = options;
  const origin = originOf(randomId());
  const genesis = createGenesis({ key, repositories, at, origin, id: randomId() });
  const outcome = await advanced(branch, genesis);
  if (outcome === "lost-race") throw exists();
  return genesis.pin;
}

/** An answer that was lost is found by reading: the origin is random, so our checkpoint is nobody else's. */
async function advanced(branch: LedgerBranch, genesis: Genesis): Promise<"advanced" | "lost-race"> {
  try {
    return await branch.advance(null, genesis.files, genesis.message);
  } catch (error) {
    const tip = await branch.tip();
    const found = (await tip?.read(LEDGER_FILES.checkpoint)) ?? null;
    const ours = genesis.files.get(LEDGER_FILES.checkpoint) ?? new Uint8Array(0);
    if (found !== null && Buffer.from(found).equals(ours)) return "advanced";
    throw error;
  }
}

function firstRoot({ key, repositories, origin }: GenesisOptions): TrustRootDocument {
  const { id, base64 } = key.public;
  const role = { keys: [id], threshold: 1 };
  return {
    version: 1,
    origin,
    keys: { [id]: { public: base64, kinds: [...RECORD_KINDS] } },
    roles: { root: role, records: role, checkpoint: role },
    repositories,
    revocations: [],
  };
}

function trustStatement({ origin, at, id }: GenesisOptions, root: string): Statement {
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: trustPath(1), digest: { sha256: root } }],
    predicateType: predicateType("trust"),
    predicate: {
      id,
      ledger: origin,
      at: at.toISOString(),
      observed: { size: 0, root: toBase64(emptyRoot()) },
      root,
      format: 1,
      predecessor: null,
    },
  };
}

function exists(): LedgerError {
  return new LedgerError("LEDGER_EXISTS", "the ledger branch exists already");
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
