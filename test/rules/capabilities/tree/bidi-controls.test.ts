import { expect, test } from "vitest";
import { bidiUses } from "../../../../rules/capabilities/tree/bidi-controls.ts";

const CONTROLS: Readonly<Record<string, string>> = {
  ...{ LRM: "\u200E", RLM: "\u200F", ALM: "\u061C" },
  ...{ LRE: "\u202A", RLE: "\u202B", PDF: "\u202C", LRO: "\u202D", RLO: "\u202E" },
  ...{ LRI: "\u2066", RLI: "\u2067", FSI: "\u2068", PDI: "\u2069" },
};

/** `<RLO>` for the control in a line; told as `RLO paired`. */
function usesOf(line: string): string[] {
  const text = line.replace(/<(\w+)>/g, (_, name: string) => CONTROLS[name] ?? "");
  return bidiUses(text).map(({ character, level }) => {
    const name = Object.keys(CONTROLS).find((key) => CONTROLS[key] === character);
    return `${name ?? "?"} ${level}`;
  });
}

test.each([
  { line: "C<LRM>++ <RLM> <ALM>", uses: ["LRM lawful", "RLM lawful", "ALM lawful"] },
  { line: "<LRE>a<PDF> <RLE>b<PDF>", uses: ["LRE paired", "RLE paired"] },
  { line: "<LRI>a<PDI> <RLI>b<PDI> <FSI>c<PDI>", uses: ["LRI paired", "RLI paired", "FSI paired"] },
  { line: "<LRE>a", uses: ["LRE unpaired"] },
  { line: "<RLI>a", uses: ["RLI unpaired"] },
  { line: "a<PDF>", uses: ["PDF unpaired"] },
  { line: "a<PDI>", uses: ["PDI unpaired"] },
  { line: "<LRI>a<PDF><PDI>", uses: ["LRI paired", "PDF unpaired"] },
  { line: "<LRE>a<PDI>", uses: ["LRE unpaired", "PDI unpaired"] },
  { line: "<LRI><RLE>a<PDI>", uses: ["LRI paired", "RLE paired"] },
  { line: "<RLI>a<PDI><RLI>b", uses: ["RLI unpaired"] },
  { line: "<RLI>a<RLI>b<PDI>", uses: ["RLI unpaired"] },
  { line: "<RLO>שלום<PDF>", uses: ["RLO paired"] },
  { line: "<LRO>سلام 12<PDF>", uses: ["LRO paired"] },
  { line: "<RLO>abc<PDF>", uses: ["RLO unpaired"] },
  { line: "<RLO>שלום abc<PDF>", uses: ["RLO unpaired"] },
  { line: "<RLO>123<PDF>", uses: ["RLO unpaired"] },
  { line: "שלום <RLO>;<PDF>", uses: ["RLO unpaired"] },
  { line: "abc <RLO>שלום<PDF> abc", uses: ["RLO paired"] },
  { line: "<RLO>abc<PDF> <RLO>שלום<PDF>", uses: ["RLO unpaired"] },
  { line: "<LRI><RLO>abc<PDI>", uses: ["LRI paired", "RLO unpaired"] },
  { line: `${"<LRI>".repeat(126)}${"<PDI>".repeat(126)}`, uses: ["LRI unpaired", "PDI unpaired"] },
  { line: `${"<LRI>".repeat(125)}${"<PDI>".repeat(125)}`, uses: ["LRI paired"] },
])("$line", ({ line, uses }) => {
  expect(usesOf(line)).toEqual(uses);
});
