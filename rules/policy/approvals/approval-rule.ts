/** What somebody did for a change, by which an approval of theirs is void unless the rule says otherwise. */
export type Contribution = "author" | "committer" | "co-author" | "pusher";

export const CONTRIBUTIONS: readonly Contribution[] = [
  "author",
  "committer",
  "co-author",
  "pusher",
];

/** The roles of a repository, each of which may do what those before it may. */
export const ROLES = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Somebody of any of these lists. All names are in lower case: `acme/security` is a team,
 * `acme` an organisation; a role stands for itself and those above it.
 */
export interface People {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  readonly organisations: readonly string[];
  readonly roles: readonly Role[];
}

/** `count` of these people; of anybody who may write where no list and no owners are named. */
export interface ApprovalGroup extends People {
  readonly is: "group";
  /** Also those who own a path, for each path that is asked about. */
  readonly owners: boolean;
  readonly count: number;
  /** Whose approvals do not count here. */
  readonly not: readonly People[];
}

/** Groups that are asked together, or of which one is enough. */
interface ApprovalBranch {
  readonly is: "all" | "any";
  readonly of: readonly ApprovalNode[];
}

export type ApprovalNode = ApprovalGroup | ApprovalBranch;

/**
 * Who has to approve for a policy's reasons to be settled.
 *
 * `ignoring`: by which contributions an approval is void. `survives`: what has to be the same as in
 * the commit that an approval saw, where that is not the head: the whole `change`, or the `paths`
 * that the rule's reasons are about; with `nothing` no later push is outlived. `scope`: whose owners
 * are asked, those of a reason's own `paths` or those of the whole `change`.
 */
export interface ApprovalRule {
  readonly node: ApprovalNode;
  readonly ignoring: readonly Contribution[];
  readonly survives: "nothing" | "change" | "paths";
  readonly scope: "paths" | "change";
}

/** All groups of a rule. */
export function groupsOf(node: ApprovalNode): readonly ApprovalGroup[] {
  return node.is === "group" ? [node] : node.of.flatMap(groupsOf);
}

/** Whether a group names nobody, so that everybody who may write is of it. */
export function isAnybody({ users, teams, organisations, roles, owners }: ApprovalGroup): boolean {
  return !owners && [users, teams, organisations, roles].every((list) => list.length === 0);
}
