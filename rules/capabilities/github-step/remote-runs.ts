import { contentDigest } from "../holder-content.ts";
import { codeOf, fileRunBy, runsInput } from "../shell/interpreters.ts";
import { ENCODED, followSources, type Source, type SourceFlow } from "./script-sources.ts";
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
  return script.flatMap((command, index): RemoteRun[] => {
    files.follow(command, flow.carried[index]);
    const source =
      runBy(command, index, flow) ?? files.runBy(command) ?? encodedRun(command, index);
    if (!source) return [];
    const { commands } = source;
    const words = commands ? script.slice(commands.from, commands.to).flatMap(wordsOf) : [];
    return [
      { source, row: command.row, content: commands ? contentDigest(JSON.stringify(words)) : "" },
    ];
  });
}

/** The files that a script downloads, by name without folder: it may change the folder between. */
class DownloadedFiles {
  readonly #files = new Map<string, Source>();
  #isChecked = false;

  follow(command: ScriptCommand, carried: Source | undefined): void {
    this.#isChecked ||= checks(command);
    const { name, args, targets, request } = command;
    const written = [
      ...(request?.savedAs ? [request.savedAs] : []),
      ...targets,
      ...(name === "tee" ? textsOf(args) : []),
    ];
    for (const file of carried ? written : []) this.#save(file, carried);
    // `mv install.sh.part install.sh`
    const [from, to] = ["mv", "cp", "install"].includes(name) ? textsOf(args).slice(-2) : [];
    const moved = from === undefined ? undefined : this.#files.get(fileName(from));
    if (moved && to !== undefined) this.#save(to, moved);
  }

  runBy(command: ScriptCommand): Source | undefined {
    if (this.#files.size === 0) return undefined;
    const source = this.#files.get(fileName(fileRunBy(command)?.text ?? ""));
    return source && this.#isChecked ? { ...source, level: "pinned" } : source;
  }

  #save(file: string, source: Source | undefined): void {
    const name = fileName(file);
    if (source && name !== "" && name !== "-" && name !== "null") this.#files.set(name, source);
  }
}

function runBy(command: ScriptCommand, index: number, flow: SourceFlow): Source | undefined {
  const { called } = command;
  const input = runsInput(command) ? flow.readBy(index) : undefined;
  if (input) return input;
  const file = fileRunBy(command);
  for (const code of [...codeOf(command), ...(file ? [file] : []), ...(called ? [called] : [])]) {
    const source = flow.heldBy(index, code.word);
    if (source) return source;
  }
  return undefined;
}

// `powershell -EncodedCommand SQBFAFgA…`
function encodedRun({ name, args, row }: ScriptCommand, index: number): Source | undefined {
  const isPowerShell = name === "powershell" || name === "pwsh";
  if (!isPowerShell || !args.some(({ text }) => /^-e(?:c|nc(?:odedcommand)?)?$/i.test(text))) {
    return undefined;
  }
  return { name: ENCODED, level: "mutable", row, commands: { from: index, to: index + 1 } };
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
