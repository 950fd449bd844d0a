import type { Command } from "../command.ts";
import { UsageError } from "../terminal.ts";
import { policyBacktest } from "./policy-backtest.ts";
import { policyExplain } from "./policy-explain.ts";
import { policyLint } from "./policy-lint.ts";
import { policyTest } from "./policy-test.ts";

const verbs = new Map<string, Command>([
  ["lint", policyLint],
  ["test", policyTest],
  ["explain", policyExplain],
  ["backtest", policyBacktest],
]);

/** `bailiff policy …`: what people who write policies need before they set them. */
export const policyCommand: Command = {
  verbs,
  usage: [...verbs.values()].map(({ usage }) => usage.trim()).join("\n"),

  run([verb = "", ...rest], terminal) {
    const found = verbs.get(verb);
    if (found !== undefined) return found.run(rest, terminal);
    const known = [...verbs.keys()].join(", ");
    throw new UsageError(`policy: say one of ${known}`, "see `bailiff policy --help`");
  },
};
