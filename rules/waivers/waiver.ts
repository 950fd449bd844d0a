/** Where a waiver is kept: as a record of the ledger, or in a file beside the policies. */
export type WaiverSource = "record" | "file";

/**
 * Who did something. `proven` says whether a host stands behind `login`; only then `via` counts, how
 * the standing was proven (`team:acme/security`, `role:admin`).
 */
export interface NamedActor {
  readonly login: string;
  readonly proven: boolean;
  readonly via: readonly string[];
}

/**
 * An exception from one policy for the findings that it names, in one repository, until it ends.
 *
 * `document` is the sha256 (hex) of the policy's document, `commit` the head whose findings these
 * are, `findings` their fingerprints (sha256, hex). `grantedBy` is null where nobody can tell (a
 * file). `at` and `expires` are times as `instantOf` reads them. Nothing of it is optional.
 */
export interface Waiver {
  readonly id: string;
  readonly source: WaiverSource;
  readonly policyId: string;
  readonly document: string;
  readonly repositoryId: string;
  readonly commit: string;
  readonly findings: readonly string[];
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly grantedBy: NamedActor | null;
  readonly at: string;
}
