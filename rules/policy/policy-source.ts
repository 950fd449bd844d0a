import { sha256Hex } from "../canonical.ts";
import type { PolicySource } from "./policy-set.ts";

/** Where a repository keeps its policies. */
export const POLICY_PATH = ".github/bailiff.yml";

/** The cases that stand beside them. */
export const CASES_PATH = ".github/bailiff.test.yml";

/** More than a policy file may have: loading it tells the limit, this one keeps a host's memory. */
export const MAX_POLICY_READ_BYTES = 1024 * 1024;

/** Where a policy document comes from; what does not apply to it is left out. */
type Place = Pick<PolicySource, "path"> & Partial<Pick<PolicySource, "repoId" | "ref" | "commit">>;

/** A policy document with its digest. */
export function policySource(bytes: Uint8Array, place: Place): PolicySource {
  return { repoId: null, ref: null, commit: null, ...place, digest: sha256Hex(bytes), bytes };
}
