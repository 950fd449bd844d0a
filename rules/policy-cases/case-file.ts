import * as z from "zod";
import { CONTRIBUTIONS } from "../policy/approvals/approval-rule.ts";
import { parseDocument, placeFindings } from "../policy/document.ts";
import type { Finding, Pointer } from "../policy/findings.ts";
import { meantKey } from "../policy/meant-key.ts";
import type { PolicyProblem, PolicySource } from "../policy/policy-set.ts";
import { wrongValueWords } from "../policy/wrong-value.ts";

const MAX_CASES = 1000;

const words = z.string().min(1).max(1024);
const text = z.string().max(1024 * 1024);
const login = z.string().regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?$/);
const time = z.iso.datetime();

/** What a pull request says of itself; what is left out is that of an ordinary one. */
const action = z.strictObject({
  author: login.optional(),
  teams: z.array(words).max(100).optional(),
  organisations: z.array(words).max(100).optional(),
  title: words.optional(),
  body: text.optional(),
  labels: z.array(words).max(100).optional(),
  draft: z.boolean().optional(),
  fork: z.boolean().optional(),
  base: words.optional(),
  head: words.optional(),
  at: time.optional(),
});

const review = z.strictObject({
  by: login,
  state: z.enum(["approved", "changes_requested", "commented", "dismissed"]).default("approved"),
  role: z.enum(["read", "triage", "write", "maintain", "admin"]).default("write"),
  teams: z.array(words).max(100).optional(),
  organisations: z.array(words).max(100).optional(),
  /** It saw the head that is judged. */
  current: z.boolean().default(true),
  /** It saw an earlier commit in which the whole change was the same. */
  same: z.boolean().optional(),
});

const commit = z.strictObject({
  message: text,
  /** Addresses. */
  author: words.optional(),
  committer: words.optional(),
  merge: z.boolean().default(false),
  signature: z.enum(["gpg", "ssh", "x509", "other"]).optional(),
  verified: z.boolean().optional(),
});

const status = z.strictObject({
  name: words,
  app: words.default("github-actions"),
  appId: words.default("15368"),
  /** Without one it is running. */
  conclusion: words.optional(),
});

const property = z.union([words.transform((value) => [value]), z.array(words).max(100)]);
const contributor = z.strictObject({ by: login, as: z.enum(CONTRIBUTIONS) });

const file = z.strictObject({ base: text.optional(), head: text.optional() });

const reason = z.strictObject({
  policy: words.optional(),
  decision: z.enum(["WARN", "DENY"]).optional(),
  path: words.optional(),
  line: z.int().min(1).optional(),
  message: words.optional(),
});

const policyCase = z.strictObject({
  name: words,
  files: z.record(z.string().min(1).max(4096), file).optional(),
  range: z.strictObject({ base: words, head: words }).optional(),
  action: action.optional(),
  reviews: z.array(review).max(100).optional(),
  commits: z.array(commit).max(100).optional(),
  statuses: z.array(status).max(100).optional(),
  properties: z.record(words, property).optional(),
  contributors: z.array(contributor).max(100).optional(),
  want: z.enum(["ALLOW", "WARN", "DENY"]),
  policies: z.array(words).max(100).optional(),
  reasons: z.array(reason).max(100).optional(),
});

/** A file of cases. */
export const caseFile = z.strictObject({
  /** For editors. */
  $schema: words.optional(),
  version: z.literal(1),
  cases: z.array(policyCase).min(1).max(MAX_CASES),
});

/** One case as people write it: a change of files, or a range of commits, and what is wanted. */
export type PolicyCase = z.infer<typeof policyCase>;
export type WantedReason = z.infer<typeof reason>;

/** Cases, and the line of each in their file. */
export interface PolicyCases {
  readonly cases: readonly PolicyCase[];
  readonly lines: readonly number[];
}

/** The cases of a file, or everything that is wrong with it. */
export function parseCaseFile(
  source: PolicySource,
): PolicyCases | { readonly problems: readonly PolicyProblem[] } {
  const document = parseDocument(source, "file of cases");
  if (!("value" in document)) return { problems: [document] };
  const parsed = caseFile.safeParse(document.value);
  const findings = parsed.success
    ? parsed.data.cases.flatMap(unclearChange)
    : parsed.error.issues.flatMap((issue) => findingsOf(issue, document.value));
  if (findings.length > 0 || !parsed.success)
    return { problems: placeFindings(document, findings) };
  const { cases } = parsed.data;
  const places = cases.map((_, index) => ({ at: ["cases", index], message: "", remedy: "" }));
  return { cases, lines: placeFindings(document, places).map(({ line }) => line) };
}

function unclearChange({ files, range }: PolicyCase, index: number): Finding[] {
  if ((files === undefined) !== (range === undefined)) return [];
  return [
    {
      at: ["cases", index],
      message: "a case is about files or about a range, and this one is about both or neither",
      remedy: "write files: { PATH: { base: …, head: … } }, or range: { base: …, head: … }",
    },
  ];
}

function findingsOf(issue: z.core.$ZodIssue, written: unknown): Finding[] {
  const at = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") return issue.keys.map((one) => unknownKey(at, one));
  const last = at.findLast((step) => typeof step === "string") ?? "";
  const message = at.length === 0 ? "a file of cases is a map" : wrongValueWords(written, at);
  return [{ at, message, remedy: RIGHT[last] ?? "see the cases of docs/policies.md" }];
}

function unknownKey(at: Pointer, key: string): Finding {
  const inner = at.findLast((step) => typeof step === "string" && step in KEYS) ?? "";
  const allowed = KEYS[inner] ?? [];
  const near = meantKey(key, allowed);
  return {
    ...{ at: [...at, key], onKey: true },
    message: `a case has no ${JSON.stringify(key)}${inner === "" || inner === "cases" ? "" : ` in ${inner}`}`,
    remedy: near === null ? `use ${allowed.join(", ")}` : `did you mean ${near}?`,
  };
}

/** The keys of each part of the file, by the key that it stands under. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(caseFile.shape),
  cases: Object.keys(policyCase.shape),
  action: Object.keys(action.shape),
  reviews: Object.keys(review.shape),
  reasons: Object.keys(reason.shape),
  files: Object.keys(file.shape),
  range: ["base", "head"],
};

/** What to write, by key. */
const RIGHT: Readonly<Record<string, string>> = {
  version: "write version: 1",
  cases: "list at least one case, and at most 1,000",
  name: "say in words what the case is about",
  want: "write ALLOW, WARN or DENY",
  by: "write a login",
  author: "write a login, of a bot with [bot] behind it",
  at: "write a time such as 2026-01-31T12:00:00Z",
  commits: "list { message: TEXT, author: ADDRESS, committer: ADDRESS, signature: ssh }",
  message: "write a text",
  signature: "write gpg, ssh, x509 or other",
  statuses: 'list { name: ci, app: github-actions, appId: "15368", conclusion: success }',
  appId: "write the App's id as a text, in quotes",
  properties: "write { NAME: VALUE }, or { NAME: [VALUE, VALUE] }",
  state: "write approved, changes_requested, commented or dismissed",
  role: "write read, triage, write, maintain or admin",
  teams: "list teams, each as organisation/team",
  organisations: "list organisations",
  as: "write author, committer, co-author or pusher",
  decision: "write WARN or DENY",
  line: "write a line's number, from 1",
  files: "write { PATH: { base: TEXT, head: TEXT } }; a side that is left out is not there",
  range: "write { base: REVISION, head: REVISION }",
};
