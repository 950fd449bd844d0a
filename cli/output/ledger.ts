import * as z from "zod";
import { count, hex64, time } from "../../ledger/predicate-parts.ts";
import type { ReplayedRecord } from "../../ledger/replay.ts";
import type { Verification } from "../../ledger/verify/verification.ts";
import { printed } from "./printed.ts";

const problem = z.strictObject({
  code: z.string(),
  place: z.string(),
  since: z.string().nullable(),
  message: z.string(),
});

/** `ledger verify --format json`. Codes are not counted: a later version finds more. */
export const ledgerVerifyOutput = printed<Verification>()(
  z.strictObject({
    ok: z.boolean(),
    size: count,
    root: z.string(),
    pin: z.string(),
    problems: z.array(problem),
    notCovered: z.array(z.string()),
  }),
);

/** `ledger log --format json`: every record, whatever its kind. */
export const ledgerLogOutput = z.array(
  z.strictObject({ index: count, leaf: hex64, kind: z.string(), at: time, id: z.string() }),
);

const subject = z.strictObject({
  name: z.string().optional(),
  digest: z.record(z.string(), z.string()),
});

/** `ledger show --format json`. The predicate's own schema is that of its kind. */
export const ledgerShowOutput = printed<
  Pick<ReplayedRecord, "index" | "leaf" | "kind" | "keyid" | "statement">
>()(
  z.strictObject({
    index: count,
    leaf: hex64,
    kind: z.string(),
    keyid: z.string(),
    statement: z.strictObject({
      _type: z.literal("https://in-toto.io/Statement/v1"),
      subject: z.array(subject),
      predicateType: z.string(),
      predicate: z.record(z.string(), z.unknown()),
    }),
  }),
);
