import type { Command } from "./command.ts";
import { thisVersion } from "../maestro/evaluator.ts";
import { isRefusal } from "../maestro/refusal.ts";
import { terminalText } from "../report/escape/terminal.ts";
import { EXIT, UsageError, type Terminal } from "./terminal.ts";

/** Loaded when they are asked for: judging a change must not wait for what audits a ledger. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).checkCommand,
  facts: async () => (await import("./commands/facts.ts")).factsCommand,
  capabilities: async () => (await import("./commands/capabilities.ts")).capabilitiesCommand,
  run: async () => (await import("./commands/run.ts")).runCommand,
  ledger: async () => (await import("./commands/ledger.ts")).ledgerCommand,
  lineage: async () => (await import("./commands/lineage.ts")).lineageCommand,
  policy: async () => (await import("./commands/policy.ts")).policyCommand,
  waiver: async () => (await import("./commands/waiver.ts")).waiverCommand,
  override: async () => (await import("./commands/override.ts")).overrideCommand,
  incidents: async () => (await import("./commands/incidents.ts")).incidentsCommand,
  keys: async () => (await import("./commands/keys.ts")).keysCommand,
};

/** Runs `bailiff ARGS…` and returns its exit status; what people should read goes through `terminal`. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    for (const line of explain(error)) terminal.say(`bailiff: ${line}`);
    if (args[0] === "run") return EXIT.notStarted;
    return isUsers(error) ? EXIT.usage : EXIT.noVerdict;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === "help" && rest.length > 0) return dispatch([...rest, "--help"], terminal);
  if (name === undefined || name === "help" || isHelp(name)) {
    const usage = usageOf(await Promise.all(Object.values(commands).map((load) => load())));
    if (name !== undefined) terminal.out(`${usage}\n`);
    else terminal.say(usage);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === "--version") {
    terminal.out(`${thisVersion()}\n`);
    return EXIT.ok;
  }
  const command = await (Object.hasOwn(commands, name) ? commands[name]?.() : undefined);
  if (command === undefined) {
    throw new UsageError(`\`${name}\` is not a command`, "see `bailiff --help`");
  }
  if (ownWords(rest).some(isHelp)) {
    terminal.out(`${usageOf([command.verbs?.get(rest[0] ?? "") ?? command])}\n`);
    return EXIT.ok;
  }
  return command.run(rest, terminal);
}

/** What stands after `--` is for somebody else. */
function ownWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end === -1 ? words : words.slice(0, end);
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function usageOf(shown: readonly Command[]): string {
  return shown.map(({ usage }) => usage.trim()).join("\n\n");
}

/** What names nothing that is there is the user's to correct, whichever room found it out. */
function isUsers(error: unknown): boolean {
  const codes = [
    "NOT_A_REPOSITORY",
    "NOT_A_WORK_TREE",
    "UNKNOWN_REVISION",
    "AMBIGUOUS_REVISION",
    "QUERY_INVALID",
    "EXPORT_OCCUPIED",
  ];
  return error instanceof UsageError || (isRefusal(error) && codes.includes(error.code));
}

/** A line for each thing that is wrong: what, where, and what to do. Only a defect of ours shows its stack. */
function explain(error: unknown): readonly string[] {
  if (error instanceof UsageError || isRefusal(error)) {
    // What was refused may be quoted in it, and is not to command a terminal.
    const { message, remedy } = error;
    const lines = remedy === undefined ? message.split("\n") : [`${message}; ${asClause(remedy)}`];
    return lines.map(terminalText);
  }
  if (isMachines(error)) {
    const remedy = "see that the place exists, has room, and may be written to";
    return [terminalText(`${error.message}; ${remedy}`)];
  }
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

/** The machine refused: no such folder, no room, no right. */
function isMachines(error: unknown): error is Error {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
