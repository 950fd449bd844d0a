import type { Attack } from "./attacks/attack.ts";
import { FILE_ATTACKS, MESSAGE_ATTACKS, NO_LEDGERS } from "./attacks/files.ts";
import { HISTORY_ATTACKS } from "./attacks/history.ts";
import { HEAD_ATTACKS, TRUNCATIONS, FORKS } from "./attacks/heads.ts";
import { RECORD_ATTACKS } from "./attacks/keys.ts";
import { EDITS, MISMATCHES } from "./attacks/records.ts";
import { RUN_ATTACKS } from "./attacks/runs.ts";
import { TRUST_ATTACKS } from "./attacks/trust.ts";

/** Every attack that is planted, in the order of the format's table. */
export const ATTACKS: readonly Attack[] = [
  ...TRUST_ATTACKS,
  ...HEAD_ATTACKS,
  ...TRUNCATIONS,
  ...EDITS,
  ...MISMATCHES,
  ...FORKS,
  ...RECORD_ATTACKS,
  ...RUN_ATTACKS,
  ...FILE_ATTACKS,
  ...MESSAGE_ATTACKS,
  ...HISTORY_ATTACKS,
  ...NO_LEDGERS,
];
