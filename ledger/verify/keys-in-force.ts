import type { PublicKey } from "../format/keys.ts";
import type { VerificationCode } from "../errors.ts";

/** One keyset of the chain. `digest` is the sha256 (hex) of its file. */
export interface Keyset {
  readonly version: number;
  readonly digest: string;
  readonly keys: ReadonlyMap<string, PublicKey>;
  /** For each key (id) that may sign records, the kinds that it may sign. */
  readonly signers: ReadonlyMap<string, ReadonlySet<string>>;
  /** The keys that sign heads. */
  readonly checkpointKeys: readonly PublicKey[];
  /** For each revoked key (id) the first index that it may not sign. */
  readonly revokedFrom: ReadonlyMap<string, number>;
}

export interface KeyFault {
  readonly code: Extract<VerificationCode, "KEY_OUT_OF_SCOPE" | "KEY_OUT_OF_RANGE" | "KEY_REVOKED">;
  readonly what: string;
}

/**
 * Which keyset holds, record by record.
 *
 * Version 1 holds from index 0; each further one from the index of the `trust` record that names
 * its digest. Revocations of every version count whenever they were published: a stolen key is
 * revoked from an index that lies behind.
 */
export class KeysInForce {
  readonly #keysets: readonly Keyset[];
  #current = 0;

  /** `keysets` in the order of their versions, version 1 first. */
  constructor(keysets: readonly Keyset[]) {
    this.#keysets = keysets;
  }

  /** The version that holds now. */
  get version(): number {
    return this.#keysets[this.#current]?.version ?? 0;
  }

  /** Whether version 1 has this digest. */
  isFirst(digest: string): boolean {
    return this.#keysets[0]?.digest === digest;
  }

  /** A trust record names this digest: the next version's takes over, any other one is refused. */
  follow(digest: string): "follows" | "older" | "unknown" {
    const named = this.#keysets.findIndex((keyset) => keyset.digest === digest);
    if (named === this.#current + 1) {
      this.#current = named;
      return "follows";
    }
    return named === -1 || named > this.#current ? "unknown" : "older";
  }

  /** Why a key may not have signed a record of this kind at this index; null where it may. */
  fault(keyid: string, kind: string, index: number): KeyFault | null {
    const kinds = this.#keysets[this.#current]?.signers.get(keyid);
    const key = `key ${keyid}`;
    if (this.#keysets.some(({ revokedFrom }) => (revokedFrom.get(keyid) ?? Infinity) <= index)) {
      return { code: "KEY_REVOKED", what: `${key} was revoked from an index up to ${index}` };
    }
    if (kinds === undefined) return this.#outside(keyid);
    if (kinds.has(kind)) return null;
    return { code: "KEY_OUT_OF_SCOPE", what: `${key} may not sign records of kind ${kind}` };
  }

  #outside(keyid: string): KeyFault {
    const key = `key ${keyid}`;
    if (this.#keysets[this.#current]?.keys.has(keyid) === true) {
      return { code: "KEY_OUT_OF_SCOPE", what: `${key} may not sign records` };
    }
    return {
      code: "KEY_OUT_OF_RANGE",
      what: `${key} is not in keyset ${this.version}, which held`,
    };
  }
}
