import { NotUnderstood } from "../not-understood.ts";
import type { Directives } from "./directives.ts";
import { type InstructionPlace, readHead } from "./head.ts";
import { heredocsIn, unclearHeredoc } from "./heredocs.ts";

/** A part of an instruction that stands on one line, without the sign that the next goes on. */
export interface Piece {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** A here document's lines, which are no instructions. */
export interface Heredoc {
  readonly delimiter: string;
  readonly lines: readonly Piece[];
  readonly endLine: number;
}

/** An instruction with all of its lines; comments and empty lines between them are left out. */
export interface LogicalLine {
  readonly pieces: readonly Piece[];
  readonly heredocs: readonly Heredoc[];
  readonly endLine: number;
}

/**
 * Splits a Dockerfile into its instructions, as BuildKit does.
 *
 * A line goes on where it ends in one escape character, with or without white space behind it; here
 * documents follow `RUN`, `COPY` and `ADD`. Throws `NotUnderstood` for one without an end, and for a
 * delimiter that is no plain word: where a builder knows no such documents, it is an instruction.
 *
 * Source: docs.docker.com/reference/dockerfile, "Format" and "Here-Documents"; its parser in
 * github.com/moby/buildkit.
 */
export function logicalLines(
  lines: readonly string[],
  { escape }: Pick<Directives, "escape">,
): LogicalLine[] {
  const found: LogicalLine[] = [];
  for (let row = 0; row < lines.length;) {
    const first = lines[row] ?? "";
    if (isEmpty(first) || isComment(first)) {
      row += 1;
      continue;
    }
    if (found.length >= MAX_INSTRUCTIONS) {
      const why = `more than ${MAX_INSTRUCTIONS} instructions`;
      throw new NotUnderstood("too-many-instructions", why, { line: row + 1, column: 1 });
    }
    const { pieces, next } = readPieces(lines, row, escape);
    const { heredocs, end } = readHeredocs(lines, next, {
      instruction: textOf(pieces),
      ...{ escape, line: row + 1 },
    });
    found.push({ pieces, heredocs, endLine: end });
    row = end;
  }
  return found;
}

/** Builders refuse images of more than 127 layers. */
const MAX_INSTRUCTIONS = 4_000;

/** The text of pieces as the builder puts it together. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

function isEmpty(line: string): boolean {
  return line.trim() === "";
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

function readPieces(lines: readonly string[], start: number, escape: string) {
  const pieces: Piece[] = [];
  let row = start;
  for (; row < lines.length; row += 1) {
    const line = lines[row] ?? "";
    if (row > start && (isEmpty(line) || isComment(line))) continue;
    const { text, goesOn } = continued(line, escape);
    pieces.push({ text, line: row + 1 });
    if (!goesOn) break;
  }
  return { pieces, next: Math.min(row + 1, lines.length) };
}

// `\\` at the end is no sign that the line goes on.
function continued(line: string, escape: string): { text: string; goesOn: boolean } {
  let end = line.length;
  while (end > 0 && /[ \t]/.test(line.charAt(end - 1))) end -= 1;
  const text = line.slice(0, end);
  const goesOn = text.endsWith(escape) && text.at(-2) !== escape;
  return goesOn ? { text: text.slice(0, -1), goesOn } : { text: line, goesOn };
}

interface Awaiting extends InstructionPlace {
  readonly instruction: string;
}

function readHeredocs(
  lines: readonly string[],
  start: number,
  { instruction, ...at }: Awaiting,
): { heredocs: Heredoc[]; end: number } {
  const found: Heredoc[] = [];
  const place = { line: start, column: 1 };
  let row = start;
  const { heredocs, isOfNewer } = heredocsIn(instruction, at);
  for (const { delimiter, stripsTabs } of heredocs) {
    if (!/^[\w.-]+$/.test(delimiter)) {
      const why = "a here document whose delimiter is no plain word";
      throw new NotUnderstood("heredoc-delimiter", why, place);
    }
    const body: Piece[] = [];
    for (; ; row += 1) {
      const line = lines[row];
      if (line === undefined) {
        throw new NotUnderstood("heredoc-end", "a here document without its end", place);
      }
      if ((stripsTabs ? line.replace(/^\t+/, "") : line) === delimiter) break;
      body.push({ text: line, line: row + 1 });
    }
    row += 1;
    found.push({ delimiter, lines: body, endLine: row });
  }
  if (isOfNewer && mayBeInstructions(lines.slice(start, row), at)) throw unclearHeredoc(at);
  return { heredocs: found, end: row };
}

/** Whether lines up to a delimiter could be instructions, the delimiter with them. */
function mayBeInstructions(lines: readonly string[], at: InstructionPlace): boolean {
  const telling = lines.filter((line) => !isEmpty(line) && !isComment(line));
  const isInstruction = (line = ""): boolean => readHead(line, at) !== null;
  return (
    isInstruction(telling[0]) &&
    (isInstruction(telling.at(-1)) || telling.some((line) => continued(line, at.escape).goesOn))
  );
}
