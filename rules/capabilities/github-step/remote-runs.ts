import { contentDigest } from "../holder-content.ts";
import { onceForEach } from "../once-for-each.ts";
import type { CommandRange } from "../shell/command.ts";
import { codeOf, fileRunBy, runsInput } from "../shell/interpreters.ts";
import { encodedSource, type Source, type Sources } from "./remote-sources.ts";
import { followSources, type SourceFlow } from "./script-sources.ts";
import type { Script, ScriptCommand } from "./step-script.ts";

/** One place where a script runs text that came from elsewhere. */
export interface RemoteRun {
  readonly source: Source;
  readonly row: number;
  /** A digest of what is run, where its source's name does not say that; "" else. */
  readonly content: string;
}

/** Finds where a script runs downloaded or decoded text: by a pipe, as an argument, or as a file. */
export function runsOf(script: Script): RemoteRun[] {
  const flow = followSources(script);
  const files = new DownloadedFiles();
  // A script may run one download many times.
  const contentOf = onceForEach(({ from, to }: CommandRange) =>
    contentDigest(JSON.stringify(script.slice(from, to).flatMap(wordsOf))),
  );
  return script.flatMap((command, index): RemoteRun[] => {
    files.follow(command, flow.carried[index]);
    const sources =
      runBy(command, index, flow) ?? files.runBy(command) ?? encodedRun(command, index) ?? [];
    return sources.map((source) => ({
      source,
      row: command.row,
      content: source.commands ? contentOf(source.commands) : "",
    }));
  });
}

/** The files that a script downloads, by name without folder: it may change the folder between. */
class DownloadedFiles {
  readonly #files = new Map<string, Sources>();
  #isChecked = false;

  follow(command: ScriptCommand, carried: Sources = []): void {
    this.#isChecked ||= checks(command);
    const { name, args, targets, request } = command;
    for (const file of [...targets, ...(name === "tee" ? textsOf(args) : [])]) {
      this.#save(file, carried);
    }
    const saved = request ? carried.filter(({ savedAs }) => savedAs !== null) : [];
    for (const { savedAs } of saved) {
      this.#save(
        savedAs ?? "",
        saved.filter((source) => source.savedAs === savedAs),
      );
    }
    // `mv install.sh.part install.sh`
    const [from, to] = ["mv", "cp", "install"].includes(name) ? textsOf(args).slice(-2) : [];
    const moved = from === undefined ? undefined : this.#files.get(fileName(from));
    if (moved && to !== undefined) this.#save(to, moved);
  }

  runBy(command: ScriptCommand): Sources | undefined {
    if (this.#files.size === 0) return undefined;
    // `sh install.sh`, `sh < install.sh`
    const files = runsInput(command) ? command.inputFiles : [fileRunBy(command)?.text ?? ""];
    const sources = files.map((file) => this.#files.get(fileName(file))).find(Boolean);
    if (!this.#isChecked) return sources;
    return sources?.map((source) => ({ ...source, level: "pinned" }));
  }

  #save(file: string, sources: Sources): void {
    const name = fileName(file);
    const isFile = name !== "" && file !== "/dev/null";
    if (isFile && sources.length > 0) this.#files.set(name, sources);
  }
}

function runBy(command: ScriptCommand, index: number, flow: SourceFlow): Sources | undefined {
  const { called } = command;
  const input = runsInput(command) ? flow.readBy(index) : undefined;
  if (input) return input;
  const file = fileRunBy(command);
  for (const code of [...codeOf(command), ...(file ? [file] : []), ...(called ? [called] : [])]) {
    const sources = flow.heldBy(index, code.word);
    if (sources) return sources;
  }
  return undefined;
}

// `powershell -EncodedCommand SQBFAFgA…`
function encodedRun({ name, args }: ScriptCommand, index: number): Sources | undefined {
  const isPowerShell = name === "powershell" || name === "pwsh";
  if (!isPowerShell || !args.some(isEncoded)) return undefined;
  return [encodedSource({ from: index, to: index + 1 })];
}

// PowerShell takes its options shortened: `-e`, `-enc`
function isEncoded({ text }: ScriptCommand["args"][number]): boolean {
  const option = text.toLowerCase();
  return option === "-ec" || (option.length > 1 && "-encodedcommand".startsWith(option));
}

const VERIFIERS = /^(?:cosign|gpgv|minisign|signify|slsa-verifier|get-filehash)$/;

// `sha256sum -c`, `shasum -a 256 --check`, `gpg --verify`, `gh attestation verify`
function checks({ name, args }: ScriptCommand): boolean {
  if (VERIFIERS.test(name)) return true;
  const has = (option: RegExp): boolean => args.some(({ text }) => option.test(text));
  if (/^(?:sha\d*sum|shasum|b2sum|b3sum)$/.test(name)) return has(/^(?:-c|--check)$/);
  if (name === "gpg" || name === "gpg2") return has(/^--verify$/);
  return name === "gh" && args[0]?.text === "attestation" && args[1]?.text === "verify";
}

function wordsOf({ written, heredocs }: ScriptCommand): string[] {
  return [...written, ...heredocs.map(({ text }) => text)];
}

function textsOf(args: ScriptCommand["args"]): string[] {
  return args.map(({ text }) => text);
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
