import * as z from "zod";
import { count, hex64, objectId } from "../../ledger/predicate-parts.ts";
import type { executionDocument } from "../../report/execution-json.ts";
import type { verdictDocument } from "../../report/verdict-json.ts";
import { verdictShape } from "../../rules/verdict/schema.ts";
import { candidateShape } from "./policy.ts";
import { printed } from "./printed.ts";

export const reasonShape = verdictShape.shape.reasons.element;

const policyCheck = z.strictObject({
  policyId: z.string().min(1),
  document: hex64,
  outcome: z.enum(["pass", "fail", "approved", "waived", "overridden", "error"]),
  reasons: z.array(reasonShape),
  reasonsOmitted: z.int().min(1).optional(),
});

const record = z.strictObject({ index: count, leaf: hex64 });

/** `check --format json`, and the file that the Action's output `verdict` names. */
export const checkOutput = printed<ReturnType<typeof verdictDocument>>()(
  z.strictObject({
    verdict: verdictShape,
    checks: z.array(policyCheck),
    change: z.strictObject({ base: objectId, head: objectId, mergeBase: objectId }),
    record: record.nullable(),
    candidate: candidateShape.optional(),
  }),
);

/** `run --format json`, a line on stderr: stdout is the command's. */
export const runOutput = printed<ReturnType<typeof executionDocument>>()(
  checkOutput.extend({
    execution: z.strictObject({
      attempt: z.string(),
      status: z.enum(["blocked", "ended"]),
      cause: z.enum(["denied", "work-tree"]).nullable(),
      exitCode: count,
      signal: z.string().nullable(),
      failure: z.enum(["not-found", "not-executable", "work-tree"]).nullable(),
      differences: z.array(z.strictObject({ path: z.string(), kind: z.string() })).nullable(),
      record: record.nullable(),
      unrecorded: z.string().nullable(),
    }),
  }),
);
