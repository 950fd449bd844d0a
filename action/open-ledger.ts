import type { Ledger } from "../ledger/record.ts";
import type { Inputs } from "./inputs.ts";
import { whyUnsigned } from "./may-sign.ts";
import type { Runner } from "./runner.ts";

/** Where a step's verdicts are recorded; where they are not, `unrecorded` says why. */
export interface StepLedger {
  readonly open: Ledger | null;
  readonly unrecorded: string;
}

export const BESIDE_APP: StepLedger = {
  open: null,
  unrecorded: "the Bailiff App judges here, and keeps the ledger as its only writer",
};

/** Opens the ledger where the step has one and its run may sign. Throws what a ledger of others is. */
export async function openStepLedger(
  runner: Runner,
  { ledger, token }: Inputs,
  defaultBranch: string,
  stack: AsyncDisposableStack,
): Promise<StepLedger> {
  if (ledger === null) {
    return { open: null, unrecorded: "the step has no key and no root of a ledger" };
  }
  const unsigned = whyUnsigned(runner, defaultBranch);
  if (unsigned !== null) return { open: null, unrecorded: unsigned };
  // Loaded where it is needed: most runs only judge.
  const { openNamedLedger } = await import("./named-ledger.ts");
  const open = await openNamedLedger(runner, { ...ledger, token }, stack);
  return open === null ? BESIDE_APP : { open, unrecorded: "" };
}
