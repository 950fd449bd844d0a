import type * as z from "zod";
import { APPROVAL_KEYS, APPROVAL_VALUES } from "./approvals/written-rule.ts";
import { distinctFindings, type Finding, type Pointer } from "./findings.ts";
import { meantKey } from "./meant-key.ts";
import { policyFile, writtenPolicy, writtenRule } from "./policy-file.ts";
import { wrongValueWords } from "./wrong-value.ts";

type Issues = readonly z.core.$ZodIssue[];

const FILE_KEYS = Object.keys(policyFile.shape);
const POLICY_KEYS = Object.keys(writtenPolicy.shape);
const RULE_KEYS = Object.keys(writtenRule.shape);
const INNER_KEYS: Readonly<Record<string, readonly string[]>> = {
  unless: ["approved_by"],
  rules: RULE_KEYS,
  ...APPROVAL_KEYS,
  waivers: ["longest", "grant"],
  grant: ["users", "teams", "roles"],
  break_glass: ["users", "teams"],
};

/** What is right at a place, in words, by the last key that leads there. */
const RIGHT: Readonly<Record<string, string>> = {
  version: "write version: 1",
  extends: "list packs, for example extends: [bailiff:recommended@1]",
  policies: "list at most 1000 policies, each with id, decision and match",
  id: "use up to 64 of a-z, 0-9 and -, beginning with a letter or digit; bailiff/… is reserved",
  title: "write a text of 1 to 1024 characters",
  decision: "write WARN or DENY",
  each: "write files, lines, commits, capabilities or dependencies; without each a policy is judged once",
  rules: "list 1 to 50 rules, each with match, and decision where the policy has none",
  unless: "write unless: { approved_by: { users: [NAME], count: 1 } }",
  ...APPROVAL_VALUES,
  waivable: "write false, record or file; without it waivers on the record settle it",
  waivers: "write waivers: { longest: 30d, grant: { users: [NAME] } }",
  longest: "write a number of days from 1d to 999d",
  grant: "write grant: { users: [NAME], teams: [OWNER/TEAM], roles: [admin] }",
  break_glass: "write break_glass: { users: [NAME] }",
  message: "write a text of 1 to 1024 characters",
  remedy: "write a text of 1 to 1024 characters",
};

/** What the schema of a whole file refused of what is written, as findings. */
export function fileFindings(issues: Issues, written: unknown): readonly Finding[] {
  return findingsOf(issues, written, {
    keys: FILE_KEYS,
    message:
      written === null || written === "" ? "the policy file is empty" : "a policy file is a map",
    remedy: "begin with version: 1, and below it extends: [bailiff:recommended@1] or policies",
  });
}

/** What the schema of one policy refused, as findings that point from the policy on. */
export function policyFindings(issues: Issues, written: unknown): readonly Finding[] {
  return findingsOf(issues, written, {
    keys: POLICY_KEYS,
    message: "a policy is a map",
    remedy: "write id, decision and match",
  });
}

/** A rule for which neither it nor its policy decides anything. */
export function undecided(at: Pointer): Finding {
  const remedy = RIGHT["decision"] ?? "";
  return { at: [...at, "decision"], message: "decision is missing", remedy };
}

interface Whole {
  readonly keys: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

function findingsOf(issues: Issues, written: unknown, whole: Whole): readonly Finding[] {
  const findings = issues.flatMap((issue) => {
    const at = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code !== "unrecognized_keys") return [wrongValue(at, written, whole)];
    return issue.keys.map((key) => unknownKey(at, key, whole));
  });
  // One wrong value can break several rules of its schema.
  return distinctFindings(findings);
}

function unknownKey(at: Pointer, key: string, whole: Whole): Finding {
  const inner = at.findLast((step) => typeof step === "string");
  const allowed = INNER_KEYS[String(inner)] ?? whole.keys;
  const near = meantKey(key, allowed);
  const remedy = near === null ? `use ${allowed.join(", ")}` : `did you mean ${near}?`;
  return {
    at: [...at, key],
    onKey: true,
    message: `unknown key ${JSON.stringify(key)}`,
    remedy,
  };
}

function wrongValue(at: Pointer, written: unknown, whole: Whole): Finding {
  const key = at.findLast((step) => typeof step === "string");
  if (key === undefined) return { at, message: whole.message, remedy: whole.remedy };
  return {
    at,
    message: wrongValueWords(written, at),
    remedy: RIGHT[key] ?? whole.remedy,
  };
}
