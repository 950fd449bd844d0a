import canonicalize from "canonicalize";
import { LedgerError } from "../errors.ts";

/** A JSON value as RFC 8259 has it. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** How deep values may nest: far above any record, far below what a stack holds. */
const MAX_DEPTH = 64;

/**
 * The RFC 8785 form of `value` in UTF-8.
 *
 * Throws NOT_CANONICAL for what has no such form that every reader agrees on: lone surrogates,
 * integers beyond 2^53 - 1, numbers that are not finite, `undefined`, and nesting over 64.
 */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/**
 * Reads bytes that must equal their own RFC 8785 form.
 *
 * Throws TOO_LARGE above `maxBytes` (before parsing) and NOT_CANONICAL for everything else: invalid
 * UTF-8, a byte order mark, whitespace, unsorted or duplicate keys, another spelling of a number.
 */
export function parseCanonical(bytes: Uint8Array, maxBytes: number): JsonValue {
  if (bytes.length > maxBytes) {
    throw new LedgerError("TOO_LARGE", `${bytes.length} bytes, at most ${maxBytes} are read`);
  }
  const text = utf8Text(bytes);
  const value = jsonValue(text);
  if (!isPlainlyCanonical(value, text) && canonicalText(value) !== text) {
    throw new LedgerError("NOT_CANONICAL", "the JSON is not in its canonical form (RFC 8785)");
  }
  return value;
}

/** Whether `value` is a JSON object: not null, not an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether `text` is what JSON.stringify makes of `value`, with well-formed strings and sorted keys:
 * RFC 8785 is defined as that. False proves nothing (JSON.parse moves keys that look like numbers),
 * true spares the audit of a long ledger most of its time.
 */
function isPlainlyCanonical(value: JsonValue, text: string): boolean {
  // JSON.stringify escapes no surrogate but a lone one, and nests as deep as the stack.
  return !text.includes("\\ud") && isPlain(value, 0) && JSON.stringify(value) === text;
}

function isPlain(value: JsonValue, depth: number): boolean {
  if (typeof value === "number") return isExact(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).every((item) => isPlain(item, depth + 1));
  let before = "";
  for (const key of Object.keys(value)) {
    const member = (value as JsonObject)[key];
    if (key < before || member === undefined || !isPlain(member, depth + 1)) return false;
    before = key;
  }
  return true;
}

function canonicalText(value: JsonValue): string {
  refuseAmbiguous(value, 0);
  try {
    return canonicalize(value) as string;
  } catch (cause) {
    throw new LedgerError("NOT_CANONICAL", "a string holds a lone surrogate", { cause });
  }
}

function refuseAmbiguous(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new LedgerError("NOT_CANONICAL", `JSON nested deeper than ${MAX_DEPTH}`);
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    refuseNumber(value);
  } else if (typeof value === "object") {
    for (const member of Object.values(value)) {
      refuseAmbiguous(member, depth + 1);
    }
  } else {
    throw new LedgerError("NOT_CANONICAL", `JSON has no ${typeof value}`);
  }
}

function refuseNumber(value: number): void {
  if (!isExact(value)) {
    throw new LedgerError("NOT_CANONICAL", "a number that not every reader holds exactly");
  }
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function utf8Text(bytes: Uint8Array): string {
  try {
    // Without ignoreBOM a byte order mark would vanish here, and two spellings be one.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LedgerError("NOT_CANONICAL", "not UTF-8", { cause });
  }
}

function jsonValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new LedgerError("NOT_CANONICAL", "not JSON", { cause });
  }
}
