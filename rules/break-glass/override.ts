import type { NamedActor } from "../waivers/waiver.ts";

/** An emergency override of whatever stands against one head of one repository. */
export interface Override {
  readonly id: string;
  readonly repositoryId: string;
  /** The commit that it is bound to, and no other. */
  readonly head: string;
  readonly by: NamedActor;
  readonly reason: string;
  readonly at: string;
}
