import { commandFamily } from "../command-family.ts";
import { policyBacktest } from "./policy-backtest.ts";
import { policyExplain } from "./policy-explain.ts";
import { policyLint } from "./policy-lint.ts";
import { policyTest } from "./policy-test.ts";

/** `bailiff policy …`: what people who write policies need before they set them. */
export const policyCommand = commandFamily("policy", [
  ["lint", policyLint],
  ["test", policyTest],
  ["explain", policyExplain],
  ["backtest", policyBacktest],
]);
