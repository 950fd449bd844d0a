import type { HclScanner } from "./scanner.ts";
import type { Piece, TextPiece } from "./template-pieces.ts";
import type { HclExpression, HclString, HclTemplate, Lines } from "./tree.ts";

/** Putting runs of marks in order takes time that grows with their square; no language needs more. */
const TOO_MANY_MARKS = /\p{M}{31}/u;

interface Frame extends Lines {
  readonly scanner: HclScanner;
  /** Whether each line break of the text is one in the file. */
  readonly rows: boolean;
}

/** The pieces that are left to be taken. */
interface Left {
  readonly pieces: readonly Piece[];
  at: number;
}

/** Joins a template's pieces to one text, with each directive around what it holds. */
export function templateOf(pieces: readonly Piece[], frame: Frame): HclString | HclTemplate {
  const left: Left = { pieces, at: 0 };
  const parts = takeParts(left, frame);
  if (left.at < pieces.length) throw misplaced(frame);
  return textOf(parts, frame);
}

function takeParts(left: Left, frame: Frame): (TextPiece | HclExpression)[] {
  const parts: (TextPiece | HclExpression)[] = [];
  for (;;) {
    const piece = left.pieces[left.at];
    if (piece?.kind === "text") parts.push(piece);
    else if (piece?.kind === "value") parts.push(piece.value);
    else if (piece?.kind === "if" || piece?.kind === "for") {
      parts.push(takeDirective(piece, left, frame));
    } else return parts;
    left.at += 1;
  }
}

/** Leaves its end, `%{ endif }` or `%{ endfor }`, to be passed. */
function takeDirective(
  piece: Piece & { kind: "if" | "for" },
  left: Left,
  frame: Frame,
): HclExpression {
  const { scanner } = frame;
  scanner.enter();
  const whenTrue = takeBranch(left, frame);
  const hasElse = piece.kind === "if" && left.pieces[left.at]?.kind === "else";
  const whenFalse = hasElse ? takeBranch(left, frame) : textOf([], { ...frame, ...whenTrue });
  scanner.leave();
  const end = left.pieces[left.at];
  if (end?.kind !== `end${piece.kind}`) throw misplaced(frame);
  const lines = { line: piece.line, endLine: end.line };
  if (piece.kind === "if") {
    return { type: "conditional", condition: piece.condition, whenTrue, whenFalse, ...lines };
  }
  const { keyName, itemName, source } = piece;
  const rest = { newKey: null, value: whenTrue, grouped: false, condition: null };
  return { type: "for", makes: "text", keyName, itemName, source, ...rest, ...lines };
}

/** The text from behind a directive to before the next that belongs to it. */
function takeBranch(left: Left, frame: Frame): HclString | HclTemplate {
  const line = left.pieces[left.at]?.line ?? frame.line;
  left.at += 1;
  const parts = takeParts(left, frame);
  return textOf(parts, { ...frame, line, endLine: left.pieces[left.at]?.line ?? line });
}

function textOf(
  all: readonly (TextPiece | HclExpression)[],
  frame: Frame,
): HclString | HclTemplate {
  const parts: HclExpression[] = [];
  let texts: TextPiece[] = [];
  const join = (): void => {
    const string = joined(texts, frame);
    if (string.value !== "") parts.push(string);
    texts = [];
  };
  for (const part of all) {
    const text = "kind" in part ? part : knownText(part);
    if (text) texts.push(text);
    else {
      join();
      parts.push(part as HclExpression);
    }
  }
  const { line, endLine } = frame;
  if (parts.length === 0) return { ...joined(texts, frame), line, endLine };
  join();
  return { type: "template", parts, line, endLine };
}

/** What an interpolated literal adds to the text: `"s3:${"*"}"` is `"s3:*"`. */
function knownText(part: HclExpression): TextPiece | null {
  const piece = (text: string): TextPiece => ({
    kind: "text",
    text,
    line: part.line,
    written: false,
  });
  if (part.type === "string") return piece(part.value);
  if (part.type === "bool") return piece(String(part.value));
  return part.type === "number" && !part.digits.includes("e") ? piece(part.digits) : null;
}

function joined(texts: readonly TextPiece[], frame: Frame): HclString {
  const text = texts.map((piece) => piece.text).join("");
  if (TOO_MANY_MARKS.test(text)) {
    throw frame.scanner.refuseLast("ambiguous-character", "a character with very many marks");
  }
  const written = texts.filter((piece) => piece.text !== "");
  const textLine = written[0]?.line ?? frame.line;
  const last = written.at(-1)?.line ?? textLine;
  const rows = frame.rows && texts.every((piece) => piece.written || !piece.text.includes("\n"));
  const value = text.normalize("NFC");
  return { type: "string", value, textLine, rows, line: textLine, endLine: last };
}

function misplaced({ scanner }: Frame): Error {
  return scanner.refuseLast("not-hcl", "not valid HCL: a template directive without its other end");
}
