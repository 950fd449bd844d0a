import type { Inputs } from "./inputs.ts";
import type { Environment, Runner } from "./runner.ts";

/** A step as the runner starts it. */
export interface Step {
  readonly runner: Runner;
  readonly inputs: Inputs;
  readonly env: Environment;
  readonly now: () => Date;
}
