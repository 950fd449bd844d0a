import { readFileGrants } from "../../rules/capabilities/read-file.ts";
import { fileGrantsJson, fileGrantsText } from "../../report/file-grants.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions } from "../options.ts";
import { fileOfInput, fileOnDisk } from "../single-file.ts";
import { EXIT, type Terminal, UsageError } from "../terminal.ts";

/** `bailiff capabilities`: what one file grants. */
export const capabilitiesCommand: Command = {
  usage: `
bailiff capabilities FILE [--as PATH] [--format text|json]
  What one file grants: line, kind, name, level (- where its kind has none), holder, context.
  Its reader is chosen by its path in the repository, or by --as; - reads stdin.
  Exit: 0, or 1 where the file was not understood.`,

  async run(args, terminal) {
    const { values, words } = parseOptions(
      "capabilities",
      args,
      { as: { type: "string" }, format: { type: "string" } },
      { atMost: 1 },
    );
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    if (values.as !== undefined) refuseOddPath(values.as);
    const grants = readFileGrants(await fileOf(words[0], values.as, terminal));
    terminal.out(format === "json" ? fileGrantsJson(grants) : fileGrantsText(grants));
    return grants.refused === null ? EXIT.ok : EXIT.denied;
  },
};

/** What no tree of git can hold would be read as a file that no reader claims. */
function refuseOddPath(path: string): void {
  if (!path.split("/").some((part) => ["", ".", ".."].includes(part))) return;
  throw new UsageError(
    `--as ${JSON.stringify(path)} is not a path in a repository`,
    "write it from the root, as in .github/workflows/ci.yml",
  );
}

function fileOf(file: string | undefined, asPath: string | undefined, terminal: Terminal) {
  if (file === undefined) {
    throw new UsageError("capabilities: no file is named", "name one, or - for stdin");
  }
  if (file !== "-") return fileOnDisk(file, asPath);
  if (asPath !== undefined) return fileOfInput(terminal.input(), asPath);
  throw new UsageError("capabilities: stdin has no path", "say with --as where it would stand");
}
