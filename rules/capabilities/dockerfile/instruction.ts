import { NotUnderstood } from "../not-understood.ts";
import { readHead } from "./head.ts";
import { type Heredoc, type LogicalLine, type Piece, textOf } from "./logical-lines.ts";
import { refuseMany } from "./words.ts";

/** One instruction, taken apart. */
export interface Instruction {
  /** In upper case; of `ONBUILD RUN x` it is `RUN`. */
  readonly keyword: string;
  /** Whether it is kept for images that are built from this one. */
  readonly isOnBuild: boolean;
  /** `name=value` of `--name=value`, without quotes and escapes. */
  readonly flags: readonly string[];
  /** What stands behind keyword and flags, put together, and its parts. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly heredocs: readonly Heredoc[];
  readonly line: number;
  readonly endLine: number;
}

/** Takes an instruction apart; null where its word is none of Docker's. */
export function instructionOf(
  { pieces, heredocs, endLine }: LogicalLine,
  escape: string,
): Instruction | null {
  const line = pieces[0]?.line ?? endLine;
  const head = readHead(textOf(pieces), { escape, line });
  if (!head) return null;
  const { length, ...told } = head;
  const rest = cutPieces(pieces, length);
  refuseMany(told.flags, line);
  return { ...told, text: textOf(rest).trim(), pieces: rest, heredocs, line, endLine };
}

/** The values of a flag, `--mount=VALUE`, in any letters of its name; "" where it has none. */
export function flagValues({ flags }: Instruction, name: string): string[] {
  return flags.flatMap((flag) => {
    const equals = flag.indexOf("=");
    const key = equals < 0 ? flag : flag.slice(0, equals);
    return key.toLowerCase() === name ? [equals < 0 ? "" : flag.slice(equals + 1)] : [];
  });
}

/** Refuses an instruction that no builder knows. */
export function refuseUnknown({ pieces }: LogicalLine): never {
  const why = "a line that is no instruction of a Dockerfile";
  throw new NotUnderstood("instruction", why, { line: pieces[0]?.line ?? 1, column: 1 });
}

function cutPieces(pieces: readonly Piece[], length: number): Piece[] {
  let left = length;
  return pieces.flatMap(({ text, line }) => {
    const cut = Math.min(left, text.length);
    left -= cut;
    const rest = text.slice(cut);
    return rest === "" ? [] : [{ text: rest, line }];
  });
}
