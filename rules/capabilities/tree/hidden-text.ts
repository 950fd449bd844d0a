import type { Capability } from "../capability.ts";
import { printable } from "../printable.ts";
import { BIDI_LEVELS, bidiUses } from "./bidi-controls.ts";
import { nameOf, selectorNumber, taggedAscii } from "./code-points.ts";
import { extensionOf, isCode } from "./extensions.ts";
import { HIDDEN_CLASS, INVISIBLE_LEVELS, invisiblesIn } from "./invisibles.ts";
import { LineFindings } from "./line-findings.ts";
import { looseText } from "./loose-text.ts";
import { isProse } from "./prose-paths.ts";
import { heldPieces, shownContext, windowOf } from "./shown-context.ts";
import { linesWith, type TextLine } from "./text-lines.ts";
import type { TreeEntry, TreeReader } from "./tree-reader.ts";

const KINDS = {
  "text.bidi": BIDI_LEVELS,
  "text.invisible": INVISIBLE_LEVELS,
  "text.tag": [],
} as const;

type Told = Pick<Capability, "name" | "context">;
type Kind = keyof typeof KINDS;

/** The most characters of a hidden message that are spelled. */
const MAX_SPELLED = 60;

const PLAIN = /^[\t\n\f\r\x20-\x7E]*$/;
const HIDDEN = new RegExp(HIDDEN_CLASS, "v");

/** A carriage return inside a line, not before its end. */
const LONE_RETURN = /\r(?=[^\r\n])/;
const DISTURBED = new RegExp(`${HIDDEN_CLASS}|${LONE_RETURN.source}`, "v");

/**
 * Characters in a text file that an editor does not show: bidirectional controls that change the
 * order in which code is seen, tag characters, and all else without a glyph. Where a script or an
 * emoji is written with such a character, it is nothing; a byte order mark at the start is none.
 *
 * In prose, controls that are closed on their line and single invisible characters are `lawful`.
 * A carriage return inside a line hides as well, but in prose: JavaScript, Python and YAML end the
 * line there, and a comment with it, while a diff shows one line and a terminal overwrites it.
 */
export const hiddenText: TreeReader = {
  name: "hidden-text",
  kinds: KINDS,
  read: readHiddenText,
};

function readHiddenText(entry: TreeEntry): readonly Capability[] {
  const text = entry.text ?? looseText(entry.path, entry.content);
  if (text === null || (PLAIN.test(text) && !LONE_RETURN.test(text))) return [];
  const inProse = isProse(entry.path);
  const place = inProse ? "prose-" : isCode(extensionOf(entry.path)) ? "code-" : "";
  const found = {
    "text.bidi": findingsOf("text.bidi", place),
    "text.invisible": findingsOf("text.invisible", place),
    "text.tag": findingsOf("text.tag", place),
  };
  for (const line of linesWith(text.replace(/^\uFEFF/, ""), inProse ? HIDDEN : DISTURBED)) {
    addBidi(found["text.bidi"], line, inProse);
    addInvisible(found, line, inProse);
    if (!inProse) addReturn(found["text.invisible"], line);
  }
  return Object.values(found).flatMap((findings) => findings.capabilities(entry));
}

function findingsOf(kind: Kind, place: string): LineFindings {
  return new LineFindings({ kind, certainty: "exact", levels: KINDS[kind], place });
}

/** All controls of a line are shown in the window of its first, where the order starts to differ. */
function addBidi(findings: LineFindings, line: TextLine, inProse: boolean): void {
  const uses = bidiUses(line.text);
  const spot = uses[0]?.start ?? 0;
  for (const { character, level } of uses) {
    const tell = (): Told => ({ name: nameOf(character), context: contextAt(line.text, spot) });
    findings.add({ line, level: inProse && level === "paired" ? "lawful" : level, tell });
  }
}

function addInvisible(
  found: Readonly<Record<Kind, LineFindings>>,
  line: TextLine,
  inProse: boolean,
): void {
  for (const { kind, name, level: written, start } of invisiblesIn(line.text)) {
    const level = inProse && written === "single" ? "lawful" : written;
    const context = (): string => contextAt(line.text, start) + spelledFrom(line.text, start);
    const tell = (): Told => ({ name, context: context() });
    found[kind].add({ line, tell, ...(kind === "text.invisible" && { level }) });
  }
}

function addReturn(findings: LineFindings, line: TextLine): void {
  if (!LONE_RETURN.test(line.text)) return;
  const context = "some programs end the line there, where a diff shows one line";
  findings.add({ line, level: "single", tell: () => ({ name: nameOf("\r"), context }) });
}

function contextAt(line: string, spot: number): string {
  const { text } = windowOf(line, spot);
  return shownContext(text, heldPieces(text));
}

/** What a row of tags or variation selectors spells, where that can be read. */
function spelledFrom(line: string, start: number): string {
  const message = printable(hiddenMessage(line.slice(start, start + 2 * MAX_SPELLED)));
  return message === "" ? "" : `; the hidden characters spell "${message}"`;
}

function hiddenMessage(text: string): string {
  let message = "";
  for (const character of text) {
    const spelled = taggedAscii(character) ?? selectedByte(character);
    if (spelled === null) break;
    message += spelled;
  }
  return message;
}

/** 256 variation selectors stand for 256 bytes; only printable ASCII is told. */
function selectedByte(character: string): string | null {
  const number = selectorNumber(character);
  if (number === 0) return null;
  return number > 0x20 && number <= 0x7f ? String.fromCharCode(number - 1) : "";
}
