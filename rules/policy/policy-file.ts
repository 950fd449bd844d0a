import * as z from "zod";
import { writtenBreakGlass } from "../break-glass/people.ts";
import { writtenWaivable, writtenWaivers } from "../waivers/settings.ts";
import { writtenApprovals } from "./approvals/written-rule.ts";
import type { Each, PolicyDecision } from "./policy-set.ts";

/** What one file may list. */
export const MAX_POLICIES = 1000;
export const MAX_EXTENDED = 10;
/** What one policy may list. */
const MAX_RULES = 50;

const EACH = ["files", "capabilities", "dependencies", "lines", "commits"] satisfies Each[];

const MAX_WORDS = 1024;

const words = z.string().min(1).max(MAX_WORDS);

/** What a policy says of itself, and of each of its rules. */
const clauses = {
  decision: z.enum(["WARN", "DENY"] satisfies PolicyDecision[]).optional(),
  each: z.enum(EACH).optional(),
  only: z.unknown().optional(),
  match: z.unknown().optional(),
  when: z.unknown().optional(),
  unless: z.strictObject({ approved_by: writtenApprovals }).optional(),
  message: words.optional(),
  remedy: words.optional(),
};

/** One rule of a policy. What it leaves out the policy says. */
export const writtenRule = z.strictObject(clauses);

/** One policy as people write it: a rule by itself, or several under one name. */
export const writtenPolicy = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    title: words.optional(),
    ...clauses,
    waivable: writtenWaivable.optional(),
    rules: z.array(writtenRule).min(1).max(MAX_RULES).optional(),
  })
  .meta({ anyOf: [{ required: ["decision"] }, { required: ["rules"] }] });

/** A policy file; `match`, `only` and `when` are checked when they are compiled. */
export const policyFile = z.strictObject({
  /** For editors. */
  $schema: words.optional(),
  version: z.literal(1),
  extends: z.array(z.string()).max(MAX_EXTENDED).optional(),
  waivers: writtenWaivers.optional(),
  break_glass: writtenBreakGlass.optional(),
  policies: z.array(writtenPolicy).max(MAX_POLICIES).optional(),
});

/** The same with its policies left open: each is checked alone, so that one hides no problem of another. */
export const policyFrame = policyFile.extend({
  policies: z.array(z.unknown()).max(MAX_POLICIES).optional(),
});

export type WrittenPolicy = z.infer<typeof writtenPolicy>;
export type WrittenRule = z.infer<typeof writtenRule>;
