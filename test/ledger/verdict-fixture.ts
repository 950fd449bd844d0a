import { createHash } from "node:crypto";
import type { JsonObject, JsonValue } from "../../ledger/format/canonical.ts";
import {
  commitSubjects,
  predicateType,
  STATEMENT_TYPE,
  type Statement,
} from "../../ledger/format/statement.ts";

export const ORIGIN = "bailiff.dev/ledger/0f1e2d3c4b5a69788796a5b4c3d2e1f0";
export const REPOSITORY_ID = "4711";
export const DOCUMENT = "version: 1\n";

const AT = "2026-01-02T03:04:05Z";

/** What a test varies in a verdict; `more` replaces whole members of the predicate. */
export interface VerdictFixture {
  readonly at?: string;
  readonly head?: string;
  readonly number?: number | null;
  /** The attempt of the run of `deploy` that it is about, instead of a pull request. */
  readonly run?: string;
  readonly decision?: "ALLOW" | "WARN" | "DENY";
  readonly simulation?: boolean;
  /** The policy document that judged. */
  readonly document?: string;
  readonly author?: string;
  readonly approvedBy?: string;
  readonly supersedes?: string | null;
  readonly ledger?: string;
  readonly repositoryId?: string;
  readonly id?: string;
  readonly more?: JsonObject;
}

/** sha256 (hex) of a text. */
export function digestOf(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}

/** An object id made of a word. */
export function objectIdOf(word: string): string {
  return createHash("sha1").update(word).digest("hex");
}

/** A verdict's predicate about one workflow whose token was raised. */
export function verdictPredicateOf(fixture: VerdictFixture = {}): JsonObject {
  const decision = fixture.decision ?? "DENY";
  const head = fixture.head ?? objectIdOf("head");
  const checks = checksOf(fixture);
  const fired = decision !== "ALLOW" || fixture.approvedBy !== undefined;
  return {
    id: fixture.id ?? "0011223344556677",
    ledger: fixture.ledger ?? ORIGIN,
    at: fixture.at ?? AT,
    observed: { size: 0, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
    action: actionOf(fixture),
    repository: {
      host: "github.com",
      id: fixture.repositoryId ?? REPOSITORY_ID,
      name: "acme/widgets",
      defaultBranch: "main",
      defaultTokenPermissions: "read",
    },
    change: {
      base: objectIdOf("base"),
      head,
      mergeBase: objectIdOf("base"),
      baseTree: objectIdOf("base tree"),
      headTree: objectIdOf(`${head} tree`),
      mergeTree: null,
      filesDigest: digestOf(head),
    },
    verdict: {
      decision,
      policyIds: decision === "ALLOW" ? [] : ["new-permissions"],
      reasons: fired ? [reasonOf(fixture)] : [],
      reasonsOmitted: 0,
      provenance: { origin: "app", confidence: 1, simulation: fixture.simulation ?? false },
    },
    checks,
    policies: [
      {
        repoId: REPOSITORY_ID,
        ref: "refs/heads/main",
        commit: objectIdOf("base"),
        path: ".github/bailiff.yml",
        digest: digestOf(fixture.document ?? DOCUMENT),
      },
    ],
    evaluator: { id: "bailiff", version: "0.1.0", digest: digestOf("evaluator") },
    factsDigest: digestOf("facts"),
    external: { reviews: reviewsOf(fixture, head), statuses: null },
    capabilities: fired ? [CAPABILITY] : [],
    supersedes: fixture.supersedes ?? null,
    ...fixture.more,
  };
}

/** A statement of any kind around a predicate, about the change's head. */
export function statementOf(kind: string, predicate: JsonObject): Statement {
  const head = objectIdOf("head");
  const { change } = predicate as { change?: { head: string; headTree: string } };
  const tree = change?.headTree ?? objectIdOf(`${head} tree`);
  return {
    _type: STATEMENT_TYPE,
    subject: commitSubjects({ commit: change?.head ?? head, tree }),
    predicateType: predicateType(kind),
    predicate,
  } as unknown as Statement;
}

const CAPABILITY = {
  kind: "github.workflow.token",
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

function actionOf(fixture: VerdictFixture): JsonValue {
  const { number = 42, author = "ann", head = "", run } = fixture;
  const person = { id: `id-of-${author}`, login: author, bot: false };
  const other = number === null ? "push" : "pull_request";
  return {
    kind: run === undefined ? other : "command",
    name: run === undefined ? null : "deploy",
    number: run === undefined ? number : null,
    actor: person,
    author: person,
    title: `Release faster ${head}`,
    body: null,
    labels: [],
    draft: false,
    fork: false,
    baseBranch: "main",
    headBranch: "release",
    at: AT,
    attempt: run ?? null,
  };
}

function checksOf(fixture: VerdictFixture): JsonValue {
  const { decision = "DENY", approvedBy, document = DOCUMENT } = fixture;
  const passed = decision === "ALLOW" && approvedBy === undefined;
  const settled = approvedBy === undefined ? "fail" : "approved";
  return [
    {
      policyId: "new-permissions",
      document: digestOf(document),
      outcome: passed ? "pass" : settled,
      reasons: passed ? [] : [reasonOf(fixture)],
    },
    { policyId: "untrusted-code", document: digestOf(document), outcome: "pass", reasons: [] },
  ];
}

function reasonOf({ approvedBy, decision }: VerdictFixture): JsonValue {
  return {
    policyId: "new-permissions",
    decision: decision === "WARN" ? "WARN" : "DENY",
    message: "jobs.release: contents read → write",
    path: ".github/workflows/release.yml",
    side: "head",
    line: 14,
    endLine: 14,
    remedy: "an approval",
    settledBy:
      approvedBy === undefined ? [] : [{ kind: "approval", id: "7", actor: approvedBy, at: AT }],
  };
}

function reviewsOf({ approvedBy }: VerdictFixture, head: string): JsonValue {
  if (approvedBy === undefined) return [];
  const actor = { id: `id-of-${approvedBy}`, login: approvedBy, bot: false };
  const seen = { commit: head, at: AT, via: ["role:write"], retargeted: false };
  return [{ id: "7", actor, state: "approved", ...seen }];
}
