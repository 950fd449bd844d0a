import { type HclReading, linesFrom } from "./reading.ts";
import { type Piece, readPieces, unindented } from "./template-pieces.ts";
import { heredocText, quotedText } from "./template-text.ts";
import { templateOf } from "./template-tree.ts";
import type { HclExpression } from "./tree.ts";

/** Reads `"…"` from its quote on. */
export function readQuoted(reading: HclReading): HclExpression {
  const { line } = reading.scanner.read();
  return expressionOf(reading, readPieces(reading, quotedText), { line, rows: false });
}

/** Reads a heredoc, `<<EOT` or `<<-EOT`, from its marker to its marker. */
export function readHeredoc(reading: HclReading): HclExpression {
  const { line, text } = reading.scanner.read();
  const marker = text.replace(/^<<-?/u, "").trimEnd();
  const pieces = readPieces(reading, heredocText(marker));
  const kept = text.startsWith("<<-") ? unindented(pieces) : pieces;
  return expressionOf(reading, kept, { line, rows: true });
}

/** Reads a text in which nothing may be interpolated, from its quote on. */
export function readPlainText(reading: HclReading): string {
  reading.scanner.read();
  const texts = readPieces(reading, quotedText).map((piece) => {
    if (piece.kind === "text") return piece.text;
    throw reading.scanner.refuseLast("not-hcl", "not valid HCL: a label with an interpolation");
  });
  return texts.join("");
}

function expressionOf(
  reading: HclReading,
  pieces: readonly Piece[],
  { line, rows }: { readonly line: number; readonly rows: boolean },
): HclExpression {
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === "value") return only.value;
  return templateOf(pieces, { scanner: reading.scanner, rows, ...linesFrom(line, reading) });
}
