import { ACTION_LEVELS } from "./action-level.ts";
import { BOUNDARY_LEVELS } from "./boundary.ts";
import { ATTACHMENT_LEVELS } from "./managed-policies.ts";
import { TRUST_LEVELS } from "./principals.ts";

/** What the statements of a policy grant, with the levels of each kind from weakest to strongest. */
export const policyKinds: Readonly<Record<string, readonly string[]>> = {
  "iam.allow": ACTION_LEVELS,
  "iam.deny": [],
  "iam.trust": TRUST_LEVELS,
};

/** What holders of policies have: statements, and policies that are attached by their names. */
export const holderKinds: Readonly<Record<string, readonly string[]>> = {
  ...policyKinds,
  "iam.attachment": ATTACHMENT_LEVELS,
  "iam.boundary": BOUNDARY_LEVELS,
};
