import type { Command } from "./command.ts";
import { isRefusal } from "../maestro/refusal.ts";
import { EXIT, UsageError, type Terminal } from "./terminal.ts";

/** Loaded when they are asked for: judging a change must not wait for what audits a ledger. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).checkCommand,
  facts: async () => (await import("./commands/facts.ts")).factsCommand,
  ledger: async () => (await import("./commands/ledger.ts")).ledgerCommand,
  lineage: async () => (await import("./commands/lineage.ts")).lineageCommand,
  keys: async () => (await import("./commands/keys.ts")).keysCommand,
};

/** Runs `bailiff ARGS…` and returns its exit status; what people should read goes through `terminal`. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.say(`bailiff: ${explain(error)}`);
    return isUsers(error) ? EXIT.usage : EXIT.noVerdict;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "help") {
    terminal.out(usageOf(await Promise.all(Object.values(commands).map((load) => load()))));
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const command = await (Object.hasOwn(commands, name) ? commands[name]?.() : undefined);
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

/** What names nothing that is there is the user's to correct, whichever room found it out. */
function isUsers(error: unknown): boolean {
  const codes = ["NOT_A_REPOSITORY", "UNKNOWN_REVISION", "QUERY_INVALID"];
  return error instanceof UsageError || (isRefusal(error) && codes.includes(error.code));
}

/** One line: what, where, and what to do. Only a defect of ours shows its stack. */
function explain(error: unknown): string {
  if (error instanceof UsageError || isRefusal(error)) {
    return error.remedy === undefined
      ? error.message
      : `${error.message}; ${asClause(error.remedy)}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
