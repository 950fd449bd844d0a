import { readForHead } from "./for-expressions.ts";
import type { HclReading } from "./reading.ts";
import { type TextReader, spacesBefore, trimmedEnd, trimmedStart } from "./template-text.ts";
import type { HclExpression, HclFor } from "./tree.ts";

export interface TextPiece {
  readonly kind: "text";
  readonly text: string;
  readonly line: number;
  /** Whether it stands so in the file, and not as a value within an interpolation. */
  readonly written: boolean;
}

/** A part of a template before directives are joined with what they hold. */
export type Piece =
  | TextPiece
  | { readonly kind: "value"; readonly value: HclExpression; readonly line: number }
  | { readonly kind: "if"; readonly condition: HclExpression; readonly line: number }
  | ({ readonly kind: "for"; readonly line: number } & Pick<
      HclFor,
      "keyName" | "itemName" | "source"
    >)
  | { readonly kind: "else" | "endif" | "endfor"; readonly line: number };

const OPENER = /[$%]\{~?/y;

/** Reads a template's pieces from behind its opening to behind its end, stripped where `~` says so. */
export function readPieces(reading: HclReading, readText: TextReader): Piece[] {
  const { scanner } = reading;
  const pieces: Piece[] = [];
  let [startsLine, strips] = [true, false];
  for (;;) {
    const { line } = scanner;
    const opener = scanner.takeText(OPENER);
    if (opener !== "") {
      if (opener.endsWith("~")) stripLast(pieces);
      const sequence = readSequence(reading, opener);
      pieces.push(sequence.piece);
      [startsLine, strips] = [false, sequence.strips];
      continue;
    }
    const text = readText(scanner, startsLine);
    if (text === null) return pieces;
    const kept = strips ? trimmedStart(text) : text;
    pieces.push({ kind: "text", text: kept, line, written: true });
    [startsLine, strips] = [text.endsWith("\n"), false];
  }
}

/** Takes from each line what all of them are indented by; lines of nothing but spaces do not count. */
export function unindented(pieces: readonly Piece[]): readonly Piece[] {
  const starts = new Set(lineStarts(pieces));
  let least = Infinity;
  for (const piece of starts) least = Math.min(least, indentOf(piece));
  return pieces.map((piece) => {
    if (piece.kind !== "text" || !starts.has(piece)) return piece;
    return { ...piece, text: piece.text.slice(least) };
  });
}

function stripLast(pieces: Piece[]): void {
  const last = pieces.at(-1);
  if (last?.kind === "text") pieces.splice(-1, 1, { ...last, text: trimmedEnd(last.text) });
}

function readSequence(reading: HclReading, opener: string): { piece: Piece; strips: boolean } {
  const { scanner } = reading;
  const { line } = scanner;
  const newlines = scanner.setNewlines(false);
  const piece: Piece = opener.startsWith("$")
    ? { kind: "value", value: reading.expression(), line }
    : readDirective(reading, line);
  const strips = scanner.skip("~}");
  if (!strips) scanner.expect("}");
  scanner.setNewlines(newlines);
  return { piece, strips };
}

function readDirective(reading: HclReading, line: number): Piece {
  const { scanner } = reading;
  if (scanner.skip("if")) return { kind: "if", condition: reading.expression(), line };
  if (scanner.skip("for")) return { kind: "for", ...readForHead(reading), line };
  for (const kind of ["else", "endif", "endfor"] as const) {
    if (scanner.skip(kind)) return { kind, line };
  }
  throw scanner.refuse();
}

function lineStarts(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece, n) => {
    const before = pieces[n - 1];
    const starts = before === undefined || (before.kind === "text" && before.text.endsWith("\n"));
    return starts && !(piece.kind === "text" && isBlank(piece.text));
  });
}

function isBlank(text: string): boolean {
  return text.endsWith("\n") && spacesBefore(text) === text.length;
}

function indentOf(piece: Piece): number {
  return piece.kind === "text" ? spacesBefore(piece.text) : 0;
}
