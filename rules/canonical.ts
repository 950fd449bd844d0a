import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { RulesError } from "./rules-error.ts";

const encoder = new TextEncoder();

/**
 * The canonical JSON of a value (RFC 8785): sorted keys, no spaces, one spelling of each value.
 *
 * Throws `NOT_CANONICAL` for what has none: undefined, NaN, infinities, lone surrogates, cycles.
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new RulesError("NOT_CANONICAL", "a value has no canonical JSON", { cause });
  }
  if (text === undefined) throw new RulesError("NOT_CANONICAL", "undefined has no canonical JSON");
  return text;
}

/** The sha256 of bytes, or of a text's UTF-8, as 64 hex digits. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === "string" ? encoder.encode(data) : data));
}
