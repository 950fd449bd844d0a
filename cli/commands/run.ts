import { realpath } from "node:fs/promises";
import { relative } from "node:path";
import { openRepository, type Repository } from "../../git/repository.ts";
import { openWorkTree } from "../../git/work-tree.ts";
import { openCommandGate } from "../../maestro/command/command-gate.ts";
import type { Execution, GovernedCommand } from "../../maestro/command/execution.ts";
import type { Governed } from "../../maestro/govern.ts";
import { pathText } from "../../rules/change/path-text.ts";
import { executionJson } from "../../report/execution-json.ts";
import { executionText } from "../../report/execution-text.ts";
import { verdictText } from "../../report/verdict-text.ts";
import { commandEnvironment, type GivenSecret } from "../../maestro/command/command-environment.ts";
import type { Command } from "../command.ts";
import { governedCommand } from "../../maestro/command/governed-command.ts";
import { governLocally } from "../local-govern.ts";
import { ledgerWriter, reopeningLedger } from "../local-ledger.ts";
import { closeKeyFile } from "../open-key-file.ts";
import { JUDGING_OPTIONS, refuseUnrecorded } from "../judging-options.ts";
import { choice, parseOptions } from "../options.ts";
import { readGivenKey, signingKeyOf, type GivenKey } from "../signing-key.ts";
import { UsageError, type Terminal } from "../terminal.ts";

/** `bailiff run`: judges a change and records that, then runs a command on it or blocks it. */
export const runCommand: Command = {
  usage: `
bailiff run --action NAME [--repo DIR] [--base REV] [--head REV] [--policy FILE|PACK]… [--simulate]
            [--record [--key FILE] [--root DIGEST --repository-id ID]] [--allow-dirty]
            [--format text|json] -- COMMAND…
  Judges as \`check\` does, then runs COMMAND in DIR, or blocks it. DIR must hold exactly what was
  judged. What Bailiff says goes to stderr. Exit: COMMAND's own; 125 where it was not started.`,

  async run(args, terminal) {
    const { own, argv } = splitWords(args);
    const values = optionsOf(own);
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    refuseOddName(values.action);
    refuseUnrecorded("run", values);
    // The command runs where its folder really is: a link could lead out of what was judged.
    const place = values.repo ?? ".";
    const folder = await realpath(place).catch(() => place);
    await using repository = await openRepository(folder);
    const key = await keyOf(values, terminal.env);
    const env = await commandEnvironment(terminal.env, fileOf(values.key, key));
    using command = governedCommand(argv, { folder, env });
    const { governed, execution } = await runGoverned(
      { folder, repository, command },
      { ...values, given: key, verbose: format === "text" },
      terminal,
    );
    const { judgement, record } = governed;
    if (format === "json") terminal.say(executionJson({ judgement, record, execution }));
    else terminal.say(executionText(execution, await pathInWorkTree(values.key, repository)));
    return execution.exitCode;
  },
};

type Asked = ReturnType<typeof optionsOf>;

function optionsOf(own: readonly string[]) {
  return parseOptions("run", own, {
    ...JUDGING_OPTIONS,
    action: { type: "string" },
    "allow-dirty": { type: "boolean" },
  }).values;
}

/** What stands after the first `--` is the command's, whatever it looks like. */
function splitWords(args: readonly string[]) {
  const end = args.indexOf("--");
  const argv = end === -1 ? [] : args.slice(end + 1);
  if ((argv[0] ?? "") === "") {
    throw new UsageError("run: no command is given", "write it after `--`");
  }
  // Node reads words as UTF-8. The command would get another word than was given.
  if (!argv.some((word) => word.includes("\u{FFFD}"))) return { own: args.slice(0, end), argv };
  throw new UsageError("run: a word of the command is not UTF-8", "put the command into a script");
}

/** Null where nothing is recorded. Nothing of its file stays open for the command. */
async function keyOf({ key, record }: Asked, env: Terminal["env"]): Promise<GivenKey | null> {
  if (record !== true) return null;
  const given = await readGivenKey(key, env);
  if (key !== undefined) closeKeyFile(key);
  return given;
}

function fileOf(path: string | undefined, given: GivenKey | null): GivenSecret | null {
  return path === undefined || given === null ? null : { path, pem: given.pem };
}

/** The key's file as a difference of the work tree would name it; null where it is elsewhere. */
async function pathInWorkTree(
  key: string | undefined,
  { location: { workTree } }: Repository,
): Promise<string | null> {
  if (key === undefined || workTree === null) return null;
  const file = await realpath(key).catch(() => null);
  return file === null ? null : pathText(Buffer.from(relative(workTree, file)));
}

/** Policies match it, and the ledger's commit messages show it. */
function refuseOddName(name: string | undefined): void {
  if (name === undefined) {
    throw new UsageError("run: the action has no name", "name what the command does with --action");
  }
  if (/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/.test(name)) return;
  throw new UsageError(
    `--action ${JSON.stringify(name)} is not a name`,
    "use at most 64 letters, digits and . _ : / -",
  );
}

/** What a command runs on. */
interface Stage {
  readonly folder: string;
  readonly repository: Repository;
  readonly command: GovernedCommand;
}

async function runGoverned(
  { folder, repository, command }: Stage,
  asked: Asked & { readonly given: GivenKey | null; readonly verbose: boolean },
  { now, say }: Terminal,
): Promise<{ readonly governed: Governed; readonly execution: Execution }> {
  const { record, given } = asked;
  const writer =
    record === true && given !== null
      ? await ledgerWriter(repository, asked, signingKeyOf(given))
      : null;
  const ledger = writer && reopeningLedger(folder, writer, now);
  const gate = openCommandGate({
    ...{ command, ledger, now },
    workTree: openWorkTree(repository),
    allowDirty: asked["allow-dirty"] ?? false,
    judged: (judgement, record) => {
      if (asked.verbose) say(verdictText({ judgement, record, colour: false }));
    },
  });
  const governed = await governLocally(repository, {
    name: asked.action ?? "",
    ...{ base: asked.base, head: asked.head },
    named: asked.policy ?? [],
    simulate: asked.simulate ?? false,
    at: now(),
    ...{ ledger, gate },
    repositoryId: writer?.trusted.repositoryId ?? null,
  });
  const [execution] = gate.executions;
  if (execution === undefined) throw new Error("the gate concluded, and says of no execution");
  return { governed, execution };
}
