import type { JsonObject } from "../../../../ledger/format/canonical.ts";
import { signEnvelope } from "../../../../ledger/format/envelope.ts";
import { commitSubjects, subjectOf } from "../../../../ledger/format/statement.ts";
import type { rootDocument } from "../../ledger-builder.ts";
import {
  common,
  keysOf,
  LEDGER_KEY,
  LedgerBuilder,
  recordLine,
  sampleLedger,
  trustLine,
  verdictLine,
} from "../../ledger-builder.ts";
import { digestOf, DOCUMENT, statementOf, verdictPredicateOf } from "../../verdict-fixture.ts";
import { type Attack, THIEF, OTHER_ORIGIN, edited, withDecision, secondRoot } from "./attack.ts";

const twoKeys = keysOf(LEDGER_KEY, THIEF);
const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
const both = { keys: [LEDGER_KEY.public.id, THIEF.public.id], threshold: 1 };

/** A ledger in which the second key may sign records too, under these terms. */
function withSecondKey(change: Parameters<typeof rootDocument>[0] = {}): LedgerBuilder {
  const roles = { root: own, records: both, checkpoint: own };
  return new LedgerBuilder({ keys: twoKeys, roles, ...change });
}

const reason = {
  policyId: "x",
  decision: "DENY",
  message: "no",
  path: null,
  side: null,
  line: null,
  endLine: null,
  remedy: "ask",
  settledBy: [],
};

/** A verdict that its signer made say this; its one check denies. */
function contradicting(told: JsonObject): Uint8Array {
  const provenance = { origin: "app", confidence: 1, simulation: false };
  const check = { policyId: "x", document: digestOf(DOCUMENT), outcome: "fail", reasons: [reason] };
  const verdict = { ...told, reasonsOmitted: 0, provenance };
  return verdictLine({ id: "5", more: { verdict, checks: [check] } });
}

export const RECORD_ATTACKS: readonly Attack[] = [
  {
    when: "the head covers a record with a broken signature",
    commits: () => {
      const line = withDecision(verdictLine(), '"DENY"', '"ALLOW"');
      return sampleLedger().place([line]).commits;
    },
    codes: ["SIGNATURE_INVALID"],
    place: "records/005-1.jsonl:1",
    since: "commit 4, index 5",
  },
  {
    when: "the head covers a record in another spelling",
    commits: () => {
      const line = edited(verdictLine(), (envelope) => envelope.replace("{", "{ "));
      return sampleLedger().place([line], { leafKind: "verdict", message: "DENY\n" }).commits;
    },
    codes: ["NOT_CANONICAL"],
    place: "records/005-1.jsonl:1",
  },
  ...[
    { when: "a number with a fraction of nothing", from: '"number":42', to: '"number":42.0' },
    { when: "a number with an exponent", from: '"number":42', to: '"number":4.2e1' },
    { when: "a member twice", from: '"number":42', to: '"number":42,"number":42' },
    { when: "a letter as its code", from: '"DENY"', to: '"\\u0044ENY"' },
  ].map(({ when, from, to }): Attack => ({
    when: `the head covers a record that spells ${when}`,
    commits: () => {
      const line = withDecision(verdictLine({ id: "5" }), from, to);
      return sampleLedger().place([line], { leafKind: "verdict", message: "DENY\n" }).commits;
    },
    codes: ["NOT_CANONICAL"],
    place: "records/005-1.jsonl:1",
  })),
  {
    when: "the head covers a record of somebody else's kind",
    commits: () => {
      const type = "https://example.com/verdict/v1";
      const line = withDecision(verdictLine({ id: "5" }), "https://bailiff.dev/verdict/v1", type);
      return sampleLedger().place([line], { leafKind: "verdict", message: "DENY\n" }).commits;
    },
    codes: ["NOT_CANONICAL"],
    place: "records/005-1.jsonl:1",
  },
  ...[
    { when: "without its padding", from: '=="', to: '"' },
    { when: "with stray bits", from: /.=="/, to: '/=="' },
    { when: "twice", from: /(\{"keyid".*\})\]/, to: "$1,$1]" },
  ].map(({ when, from, to }): Attack => ({
    when: `the head covers a record with its signature ${when}`,
    commits: () => {
      const line = edited(verdictLine({ id: "5" }), (envelope) => envelope.replace(from, to));
      return sampleLedger().place([line], { leafKind: "verdict", message: "DENY\n" }).commits;
    },
    codes: ["NOT_CANONICAL"],
  })),
  {
    when: "the head covers something else than a record",
    commits: () =>
      sampleLedger().place([Buffer.from("{}")], { leafKind: "verdict", message: "DENY\n" }).commits,
    codes: ["NOT_CANONICAL"],
  },
  {
    when: "a verdict has not what a verdict has",
    commits: () => sampleLedger().place([recordLine("verdict", common())]).commits,
    codes: ["KIND_MISMATCH"],
    since: "commit 4, index 5",
  },
  ...[
    { when: "allows what it has an unsettled reason to deny", decision: "ALLOW", policyIds: [] },
    { when: "only warns of what it has a reason to deny", decision: "WARN", policyIds: ["x"] },
    { when: "denies and names no policy", decision: "DENY", policyIds: [] },
    { when: "names a policy that gave no reason", decision: "DENY", policyIds: ["a", "x"] },
  ].map(({ when, ...told }): Attack => ({
    when: `a verdict ${when}`,
    commits: () => sampleLedger().place([contradicting({ ...told, reasons: [reason] })]).commits,
    codes: ["KIND_MISMATCH"],
    place: "records/005-1.jsonl:1",
    since: "commit 4, index 5",
  })),
  {
    when: "a verdict allows what one of its checks denies",
    commits: () => {
      const allowed = { decision: "ALLOW", policyIds: [], reasons: [] };
      return sampleLedger().place([contradicting(allowed)]).commits;
    },
    codes: ["KIND_MISMATCH"],
  },
  ...[
    { when: "another commit than its change's head", commit: "1".repeat(40) },
    { when: "another tree than its change's", tree: "1".repeat(40) },
  ].map(({ when, ...other }): Attack => ({
    when: `a verdict is about ${when}`,
    commits: () => {
      const statement = statementOf("verdict", verdictPredicateOf({}));
      const { commit, tree } = { ...subjectOf(statement), ...other };
      const subject = commitSubjects({ commit: commit ?? "", tree: tree ?? "" });
      return sampleLedger().place([signEnvelope({ ...statement, subject }, LEDGER_KEY)]).commits;
    },
    codes: ["KIND_MISMATCH"],
  })),
  {
    when: "a verdict is about two commits",
    commits: () => {
      const statement = statementOf("verdict", verdictPredicateOf({}));
      const subject = [...statement.subject, { digest: { gitCommit: "1".repeat(40) } }];
      return sampleLedger().place([signEnvelope({ ...statement, subject }, LEDGER_KEY)]).commits;
    },
    codes: ["KIND_MISMATCH"],
  },
  {
    when: "record 0 is no trust record",
    commits: () => new LedgerBuilder({}, recordLine("omission", common())).commits,
    codes: ["KIND_MISMATCH"],
    since: "commit 0, index 0",
  },
  {
    when: "a trust record names no keyset",
    commits: () => sampleLedger().place([recordLine("trust", common({ format: 1 }))]).commits,
    codes: ["KIND_MISMATCH"],
  },
  {
    when: "a record is signed by a key that no keyset has",
    commits: () => sampleLedger().place([verdictLine({}, THIEF)]).commits,
    codes: ["KEY_UNKNOWN"],
    since: "commit 4, index 5",
  },
  {
    when: "a record is of a kind that its key may not sign",
    commits: () => sampleLedger().place([recordLine("merge", common())]).commits,
    codes: ["KEY_OUT_OF_SCOPE"],
  },
  {
    when: "a record is signed by a key that may only sign heads",
    commits: () =>
      withSecondKey({ roles: { root: own, records: own, checkpoint: both } }).place([
        recordLine("omission", common(), THIEF),
      ]).commits,
    codes: ["KEY_OUT_OF_SCOPE"],
  },
  {
    when: "a record is signed by a key before its keyset held",
    commits: () => {
      const root = secondRoot([LEDGER_KEY], {
        keys: twoKeys,
        roles: { root: own, records: both, checkpoint: own },
      });
      return new LedgerBuilder()
        .place([recordLine("omission", common(), THIEF)])
        .place([trustLine(root)], { files: { "trust/2.root.json": root } }).commits;
    },
    codes: ["KEY_OUT_OF_RANGE"],
    since: "commit 1, index 1",
  },
  {
    when: "a record is signed by a key after its keyset was replaced",
    commits: () => {
      const root = secondRoot();
      return withSecondKey()
        .place([trustLine(root)], { files: { "trust/2.root.json": root } })
        .place([recordLine("omission", common(), THIEF)]).commits;
    },
    codes: ["KEY_OUT_OF_RANGE"],
    since: "commit 2, index 2",
  },
  {
    when: "a record is signed by a revoked key",
    commits: () =>
      withSecondKey({ revocations: [{ key: THIEF.public.id, from: 2 }] })
        .place([recordLine("omission", common(), THIEF)])
        .place([recordLine("omission", common({ id: "2" }), THIEF)]).commits,
    codes: ["KEY_REVOKED"],
    place: "records/002-1.jsonl:1",
    since: "commit 2, index 2",
  },
  {
    when: "a record is signed by a key that a later keyset revokes",
    commits: () => {
      const revocations = [{ key: THIEF.public.id, from: 1 }];
      const root = secondRoot([LEDGER_KEY], { keys: twoKeys, revocations });
      return withSecondKey()
        .place([recordLine("omission", common(), THIEF)])
        .place([trustLine(root)], { files: { "trust/2.root.json": root } }).commits;
    },
    codes: ["KEY_REVOKED"],
    since: "commit 1, index 1",
  },
  {
    when: "a record is signed by a revoked key, and a later keyset forgets that it was revoked",
    commits: () => {
      const root = secondRoot([LEDGER_KEY], {
        keys: twoKeys,
        roles: { root: own, records: both, checkpoint: own },
      });
      return withSecondKey({ revocations: [{ key: THIEF.public.id, from: 1 }] })
        .place([trustLine(root)], { files: { "trust/2.root.json": root } })
        .place([recordLine("omission", common(), THIEF)]).commits;
    },
    codes: ["KEY_REVOKED"],
    since: "commit 2, index 2",
  },
  {
    when: "a record was made for another ledger",
    commits: () => sampleLedger().verdicts({ ledger: OTHER_ORIGIN }).commits,
    codes: ["FOREIGN_RECORD"],
    since: "commit 4, index 5",
  },
  {
    when: "a verdict was made for another repository",
    commits: () => sampleLedger().verdicts({ repositoryId: "666" }).commits,
    codes: ["FOREIGN_RECORD"],
  },
  {
    when: "a record was made for another repository, whose id is no text",
    commits: () =>
      sampleLedger().place([recordLine("omission", common({ repository: { id: 666 } }))]).commits,
    codes: ["FOREIGN_RECORD"],
  },
  {
    when: "the whole ledger was copied from another repository",
    commits: () => sampleLedger().commits,
    options: () => ({ repositoryId: "666" }),
    codes: ["FOREIGN_RECORD"],
    place: "trust/1.root.json",
  },
];
