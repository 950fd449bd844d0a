import type { Override } from "../break-glass/override.ts";
import type { Contribution } from "../policy/approvals/approval-rule.ts";
import type { Certainty } from "../capabilities/capability.ts";
import type { FileMode, Side } from "../change/listing.ts";
import type { Waiver } from "../waivers/waiver.ts";

export const FACTS_SCHEMA = "bailiff.dev/facts/v1";

/** Someone on the host. `id` is the host's numeric id as a string: logins change hands. */
export interface Actor {
  readonly id: string;
  readonly login: string;
  readonly bot: boolean;
}

/**
 * Who opened the pull request: of the teams and organisations that policies name those that they are
 * of, as policies spell them; absent or null = unknown.
 */
export interface Author extends Actor {
  readonly teams?: readonly string[] | null;
  readonly organisations?: readonly string[] | null;
}

export type ActionKind = "pull_request" | "merge_group" | "deployment" | "command" | "push";

/** What someone wants to do. null = unknown to this host. `at` is RFC 3339 in UTC, the only clock. */
export interface ActionFacts {
  readonly kind: ActionKind;
  readonly name: string | null;
  readonly number: number | null;
  readonly actor: Actor | null;
  readonly author: Author | null;
  readonly title: string | null;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly draft: boolean | null;
  readonly fork: boolean | null;
  readonly baseBranch: string | null;
  readonly headBranch: string | null;
  readonly at: string;
}

export type DefaultTokenPermissions = "read" | "write" | "unknown";

export interface RepositoryFacts {
  readonly host: string | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly defaultBranch: string | null;
  readonly defaultTokenPermissions: DefaultTokenPermissions;
}

export type FileStatus = "added" | "modified" | "removed" | "renamed" | "typechanged";

/**
 * Sizes in bytes; sizes, `binary` and line counts are null where the bytes were not gathered.
 * `owners` are those whom CODEOWNERS at the base names for the path, sorted, in lower case;
 * `previousOwners` the same of the path before a rename. null = nobody listed them.
 */
export interface FileFact {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: FileStatus;
  readonly baseMode: FileMode | null;
  readonly headMode: FileMode | null;
  readonly baseSize: number | null;
  readonly headSize: number | null;
  readonly binary: boolean | null;
  readonly addedLines: number | null;
  readonly removedLines: number | null;
  readonly owners: readonly string[] | null;
  readonly previousOwners: readonly string[] | null;
}

/**
 * A line that came or went, without what ends it. Of a file whose lines nobody can tell there is
 * one such fact, in which all but the path is null.
 */
export interface LineFact {
  readonly path: string;
  readonly delta: "added" | "removed" | null;
  /** Whose line it is: the base's where it went, the head's where it came. */
  readonly side: Side | null;
  readonly line: number | null;
  readonly text: string | null;
}

/** Counts but `filesCount`, and `lines`, are null unless a policy reads them, and where they are unknown. */
export interface ChangeFacts {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly headTree: string;
  readonly filesCount: number;
  readonly files: readonly FileFact[];
  readonly addedLines: number | null;
  readonly removedLines: number | null;
  readonly commitsCount: number | null;
  readonly lines: readonly LineFact[] | null;
}

export type DeltaKind = "added" | "raised" | "lowered" | "removed";

/** A capability's difference over the change. `removed` stands on the base side, all else at head. */
export interface CapabilityFact {
  readonly kind: string;
  readonly name: string;
  readonly holder: string;
  readonly context: string;
  readonly delta: DeltaKind;
  readonly before: string | null;
  readonly after: string | null;
  readonly path: string;
  readonly side: Side;
  readonly line: number;
  readonly endLine: number;
  readonly certainty: Certainty;
}

export interface DependencyFact {
  readonly ecosystem: string;
  readonly name: string;
  readonly delta: "added" | "changed" | "removed";
  readonly from: string | null;
  readonly to: string | null;
  /** Whether the project names it itself; null where the file does not say. */
  readonly direct: boolean | null;
  readonly source: string;
  /**
   * `changed`: another content for the same version, or nothing that holds it to one any more.
   * `restated`: told in another way, so that nobody can compare. null where the format has no place.
   */
  readonly integrity: "present" | "absent" | "changed" | "restated" | null;
  /** Its package URL; null where its name makes none. */
  readonly purl: string | null;
  readonly path: string;
  readonly side: Side;
  readonly line: number;
}

export type ReviewState = "approved" | "changes_requested" | "commented" | "dismissed";

/**
 * A submitted review. `commit` is the SHA it saw; `via` is how the reviewer's standing was proven
 * (`role:write`). `retargeted`: the pull request's base branch was changed after this review, so it
 * saw another change of the same commit; false too where the host did not ask, as no approval could settle.
 * Of a commit that is not the head: `sameChange` is whether all of the change was the same there
 * (paths, modes, blobs of both sides), `sameFor` the paths that were; null = nobody compared.
 */
export interface Review {
  readonly id: string;
  readonly actor: Actor;
  readonly state: ReviewState;
  readonly commit: string;
  readonly at: string;
  readonly via: readonly string[];
  readonly retargeted: boolean;
  readonly sameChange?: boolean | null;
  readonly sameFor?: readonly string[] | null;
}

/**
 * Somebody who had a hand in the change, and by which commit; null for `commit` where it is none.
 * `actor` is null where the host knows of the contribution, and not whose account it is.
 */
export interface Contributor {
  readonly as: Contribution;
  readonly actor: Actor | null;
  readonly commit: string | null;
}

/**
 * Another App's newest check of that name on the head. `app` is the App's slug, `appId` its numeric id
 * as text, both empty where the host names none; `conclusion` is null until it ended.
 */
export interface Status {
  readonly name: string;
  readonly app: string;
  readonly appId: string;
  readonly conclusion: string | null;
}

/** A repository's custom properties; one that takes several values may have several. */
export type Properties = Readonly<Record<string, readonly string[]>>;

/** Someone as a commit names them. `at` is RFC 3339 in UTC. All of it is whatever they wrote. */
export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  readonly at: string | null;
}

export type SignatureKind = "gpg" | "ssh" | "x509" | "other";

/** A commit of the change. null = unknown, but for `signature`, which is null where there is none. */
export interface CommitFact {
  readonly sha: string;
  /** The first paragraph of the message, as one line. */
  readonly subject: string | null;
  readonly message: string | null;
  readonly author: CommitPerson | null;
  readonly committer: CommitPerson | null;
  /** The addresses of its `Co-authored-by` lines. */
  readonly coAuthors: readonly string[] | null;
  readonly merge: boolean;
  readonly signature: SignatureKind | null;
  /** Whether the host found the signature valid. */
  readonly verified: boolean | null;
}

/** A changed file of a kind that grants (or resembles one) that was not understood. */
export interface UnreadFact {
  readonly path: string;
  readonly side: Side;
  readonly claim: "grants" | "resembles";
  readonly why: string;
  readonly line: number | null;
}

export interface CompletenessFacts {
  /** Versions of changed files that a reader claims. */
  readonly relevant: number;
  readonly read: number;
  readonly unread: readonly UnreadFact[];
}

/** The one JSON document that policies see. */
export interface Facts {
  readonly schema: typeof FACTS_SCHEMA;
  readonly action: ActionFacts;
  /** Of the properties those that a policy reads, empty where one is not set. */
  readonly repository: RepositoryFacts & { readonly properties: Properties | null };
  readonly change: ChangeFacts;
  readonly capabilities: readonly CapabilityFact[];
  readonly dependencies: readonly DependencyFact[] | null;
  readonly commits: readonly CommitFact[] | null;
  readonly reviews: readonly Review[] | null;
  readonly contributors: readonly Contributor[] | null;
  readonly statuses: readonly Status[] | null;
  readonly completeness: CompletenessFacts;
}

/** The facts that git does not hold; null = unknown to this host. Recorded verbatim. */
export interface External {
  readonly reviews: readonly Review[] | null;
  /** Who wrote, committed and pushed what is judged, as far as a policy's approvals ask. */
  readonly contributors: readonly Contributor[] | null;
  readonly statuses: readonly Status[] | null;
  /** The repository's waivers on the record; absent or null where no ledger was read. */
  readonly waivers?: readonly Waiver[] | null;
  /** Emergency overrides of the judged head, likewise. */
  readonly overrides?: readonly Override[] | null;
  /** How many emergency overrides of the repository nobody reviewed yet; shown, never judged by. */
  readonly awaitingReview?: number;
  readonly properties?: Properties | null;
  /** Of which of the teams and organisations that policies name the author is. */
  readonly memberships?: Pick<Author, "teams" | "organisations"> | null;
  /** Whether the signature of a commit is good, by the commit's id. */
  readonly verified?: Readonly<Record<string, boolean>> | null;
}
