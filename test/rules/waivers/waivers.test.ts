import { describe, expect, test } from "vitest";
import type { Evidence } from "../../../rules/evidence.ts";
import type { Waiver } from "../../../rules/waivers/waiver.ts";
import { waiverContext } from "../../../rules/waivers/waiving.ts";
import { whyVoid, type WhyVoid } from "../../../rules/waivers/standing.ts";
import { contentsOf, nameFindings } from "../../../rules/waivers/fingerprint.ts";
import { type ChangedText, someCapability, workflow } from "../sample-evidence.ts";
import { evidenceUnder, GRANTS, judged, NOW, PATH, waiverOf } from "./waived.ts";

const release = (head: string, path = PATH): ChangedText => ({
  path,
  base: workflow("contents: read"),
  head: workflow(head),
});
const WRITES = [release("contents: write")];
const top = (lines: string): string => GRANTS.replace("version: 1\n", `version: 1\n${lines}\n`);
const policyWith = (line: string): string => `${GRANTS}    ${line}\n`;
const FILE = policyWith("waivable: file");

test("a waiver settles what it names, and shows by whom, until when and why", () => {
  const { verdict, checks } = judged(evidenceUnder(GRANTS, WRITES), [waiverOf(GRANTS, WRITES)]);
  expect(verdict.decision).toBe("ALLOW");
  expect(checks.map(({ outcome }) => outcome).sort()).toEqual(["pass", "waived"]);
  expect(verdict.reasons.map(({ settledBy }) => settledBy)).toEqual([
    [
      {
        ...{ kind: "waiver", id: "w1", actor: "ann", at: "2026-06-10T00:00:00Z" },
        ...{ until: "2026-07-01T00:00:00Z", reason: "until the release is split" },
      },
    ],
  ]);
});

interface Case {
  readonly when: string;
  readonly policies?: string;
  readonly waiver?: Partial<Waiver>;
  readonly evidence?: Partial<Evidence>;
  readonly why: WhyVoid | null;
}

const people = { proven: true, via: ["team:acme/security", "role:admin"] };
const OF_SECURITY = "waivers: { grant: { teams: [acme/security] } }";

describe("whether a waiver stands", () => {
  test.each<Case>([
    { when: "it has all that it must", why: null },
    // What is mandatory.
    { when: "it has no id", waiver: { id: "" }, why: "incomplete" },
    { when: "its id is no word", waiver: { id: "a b" }, why: "incomplete" },
    { when: "it names no policy", waiver: { policyId: "" }, why: "other-policy" },
    { when: "it names no document", waiver: { document: "" }, why: "incomplete" },
    { when: "it names no repository", waiver: { repositoryId: "" }, why: "other-repository" },
    { when: "it names no commit", waiver: { commit: "" }, why: "incomplete" },
    { when: "its commit is a branch", waiver: { commit: "main" }, why: "incomplete" },
    { when: "it names no finding", waiver: { findings: [] }, why: "incomplete" },
    { when: "a finding is a pattern", waiver: { findings: ["*"] }, why: "incomplete" },
    { when: "it has no owner", waiver: { owner: "" }, why: "incomplete" },
    { when: "its owner is blank", waiver: { owner: " \n" }, why: "incomplete" },
    { when: "it has no reason", waiver: { reason: "" }, why: "incomplete" },
    { when: "nobody granted it", waiver: { grantedBy: null }, why: "incomplete" },
    {
      when: "whoever granted it has no name",
      waiver: { grantedBy: { login: "", proven: false, via: [] } },
      why: "incomplete",
    },
    { when: "it has no end", waiver: { expires: "" }, why: "date-malformed" },
    { when: "it has no beginning", waiver: { at: "" }, why: "date-malformed" },
    // Its end.
    { when: "its end is a word", waiver: { expires: "never" }, why: "date-malformed" },
    { when: "its end has a slash", waiver: { expires: "2026/07/01" }, why: "date-malformed" },
    { when: "its end is American", waiver: { expires: "07-01-2026" }, why: "date-malformed" },
    { when: "its end is no day", waiver: { expires: "2026-06-31" }, why: "date-malformed" },
    {
      when: "its end is hour 24",
      waiver: { expires: "2026-06-30T24:00:00Z" },
      why: "date-malformed",
    },
    {
      when: "its end has no zone",
      waiver: { expires: "2026-06-30T12:00:00" },
      why: "date-malformed",
    },
    {
      when: "its end is in another zone",
      waiver: { expires: "2026-06-30T12:00:00+02:00" },
      why: "date-malformed",
    },
    { when: "its end is in year 20260", waiver: { expires: "20260-07-01" }, why: "date-malformed" },
    { when: "it ended yesterday", waiver: { expires: "2026-06-14" }, why: "expired" },
    { when: "it ends this very moment", waiver: { expires: NOW }, why: "expired" },
    { when: "it ends with this day", waiver: { expires: "2026-06-15" }, why: null },
    {
      when: "it ended a moment before",
      waiver: { expires: "2026-06-15T11:59:59.999Z" },
      why: "expired",
    },
    { when: "it begins tomorrow", waiver: { at: "2026-06-16T00:00:00Z" }, why: "not-yet" },
    { when: "it is longer than 30 days", waiver: { expires: "2026-07-11" }, why: "too-long" },
    { when: "it is as long as 30 days", waiver: { expires: "2026-07-10T00:00:00Z" }, why: null },
    {
      when: "it is longer than the policies allow",
      policies: top("waivers: { longest: 7d }"),
      why: "too-long",
    },
    {
      when: "it is long, and the policies allow that",
      policies: top("waivers: { longest: 90d }"),
      waiver: { expires: "2026-09-01" },
      why: null,
    },
    // Where it is for.
    {
      when: "it is another repository's",
      waiver: { repositoryId: "8" },
      why: "other-repository",
    },
    {
      when: "nobody knows the repository",
      evidence: { repository: { ...evidenceUnder(GRANTS, []).repository, id: null } },
      why: "other-repository",
    },
    { when: "it is another policy's", waiver: { policyId: "other" }, why: "other-policy" },
    {
      when: "the policy was edited since",
      waiver: { document: "0".repeat(64) },
      why: "other-policy",
    },
    {
      when: "it is about incomplete evidence",
      waiver: { policyId: "bailiff/incomplete-evidence" },
      why: "other-policy",
    },
    {
      when: "it is about a policy's error",
      waiver: { policyId: "bailiff/policy-error" },
      why: "other-policy",
    },
    // What the policy allows.
    { when: "nothing may waive it", policies: policyWith("waivable: false"), why: "not-waivable" },
    { when: "records may waive it", policies: policyWith("waivable: record"), why: null },
    { when: "files may waive it, and it is a record", policies: FILE, why: null },
    {
      when: "it is a file's, and the policy does not say so",
      waiver: { source: "file", grantedBy: null },
      why: "not-waivable",
    },
    {
      when: "it is a file's, of a policy for records",
      policies: policyWith("waivable: record"),
      waiver: { source: "file", grantedBy: null },
      why: "not-waivable",
    },
    {
      when: "it is a file's, and the policy says so",
      policies: FILE,
      waiver: { source: "file", grantedBy: null },
      why: null,
    },
    {
      when: "it is a file's, where the App records",
      policies: FILE,
      waiver: { source: "file", grantedBy: null },
      evidence: { origin: "app" },
      why: "file-ignored",
    },
    { when: "it is a record, where the App records", evidence: { origin: "app" }, why: null },
    {
      when: "it is a file's, and the policies name who may grant",
      policies: FILE.replace("version: 1", "version: 1\nwaivers: { grant: { users: [ann] } }"),
      waiver: { source: "file", grantedBy: null },
      why: "not-granted",
    },
    {
      when: "a file says who granted it",
      policies: FILE.replace("version: 1", "version: 1\nwaivers: { grant: { users: [ann] } }"),
      waiver: { source: "file" },
      why: "not-granted",
    },
    // Who may grant.
    {
      when: "somebody else may grant",
      policies: top("waivers: { grant: { users: [bo] } }"),
      why: "not-granted",
    },
    {
      when: "its grantor may, in other letters",
      policies: top("waivers: { grant: { users: [bo, ANN] } }"),
      why: null,
    },
    { when: "a team may, and nothing is proven", policies: top(OF_SECURITY), why: "not-granted" },
    {
      when: "a team is only claimed",
      policies: top(OF_SECURITY),
      waiver: { grantedBy: { ...people, login: "ann", proven: false } },
      why: "not-granted",
    },
    {
      when: "a team may, and that is proven",
      policies: top(OF_SECURITY),
      waiver: { grantedBy: { ...people, login: "ann" } },
      why: null,
    },
    {
      when: "another team is proven",
      policies: top("waivers: { grant: { teams: [acme/other] } }"),
      waiver: { grantedBy: { ...people, login: "ann" } },
      why: "not-granted",
    },
    {
      when: "a role may, and that is proven",
      policies: top("waivers: { grant: { roles: [admin] } }"),
      waiver: { grantedBy: { ...people, login: "ann" } },
      why: null,
    },
  ])("$when: $why", ({ policies = GRANTS, waiver, evidence, why }) => {
    const given = evidenceUnder(policies, WRITES, evidence);
    const one = waiverOf(policies, WRITES, waiver);
    expect(whyVoid(one, waiverContext(given))).toBe(why);
    const { decision } = judged(given, [one]).verdict;
    expect(decision).toBe(why === null ? "ALLOW" : "DENY");
  });
});

const unwaived = (
  now: readonly ChangedText[],
  before: readonly ChangedText[] = WRITES,
  policies = GRANTS,
) =>
  judged(evidenceUnder(policies, now), [waiverOf(policies, before)])
    .verdict.reasons.filter(({ settledBy }) => settledBy.length === 0)
    .map(({ message }) => message);

describe("which findings a waiver of an earlier commit settles", () => {
  test.each<{
    readonly when: string;
    readonly now: readonly ChangedText[];
    readonly before?: readonly ChangedText[];
    readonly policies?: string;
    readonly left: readonly string[];
  }>([
    { when: "the same", now: WRITES, left: [] },
    { when: "fewer", now: [release("contents: read")], left: [] },
    {
      when: "the same, moved to other lines",
      now: [{ ...release(""), head: `# a comment\n\n${workflow("contents: write")}` }],
      left: [],
    },
    {
      when: "the same, beside a new one",
      now: [release("contents: write, packages: write")],
      left: ["packages"],
    },
    {
      when: "the same kind, of another name",
      now: [release("packages: write")],
      left: ["packages"],
    },
    {
      when: "the same at a higher level",
      before: [release("id-token: none, contents: none, packages: read")],
      now: [release("id-token: none, contents: none, packages: write")],
      left: ["packages"],
    },
    {
      when: "the same in a renamed file",
      now: [release("contents: write", ".github/workflows/other.yml")],
      left: ["contents"],
    },
    {
      when: "the same in another file as well",
      now: [...WRITES, release("contents: write", ".github/workflows/other.yml")],
      left: ["contents"],
    },
    {
      when: "the same of another job",
      now: [{ ...release(""), head: workflow("contents: write").replace("release:", "deploy:") }],
      left: ["contents"],
    },
    {
      when: "the same, but reached by other events",
      now: [{ ...release(""), head: workflow("contents: write", "pull_request_target") }],
      left: ["pull_request_target", "contents"],
    },
    {
      when: "one of several that its lines joined",
      before: [release("contents: write, packages: write")],
      now: [release("contents: write")],
      left: [],
    },
  ])("$when: $left", ({ now, before, policies, left }) => {
    expect(unwaived(now, before, policies)).toEqual(left);
  });

  const files = (message: string): string =>
    `version: 1\npolicies:\n  - { id: files, decision: DENY, each: files, match: { path: "src/**" }, message: "${message}" }\n`;
  const BY_FILE = files("{{item.path}}");
  const WHOLE =
    "version: 1\npolicies:\n  - { id: whole, decision: DENY, match: { change.filesCount: { atLeast: 1 } }, message: whole }\n";
  const a = { path: "src/a", base: "1", head: "2" };

  test.each([
    { when: "a file with the same contents", policies: BY_FILE, now: [a], left: [] },
    {
      when: "the same file with other contents",
      policies: BY_FILE,
      now: [{ ...a, head: "3" }],
      left: ["src/a"],
    },
    {
      when: "the same file, on another base",
      policies: BY_FILE,
      now: [{ ...a, base: "0" }],
      left: ["src/a"],
    },
    {
      when: "the file beside another",
      policies: BY_FILE,
      now: [a, { path: "src/b", head: "2" }],
      left: ["src/b"],
    },
    {
      when: "the file beside one that the policy is not about",
      policies: BY_FILE,
      now: [a, { path: "docs/b", head: "2" }],
      left: [],
    },
    { when: "the whole change as it was", policies: WHOLE, now: [a], left: [] },
    {
      when: "the whole change with one file more",
      policies: WHOLE,
      now: [a, { path: "docs/b", head: "2" }],
      left: ["whole"],
    },
    {
      when: "the whole change with other contents",
      policies: WHOLE,
      now: [{ ...a, head: "3" }],
      left: ["whole"],
    },
  ])("$when: $left", ({ policies, now, left }) => {
    expect(unwaived(now, [a], policies)).toEqual(left);
  });

  test("one more of the same is a new one, wherever it stands", () => {
    const policy = evidenceUnder(GRANTS, []).policies.policies[0];
    if (policy === undefined) throw new Error("no policy");
    const namesOf = (lines: readonly number[]) => {
      const fired = lines.map((line) => ({ ...someCapability, line, endLine: line }));
      const found = [{ policy, fired, failed: [], weigh: null }];
      return nameFindings(found, contentsOf({ files: [] }))
        .flat()
        .map((one) => one.fingerprint);
    };
    const [one, two] = [namesOf([14]), namesOf([3, 99])];
    expect(new Set(two).size).toBe(2);
    expect(two).toContain(one[0]);
  });

  test("a warning that was waived does not settle a denial of the same", () => {
    const warns = GRANTS.replace("DENY", "WARN");
    const one = waiverOf(warns, WRITES);
    const { document } = waiverOf(GRANTS, WRITES);
    const { verdict } = judged(evidenceUnder(GRANTS, WRITES), [{ ...one, document }]);
    expect(verdict.decision).toBe("DENY");
  });
});
