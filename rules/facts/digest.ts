import { canonicalJson, sha256Hex } from "../canonical.ts";
import type { Facts } from "./facts.ts";

/** The sha256 (hex) of the facts' canonical JSON (RFC 8785). */
export function factsDigest(facts: Facts): string {
  return sha256Hex(canonicalJson(facts));
}
