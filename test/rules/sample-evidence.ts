import { sha256Hex } from "../../rules/canonical.ts";
import type { Contents, Listing } from "../../rules/change/listing.ts";
import type { Evidence } from "../../rules/evidence.ts";
import {
  FACTS_SCHEMA,
  type ActionFacts,
  type Actor,
  type CapabilityFact,
  type CommitFact,
  type Facts,
  type FileFact,
  type Review,
  type ReviewState,
} from "../../rules/facts/facts.ts";
import { changeOfCase } from "../../rules/policy-cases/case-evidence.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { Policy, PolicySource } from "../../rules/policy/policy-set.ts";

export const HEAD = "b".repeat(40);
export const EARLIER = "e".repeat(40);

export const ann: Actor = { id: "1", login: "ann", bot: false };
export const bo: Actor = { id: "2", login: "bo", bot: false };
export const cy: Actor = { id: "3", login: "cy", bot: false };

export const pullRequest: ActionFacts = {
  kind: "pull_request",
  name: null,
  number: 42,
  actor: ann,
  author: ann,
  title: "Release",
  body: "Why",
  labels: [],
  draft: false,
  fork: false,
  baseBranch: "main",
  headBranch: "release",
  at: "2026-01-02T03:04:05Z",
};

const unknownRepository: Evidence["repository"] = {
  host: null,
  id: null,
  name: null,
  defaultBranch: null,
  defaultTokenPermissions: "unknown",
};

/** A policy document at the usual place. */
export function policySource(text: string, path = ".github/bailiff.yml"): PolicySource {
  const bytes = new TextEncoder().encode(text);
  return { repoId: null, ref: null, commit: null, path, digest: sha256Hex(bytes), bytes };
}

/** The one policy that such lines give, below `policies:`; it must have no problem. */
export function policyOf(lines: string): Policy {
  const { policies, problems } = loadPolicies([policySource(policyFileOf(lines))], false);
  const [policy] = policies;
  if (policy === undefined) throw new Error(JSON.stringify(problems, null, 2));
  return policy;
}

/** The codes' counterpart of problems: where they stand and how their message begins. */
export function problemsOf(text: string): { at: string; message: string; remedy: string }[] {
  const { problems } = loadPolicies([policySource(text)], false);
  return problems.map(({ line, column, message, remedy }) => ({
    at: `${line}:${column}`,
    message,
    remedy,
  }));
}

/** A file with one policy `rule` that denies, and the given lines. */
export function policyFileOf(lines: string): string {
  const indented = lines
    .trim()
    .split("\n")
    .map((line) => `    ${line}`);
  return `version: 1\npolicies:\n  - id: rule\n    decision: DENY\n${indented.join("\n")}\n`;
}

/** A workflow with one job, whose token may do what `permissions` says. */
export function workflow(permissions: string, events = "push"): string {
  return `on: [${events}]\njobs:\n  release:\n    permissions: { ${permissions} }\n    runs-on: ubuntu-latest\n    steps: []\n`;
}

export interface ChangedText {
  readonly path: string;
  readonly base?: string;
  readonly head?: string;
}

/** A listing with its contents, from texts; equal texts have equal object ids. */
export function changeOf(files: readonly ChangedText[]): { listing: Listing; contents: Contents } {
  return changeOfCase(Object.fromEntries(files.map(({ path, ...sides }) => [path, sides])));
}

/** Evidence of a pull request by ann that changes these files, under these policy documents. */
export function evidenceOf(
  files: readonly ChangedText[],
  policies: readonly PolicySource[],
  more: Partial<Evidence> = {},
): Evidence {
  return {
    action: pullRequest,
    repository: unknownRepository,
    external: { reviews: [], contributors: [], statuses: null },
    ...changeOf(files),
    policies: loadPolicies(policies, false),
    origin: "cli",
    ...more,
  };
}

/** A review of the judged head by someone who may write, an hour after the one before. */
export function review(
  actor: Actor,
  state: ReviewState = "approved",
  more: Partial<Review> = {},
): Review {
  const id = more.id ?? "1";
  const at = `2026-01-02T${id.padStart(2, "0")}:00:00Z`;
  const seen = { commit: HEAD, at, via: ["role:write"], retargeted: false };
  return { id, actor, state, ...seen, sameChange: null, sameFor: null, ...more };
}

export const someFile: FileFact = {
  path: "src/a.ts",
  previousPath: null,
  status: "modified",
  baseMode: "100644",
  headMode: "100644",
  baseSize: null,
  headSize: null,
  binary: null,
  addedLines: null,
  removedLines: null,
  owners: null,
  previousOwners: null,
};

export const someCapability: CapabilityFact = {
  kind: "github.workflow.permission",
  name: "contents",
  holder: "jobs.release",
  context: "on push",
  delta: "raised",
  before: "read",
  after: "write",
  path: ".github/workflows/release.yml",
  side: "head",
  line: 14,
  endLine: 14,
  certainty: "exact",
};

export const someCommit: CommitFact = {
  sha: "c".repeat(40),
  subject: "Add a",
  message: "Add a\n",
  author: { name: "Ann", email: "ann@example.org", at: "2026-01-01T00:00:00.000Z" },
  committer: { name: "Ann", email: "ann@example.org", at: "2026-01-01T00:00:00.000Z" },
  coAuthors: [],
  merge: false,
  signature: null,
  verified: null,
};

/** Facts of a pull request by ann that changes nothing; `more` replaces parts of them. */
export function factsOf(more: Partial<Facts> = {}, files: readonly FileFact[] = []): Facts {
  return {
    schema: FACTS_SCHEMA,
    action: pullRequest,
    repository: { ...unknownRepository, properties: null },
    change: {
      base: "a".repeat(40),
      head: HEAD,
      mergeBase: "a".repeat(40),
      headTree: "d".repeat(40),
      filesCount: files.length,
      files,
      ...{ addedLines: null, removedLines: null, commitsCount: null, lines: null },
    },
    capabilities: [],
    dependencies: [],
    commits: null,
    reviews: [],
    contributors: [],
    statuses: null,
    completeness: { relevant: 0, read: 0, unread: [] },
    ...more,
  };
}
