import type { Command } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { factsCommand } from "./commands/facts.ts";
import { keysCommand } from "./commands/keys.ts";
import { ledgerCommand } from "./commands/ledger.ts";
import { lineageCommand } from "./commands/lineage.ts";
import { EXIT, UsageError, type Terminal } from "./terminal.ts";

const commands: Readonly<Record<string, Command>> = {
  check: checkCommand,
  facts: factsCommand,
  ledger: ledgerCommand,
  lineage: lineageCommand,
  keys: keysCommand,
};

/** Runs `bailiff ARGS…` and returns its exit status; what people should read goes through `terminal`. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.say(`bailiff: ${explain(error)}`);
    return error instanceof UsageError ? EXIT.usage : EXIT.noVerdict;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "help") {
    terminal.out(usageOf(Object.values(commands)));
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new UsageError(`\`${name}\` is not a command`, "see `bailiff --help`");
  }
  if (rest.includes("--help")) {
    terminal.out(usageOf([command]));
    return EXIT.ok;
  }
  return command.run(rest, terminal);
}

function usageOf(shown: readonly Command[]): string {
  return `${shown.map(({ usage }) => usage.trim()).join("\n\n")}\n`;
}

/** One line: what, where, and what to do. Only a defect of ours shows its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("remedy" in error) return `${error.message}; ${String(error.remedy)}`;
  return error.stack ?? error.message;
}
