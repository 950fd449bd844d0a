import { policyFindings } from "./file-findings.ts";
import type { Compilation, Finding, PatternCount } from "./findings.ts";
import { isMap } from "./maps.ts";
import { compileMatch } from "./match.ts";
import { writtenPolicy, type WrittenPolicy } from "./policy-file.ts";
import type { ApprovalRule, JsonLogic, Policy } from "./policy-set.ts";
import { DOCUMENT, itemScope, wholeScope } from "./scope.ts";
import { checkTemplate } from "./template.ts";
import { compileWhen } from "./when.ts";

/** What one policy comes to: null with the findings that say why not. They point from the policy on. */
export interface Compiled {
  readonly policy: Policy | null;
  readonly findings: readonly Finding[];
}

/** The part of a policy that says when it fires. */
type Condition = Pick<WrittenPolicy, "each" | "match" | "when" | "only">;

/**
 * Checks and compiles one policy of a document (its sha256 in hex); `patterns` counts those of all
 * its policies.
 *
 * `match`, `when` and `only` are ANDed, in this order: an item that does not match asks for no
 * fact of `only`, so that a host which does not know it can still let harmless changes pass.
 */
export function compilePolicy(value: unknown, document: string, patterns: PatternCount): Compiled {
  const compilation: Compilation = { findings: [], reads: new Set(), patterns };
  const { data, error } = writtenPolicy.safeParse(value);
  const compilable = data ?? readableCondition(value);
  const condition = compilable === null ? false : compileCondition(compilable, compilation);
  if (error !== undefined) compilation.findings.push(...policyFindings(error.issues));
  const policy = data && finishPolicy(data, { condition, document }, compilation);
  const isSound = policy !== undefined && compilation.findings.length === 0;
  return { policy: isSound ? policy : null, findings: compilation.findings };
}

/** What can be checked of a policy that is not valid elsewhere, so that no problem hides another. */
function readableCondition(value: unknown): Condition | null {
  if (!isMap(value)) return null;
  const { each, match, when, only } = value;
  const parsed = writtenPolicy.shape.each.safeParse(each);
  return parsed.success ? { each: parsed.data, match, when, only } : null;
}

function finishPolicy(
  written: WrittenPolicy,
  { condition, document }: Pick<Policy, "condition" | "document">,
  compilation: Compilation,
): Policy {
  const approvedBy = approvalRule(written, compilation);
  checkWords(written, compilation);
  const { id, decision, title = id, each = null, message = title, remedy = null } = written;
  const reads = [...compilation.reads].sort();
  return { id, title, decision, each, condition, approvedBy, message, remedy, reads, document };
}

function compileCondition(condition: Condition, compilation: Compilation): JsonLogic {
  const { match, when, only } = condition;
  const each = condition.each ?? null;
  const parts: JsonLogic[] = [];
  if (match !== undefined) {
    parts.push(compileMatch(match, { scope: itemScope(each), at: ["match"] }, compilation));
  }
  if (when !== undefined) {
    parts.push(compileWhen(when, { scope: wholeScope(each), at: ["when"] }, compilation));
  }
  if (only !== undefined) {
    parts.push(compileMatch(only, { scope: DOCUMENT, at: ["only"] }, compilation));
  }
  if (parts.length > 0) return parts.length === 1 ? parts[0] : { and: parts };
  compilation.findings.push({
    at: [],
    message: "a policy says when it fires",
    remedy: "add match, when or only",
  });
  return false;
}

function approvalRule({ unless }: WrittenPolicy, { findings }: Compilation): ApprovalRule | null {
  if (unless?.approved_by === undefined) return null;
  const { users, count } = unless.approved_by;
  const distinct = new Set(users?.map((login) => login.toLowerCase()));
  if (users !== undefined && distinct.size < users.length) {
    findings.push({
      at: ["unless", "approved_by", "users"],
      message: "a user is listed twice",
      remedy: "list each once; upper and lower case are the same",
    });
  }
  if (users !== undefined && count > distinct.size) {
    findings.push({
      at: ["unless", "approved_by", "count"],
      message: `${count} of ${distinct.size} users cannot approve`,
      remedy: "lower count or list more users",
    });
  }
  return { users: users ?? null, count };
}

function checkWords(written: WrittenPolicy, compilation: Compilation): void {
  const scope = wholeScope(written.each ?? null);
  // A title without a message is the message.
  const shown = written.message === undefined ? "title" : "message";
  for (const key of [shown, "remedy"] as const) {
    const template = written[key];
    if (template !== undefined) checkTemplate(template, { scope, at: [key] }, compilation);
  }
}
