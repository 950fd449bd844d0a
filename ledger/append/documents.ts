import { hash } from "node:crypto";
import type { Tip } from "../branch.ts";
import { LedgerError } from "../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../format/canonical.ts";
import { policyPath } from "../format/ledger-files.ts";

/** Refuses documents that are not what they are called: throws DRAFT_INVALID. */
export function refuseMisnamed(documents: ReadonlyMap<string, Uint8Array>): void {
  for (const [digest, bytes] of documents) {
    if (hash("sha256", bytes, "hex") !== digest) {
      throw new LedgerError("DRAFT_INVALID", "a policy document under another digest than its own");
    }
  }
}

/**
 * The documents that new records name under `policies` and the branch does not have as they are.
 *
 * Throws DRAFT_INVALID for one that is neither there nor handed over.
 */
export async function documentsNeeded(
  tip: Tip,
  predicates: readonly JsonObject[],
  documents: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const needed = new Map<string, Uint8Array>();
  for (const digest of new Set(predicates.flatMap(documentsNamed))) {
    const bytes = documents.get(digest);
    const there = await tip.read(policyPath(digest));
    if (bytes === undefined && there === null) {
      throw new LedgerError("DRAFT_INVALID", `the policy document ${digest} was not handed over`);
    }
    if (bytes !== undefined && (there === null || !Buffer.from(there).equals(bytes))) {
      needed.set(digest, bytes);
    }
  }
  return needed;
}

/** The policy documents (sha256, hex) that a predicate names under `policies`. */
export function documentsNamed(predicate: JsonObject): readonly string[] {
  const policies = predicate["policies"];
  if (!Array.isArray(policies)) return [];
  return (policies as readonly JsonValue[]).flatMap((policy) => {
    const digest = isJsonObject(policy) ? policy["digest"] : null;
    return typeof digest === "string" ? [digest] : [];
  });
}
