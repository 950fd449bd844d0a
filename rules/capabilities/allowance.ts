import type { Allowance } from "./capability.ts";
import { NotUnderstood } from "./not-understood.ts";

/** Why a file is not read that its change's others have left no room for. */
export const WHY_TOO_MUCH = "this change holds more such files than are read together; split it";

/** Takes what a file weighs written out. Throws `NotUnderstood` where that is more than is left. */
export function takeFrom(allowance: Allowance, characters: number): void {
  allowance.characters -= characters;
  if (allowance.characters < 0) throw new NotUnderstood("too-much", WHY_TOO_MUCH);
}
