import * as z from "zod";
import { hex64, objectId } from "../../ledger/predicate-parts.ts";
import type { ListedOverride, ListedWaiver } from "../../report/exceptions-text.ts";
import { printed } from "./printed.ts";

const named = z.strictObject({
  login: z.string(),
  proven: z.boolean(),
  via: z.array(z.string()),
});

const waiver = z.strictObject({
  id: z.string(),
  source: z.enum(["record", "file"]),
  policyId: z.string(),
  document: hex64,
  repositoryId: z.string(),
  commit: objectId,
  findings: z.array(hex64),
  owner: z.string(),
  reason: z.string(),
  expires: z.string(),
  grantedBy: named.nullable(),
  at: z.string(),
});

/** `waiver list --format json`. */
export const waiverListOutput = printed<readonly ListedWaiver[]>()(
  z.array(z.strictObject({ waiver, state: z.enum(["open", "expired", "revoked"]) })),
);

const override = z.strictObject({
  id: z.string(),
  repositoryId: z.string(),
  head: objectId,
  by: named,
  reason: z.string(),
  at: z.string(),
});

/** `incidents --format json`. */
export const incidentsOutput = printed<readonly ListedOverride[]>()(
  z.array(z.strictObject({ override, state: z.enum(["open", "reviewed"]) })),
);
