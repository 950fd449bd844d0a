import * as z from "zod";
import type { Lineage } from "../../ledger/lineage/graph.ts";
import { count, hex64, objectId, time } from "../../ledger/predicate-parts.ts";
import { reasonShape } from "./check.ts";
import { printed } from "./printed.ts";

const text = z.string();
const maybe = z.string().nullable();
const decision = z.enum(["ALLOW", "WARN", "DENY"]);
const placed = { index: count, leaf: hex64, at: time };

const omitted = z.strictObject({ digest: hex64, count });

function node<const Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.strictObject({ kind: z.literal(kind), id: text, ...shape });
}

const record = node("record", {
  ...placed,
  recordKind: text,
  decision: decision.nullable(),
  keyid: text,
});

const verdict = node("verdict", {
  ...placed,
  decision,
  policyIds: z.array(text),
  origin: z.enum(["app", "action", "cli"]),
  simulation: z.boolean(),
  confidence: z.number().min(0).max(1),
});

const change = node("change", {
  repository: maybe,
  base: objectId,
  head: objectId,
  mergeBase: objectId,
  filesDigest: hex64,
});

const action = node("action", {
  action: z.enum(["pull_request", "merge_group", "deployment", "command", "push"]),
  name: maybe,
  number: count.nullable(),
  attempt: maybe,
  title: maybe,
  actor: maybe,
  author: maybe,
  repository: maybe,
});

const capability = node("capability", {
  capability: text,
  name: text,
  holder: text,
  context: text,
  delta: z.enum(["added", "raised", "lowered", "removed"]),
  before: maybe,
  after: maybe,
  path: text,
  side: z.enum(["base", "head"]),
  line: count,
});

const policy = node("policy", { policyId: text, document: hex64, path: text, commit: maybe });

const check = node("check", {
  policyId: text,
  outcome: z.enum(["pass", "fail", "approved", "waived", "overridden", "error"]),
  reasons: z.union([z.array(reasonShape), omitted]),
  triggersOmitted: count,
});

const approval = node("approval", { review: text, actor: text, at: text, commit: maybe });

const exception = node("exception", {
  exception: z.enum(["waiver", "override"]),
  name: text,
  actor: text,
  owner: maybe,
  policyId: maybe,
  commit: objectId,
  reason: text,
  at: text,
  until: maybe,
});

const outcome = node("outcome", { outcome: z.enum(["allowed", "blocked", "simulated"]) });

const execution = node("execution", {
  ...placed,
  name: text,
  attempt: text,
  phase: z.enum(["started", "blocked", "ended"]),
  simulation: z.boolean(),
  program: text,
  allowDirty: z.boolean(),
  differences: count.nullable(),
  cause: z.enum(["denied", "work-tree"]).nullable(),
  exitCode: count.nullable(),
  signal: maybe,
  failure: z.enum(["not-found", "not-executable", "work-tree"]).nullable(),
});

const nodes = [
  ...[record, verdict, change, action, capability, policy, check, approval, outcome],
  ...[exception, execution],
] as const;

const edge = z.strictObject({
  kind: z.enum([
    ...(["FED_INTO", "USED_BY", "TRIGGERED", "BLOCKED", "PRODUCED", "GENERATED"] as const),
    ...(["AFFECTED", "DERIVED_FROM"] as const),
  ]),
  from: text,
  to: text,
});

/** `lineage --format json`. */
export const lineageOutput = printed<Lineage>()(
  z.strictObject({ nodes: z.array(z.union(nodes)), edges: z.array(edge) }),
);
