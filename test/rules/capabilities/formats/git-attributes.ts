import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = ".gitattributes";
const TEXT = "* text=auto\npackage-lock.json -diff\n";

function change(line: string) {
  return { base: { [PATH]: TEXT }, head: { [PATH]: `${TEXT}${line}\n` } };
}

export const gitAttributesSamples: FormatSamples = {
  reader: "git-attributes",
  files: [{ path: PATH, text: `${TEXT}*.snap linguist-generated\nmodel/* filter=own\n` }],
  gains: [
    { what: "changes are hidden", kind: "attributes.hidden-diff", ...change("*.ts -diff") },
    {
      what: "changes are folded",
      kind: "attributes.folded-diff",
      ...change("* linguist-generated"),
    },
    { what: "a program is called", kind: "attributes.driver", ...change("*.x filter=own") },
    { what: "an archive is rewritten", kind: "attributes.archive", ...change("a export-subst") },
  ],
  nothing: [
    { what: "line ends are set", ...change("*.bat eol=crlf") },
    { what: "what is hidden is said twice", ...change("package-lock.json  -diff") },
  ],
  adversaries: [
    {
      what: "very many patterns",
      path: PATH,
      write: (bytes) => numbered(bytes, (n) => `a${n} -diff\n`),
    },
    {
      what: "macros of macros",
      path: PATH,
      write: (bytes) =>
        numbered(bytes, (n) => `[attr]a${n} a${n - 1} a${n - 1} a${n - 2}\n* a${n}\n`),
    },
    { what: "a line that never ends", path: PATH, write: (bytes) => `"${fill("\\", bytes)}` },
  ],
};
