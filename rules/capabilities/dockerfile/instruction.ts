import { NotUnderstood } from "../not-understood.ts";
import { type Heredoc, type LogicalLine, type Piece, textOf } from "./logical-lines.ts";
import { refuseMany } from "./words.ts";

/** One instruction, taken apart. */
export interface Instruction {
  /** In upper case; of `ONBUILD RUN x` it is `RUN`. */
  readonly keyword: string;
  /** Whether it is kept for images that are built from this one. */
  readonly isOnBuild: boolean;
  /** `--name=value` before all else, as written. */
  readonly flags: readonly string[];
  /** What stands behind keyword and flags, put together, and its parts. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly heredocs: readonly Heredoc[];
  readonly line: number;
  readonly endLine: number;
}

const KEYWORDS = new Set([
  ...["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"],
  ...["MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
]);

/**
 * Takes an instruction apart; null where its word is none of Docker's.
 *
 * A flag is a word that begins with `--`, as long as only such words have come.
 */
export function instructionOf({ pieces, heredocs, endLine }: LogicalLine): Instruction | null {
  const [head = "", onBuild, keyword = "", flagText = ""] = HEAD.exec(textOf(pieces)) ?? [];
  const name = keyword.toUpperCase();
  if (!KEYWORDS.has(name)) return null;
  const rest = cutPieces(pieces, head.length);
  const flags = Array.from(flagText.matchAll(FLAG), ([, flag = ""]) => flag);
  refuseMany(flags, pieces[0]?.line ?? endLine);
  return {
    keyword: name,
    isOnBuild: onBuild !== undefined,
    flags,
    text: textOf(rest).trim(),
    pieces: rest,
    heredocs,
    line: pieces[0]?.line ?? endLine,
    endLine,
  };
}

// `ONBUILD COPY --from=a --chown="b" ` with what follows left out; white space is no other than this.
const HEAD =
  /^\s*(onbuild[ \t]+)?([A-Za-z]+)(?=[ \t]|$)((?:[ \t]+--(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')*(?=[ \t]|$))*)[ \t]*/i;

const FLAG = /[ \t]+--((?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')*)/g;

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
