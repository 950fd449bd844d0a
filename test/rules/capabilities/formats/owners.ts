import type { FormatSamples } from "./format-samples.ts";

const PATH = ".github/CODEOWNERS";
const file = (text: string) => ({ [PATH]: text, "src/a.ts": "" });

const OWNERS = `# who approves what
* @acme/everyone
/src/ @ann bo@acme.example # the code
docs/* @acme/writers
/vendor/
`;

export const ownersSamples: FormatSamples = {
  reader: "owners",
  files: [{ path: PATH, text: OWNERS, movedTo: "docs/CODEOWNERS" }],
  gains: [
    {
      what: "a rule without owners takes paths",
      kind: "owners.unowned",
      base: file("* @ann\n"),
      head: file("* @ann\n/src/\n"),
    },
    {
      what: "an owner joins",
      kind: "owners.owner",
      base: file("* @ann\n"),
      head: file("* @ann @bo\n"),
    },
    {
      what: "a line becomes one that is skipped",
      kind: "owners.skipped",
      base: file("* @ann\n"),
      head: file("* @ann\n!/src/ @bo\n"),
    },
  ],
  losses: [
    {
      what: "a rule goes",
      kind: "owners.owned",
      base: file("/src/ @ann\n"),
      head: file("# nobody\n"),
    },
  ],
  nothing: [
    {
      what: "a comment and the order of owners change",
      base: file("* @ann @bo\n"),
      head: file("# both\n* @bo @ann\n"),
    },
  ],
  adversaries: [
    { what: "very many rules", path: PATH, write: (bytes) => "a @b\n".repeat(bytes / 5) },
    { what: "one line", path: PATH, write: (bytes) => "a".repeat(bytes) },
    { what: "one pattern of wild cards", path: PATH, write: (bytes) => "*a".repeat(bytes / 2) },
    { what: "one line of owners", path: PATH, write: (bytes) => `* ${"@b ".repeat(bytes / 3)}` },
    { what: "one address", path: PATH, write: (bytes) => `* a@${"b.".repeat(bytes / 2)}` },
    { what: "spaces inside of a line", path: PATH, write: (bytes) => `a${" ".repeat(bytes)}@b` },
    { what: "nothing but spaces", path: PATH, write: (bytes) => " \t".repeat(bytes / 2) },
    { what: "nothing but backslashes", path: PATH, write: (bytes) => "\\".repeat(bytes) },
  ],
};
