import type { ApprovalRule } from "./approvals/approval-rule.ts";
import { compileApprovals } from "./approvals/compile-rule.ts";
import { policyFindings, undecided } from "./file-findings.ts";
import {
  type Compilation,
  distinctFindings,
  type Finding,
  type PatternCount,
  type Pointer,
} from "./findings.ts";
import { LISTS } from "./items.ts";
import { checkMemberships } from "./memberships.ts";
import { isMap } from "./maps.ts";
import { compileMatch } from "./match.ts";
import { writtenPolicy, type WrittenPolicy, writtenRule, type WrittenRule } from "./policy-file.ts";
import type { JsonLogic, Policy } from "./policy-set.ts";
import { DOCUMENT, itemScope, wholeScope } from "./scope.ts";
import { checkTemplate } from "./template.ts";
import { compileWhen } from "./when.ts";

/** What one policy comes to: its rules, none with the findings that say why. They point from the policy on. */
export interface Compiled {
  readonly rules: readonly Policy[];
  readonly findings: readonly Finding[];
}

/** A rule, or the policy that it stands in, as written, and where that is. */
interface Part {
  readonly at: Pointer;
  readonly written: WrittenRule;
}

/**
 * Checks and compiles one policy of a document (its sha256 in hex); `patterns` counts those of all
 * its policies.
 *
 * A rule's condition is what its policy says and what it says itself; of all else it has what its
 * policy says where it says nothing. `match`, `when` and `only` are ANDed, in this order: an item
 * that does not match asks for no fact of `only`, so that a host which does not know it can still
 * let harmless changes pass.
 */
export function compilePolicy(value: unknown, document: string, patterns: PatternCount): Compiled {
  const { data, error } = writtenPolicy.safeParse(value);
  const rules: Policy[] = [];
  const findings: Finding[] = [];
  // What is not valid elsewhere is compiled as well, so that no problem hides another.
  for (const parts of rulesOf(data ?? value)) {
    const compilation: Compilation = { findings, reads: new Set(), patterns };
    const condition = compileCondition(parts, compilation);
    if (data) rules.push(...finishRule(data, parts, { condition, document }, compilation));
  }
  if (error !== undefined) findings.push(...policyFindings(error.issues, value));
  // What a policy says is checked with each of its rules.
  return { rules: findings.length === 0 ? rules : [], findings: distinctFindings(findings) };
}

/** The parts of each rule, its policy first. */
function rulesOf(policy: unknown): Part[][] {
  if (!isMap(policy)) return [];
  const own: Part = { at: [], written: policy };
  const { rules } = policy;
  if (!Array.isArray(rules)) return [[own]];
  return (rules as unknown[]).flatMap((written, index) =>
    isMap(written) ? [[own, { at: ["rules", index], written }]] : [],
  );
}

/** The last part that says something of a key. */
function partWith(parts: readonly Part[], key: keyof WrittenRule): Part | undefined {
  return parts.findLast(({ written }) => written[key] !== undefined);
}

function said<Key extends keyof WrittenRule>(
  parts: readonly Part[],
  key: Key,
): WrittenRule[Key] | undefined {
  return partWith(parts, key)?.written[key];
}

function finishRule(
  { id, title = id, waivable }: WrittenPolicy,
  parts: readonly Part[],
  { condition, document }: Pick<Policy, "condition" | "document">,
  compilation: Compilation,
): Policy[] {
  const approvedBy = approvalRule(parts, compilation);
  checkWords(title, parts, compilation);
  const decision = said(parts, "decision");
  if (decision === undefined) {
    compilation.findings.push(undecided(parts.at(-1)?.at ?? []));
    return [];
  }
  const each = said(parts, "each") ?? null;
  const message = said(parts, "message") ?? title;
  const remedy = said(parts, "remedy") ?? null;
  const reads = [...compilation.reads].sort();
  const rule = {
    id,
    title,
    decision,
    each,
    condition,
    approvedBy,
    message,
    remedy,
    reads,
    document,
  };
  return [{ ...rule, ...(waivable !== undefined && { waivable }) }];
}

function compileCondition(parts: readonly Part[], compilation: Compilation): JsonLogic {
  const parsed = writtenRule.shape.each.safeParse(said(parts, "each"));
  if (!parsed.success) return false;
  const each = parsed.data ?? null;
  if (each !== null) compilation.reads.add(LISTS[each]);
  const conditions = [
    ...conditionsOf(parts, "match").map(({ value, at }) =>
      compileMatch(value, { scope: itemScope(each), at }, compilation),
    ),
    ...conditionsOf(parts, "when").map(({ value, at }) =>
      compileWhen(value, { scope: wholeScope(each), at }, compilation),
    ),
    ...conditionsOf(parts, "only").map(({ value, at }) =>
      compileMatch(value, { scope: DOCUMENT, at }, compilation),
    ),
  ];
  checkMemberships(conditions, parts.at(-1)?.at ?? [], compilation);
  if (conditions.length > 0) return conditions.length === 1 ? conditions[0] : { and: conditions };
  compilation.findings.push({
    at: parts.at(-1)?.at ?? [],
    message: "a policy says when it fires",
    remedy: "add match, when or only",
  });
  return false;
}

function conditionsOf(parts: readonly Part[], key: "match" | "when" | "only") {
  return parts.flatMap(({ at, written }) => {
    const value = written[key];
    return value === undefined ? [] : [{ value, at: [...at, key] }];
  });
}

function approvalRule(parts: readonly Part[], { findings }: Compilation): ApprovalRule | null {
  const part = partWith(parts, "unless");
  if (part?.written.unless === undefined) return null;
  const at = [...part.at, "unless", "approved_by"];
  return compileApprovals(part.written.unless.approved_by, at, findings);
}

function checkWords(title: string, parts: readonly Part[], compilation: Compilation): void {
  const scope = wholeScope(said(parts, "each") ?? null);
  // A title without a message is the message.
  const message = partWith(parts, "message");
  const shown = message?.written.message ?? title;
  const at = message ? [...message.at, "message"] : ["title"];
  checkTemplate(shown, { scope, at }, compilation);
  const remedy = partWith(parts, "remedy");
  if (remedy?.written.remedy === undefined) return;
  checkTemplate(remedy.written.remedy, { scope, at: [...remedy.at, "remedy"] }, compilation);
}
