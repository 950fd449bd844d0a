import type { Account } from "./accounts.ts";

export type ReviewEvent = "APPROVE" | "REQUEST_CHANGES" | "COMMENT";

export interface Review {
  readonly id: number;
  readonly pullNumber: number;
  readonly author: Account;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  body: string;
  /** The commit that was reviewed. */
  readonly commit: string;
  readonly submittedAt: Date;
}
