import { NotUnderstood } from "../not-understood.ts";
import { type Action, type Piece, scanTemplate } from "./template-scanner.ts";

/** A template with one branch of each of its alternatives, as YAML with placeholders. */
export interface Variant {
  /** Has the template's lines. */
  readonly text: string;
  /** What has to hold for a line (1-based), from the outside in. */
  conditionsAt(line: number): readonly string[];
}

export interface Template {
  readonly variants: readonly Variant[];
  /** A text of a variant with the actions that its placeholders stand for. */
  restore(text: string): string;
}

/** Alternatives that one `if` may have: each is a text of its own to be parsed. */
const MAX_BRANCHES = 6;
const MAX_OPEN = 40;

// Private-use characters, which no manifest needs.
const PLACEHOLDER = /\uE000(\d+)\uE001/g;

/**
 * Reads a template of Helm (Go's text/template), and Jinja's control lines, as text with structure.
 *
 * Control actions, comments and what stands alone on its lines are blanked, and every other action
 * becomes a placeholder within its line, so that lines stay as they are. All branches count as
 * present: each variant takes another branch of every `if` with an `else`. What actions insert (helpers,
 * values) is not seen. Throws `NotUnderstood` for actions that do not end or do not match.
 */
export function readTemplate(text: string): Template {
  if (/[\uE000\uE001]/.test(text)) {
    throw new NotUnderstood("template", "a template with private-use characters");
  }
  const pieces = withBranches(scanTemplate(text));
  const most = pieces.reduce(
    (count, { frames }) => Math.max(count, frames?.frame.branches.length ?? 1),
    1,
  );
  if (most > MAX_BRANCHES) throw new NotUnderstood("template", "a template with too many branches");
  return {
    variants: Array.from({ length: most }, (_, branch) => variantOf(pieces, branch)),
    restore: (shown) =>
      shown.replace(
        PLACEHOLDER,
        (_, index: string) => `{{ ${pieces[Number(index)]?.text ?? ""} }}`,
      ),
  };
}

/** One `if`, `range` or `with`: the condition of each of its branches, null for an `else`. */
interface Frame {
  readonly branches: (string | null)[];
}

/** Where a piece stands: in this branch of this frame, which stands in another one. */
interface Framed {
  readonly frame: Frame;
  readonly branch: number;
  readonly outer: Framed | null;
  readonly depth: number;
}

interface BranchedPiece extends Piece {
  readonly frames: Framed | null;
}

function withBranches(pieces: readonly Piece[]): BranchedPiece[] {
  const branched: BranchedPiece[] = [];
  for (const piece of pieces) {
    const frames = framesAfter(piece, branched.at(-1)?.frames ?? null);
    branched.push({ ...piece, frames });
  }
  if (branched.at(-1)?.frames) {
    throw new NotUnderstood("template", "a template whose if, range or with does not end");
  }
  return branched;
}

function framesAfter({ action, line }: Piece, open: Framed | null): Framed | null {
  if (action?.type === "open") {
    const depth = (open?.depth ?? 0) + 1;
    if (depth > MAX_OPEN) throw unmatched("nested too deep", line);
    return { frame: { branches: [action.condition] }, branch: 0, outer: open, depth };
  }
  if (action?.type === "else") {
    if (!open) throw unmatched("an else without an if", line);
    open.frame.branches.push(action.condition);
    return { ...open, branch: open.frame.branches.length - 1 };
  }
  if (action?.type !== "end") return open;
  if (!open) throw unmatched("an end without an if, range or with", line);
  return open.outer;
}

function unmatched(what: string, line: number): NotUnderstood {
  return new NotUnderstood("template", `a template with ${what}`, { line, column: 1 });
}

function variantOf(pieces: readonly BranchedPiece[], branch: number): Variant {
  const writer = new LineWriter();
  pieces.forEach(({ text, action, breaks, frames }, index) => {
    const isTaken = takes(frames, branch);
    if (!action) writer.text(isTaken ? text : text.replace(/[^\n]+/g, ""), frames);
    else if (isTaken && action.type === "value") writer.value(index, action, frames);
    writer.owe(breaks);
  });
  const { lines, frames } = writer.finished();
  return { text: lines.join("\n"), conditionsAt: (line) => conditionsOf(frames[line - 1] ?? null) };
}

function takes(frames: Framed | null, branch: number): boolean {
  for (let at = frames; at; at = at.outer) {
    if (at.branch !== Math.min(branch, at.frame.branches.length - 1)) return false;
  }
  return true;
}

function conditionsOf(frames: Framed | null): readonly string[] {
  if (!frames) return [];
  const { frame, branch, outer } = frames;
  const before = frame.branches
    .slice(0, branch)
    .flatMap((other) => (other === null ? [] : [`not ${other}`]));
  const own = frame.branches[branch] ?? null;
  return [...conditionsOf(outer), ...before, ...(own === null ? [] : [own])];
}

/** Writes lines, and knows for each which frames all of its content stands in. */
class LineWriter {
  readonly #lines: string[] = [];
  readonly #frames: (Framed | null)[] = [];
  #line = "";
  #hasText = false;
  #common: Framed | null | undefined;
  #owed = 0;

  text(text: string, frames: Framed | null): void {
    const [first = "", ...others] = text.split("\n");
    this.#add(first, frames);
    for (const other of others) {
      this.#break();
      this.#add(other, frames);
    }
  }

  value(
    index: number,
    { writesLines }: Extract<Action, { type: "value" }>,
    frames: Framed | null,
  ): void {
    if (writesLines) return;
    this.#line += `\uE000${index}\uE001`;
    this.#meet(frames);
  }

  /** Lines that an action takes up, to be written behind the line that it begins in. */
  owe(breaks: number): void {
    this.#owed += breaks;
  }

  finished(): { readonly lines: readonly string[]; readonly frames: readonly (Framed | null)[] } {
    this.#break();
    return { lines: this.#lines, frames: this.#frames };
  }

  #add(text: string, frames: Framed | null): void {
    this.#line += text;
    if (text.trim() === "") return;
    this.#hasText = true;
    this.#meet(frames);
  }

  #meet(frames: Framed | null): void {
    this.#common = this.#common === undefined ? frames : commonOf(this.#common, frames);
  }

  // What stands alone on its line may be lines of any depth.
  #break(): void {
    this.#lines.push(this.#hasText ? this.#line : "", ...Array<string>(this.#owed).fill(""));
    this.#frames.push(this.#common ?? null, ...Array<null>(this.#owed).fill(null));
    [this.#line, this.#hasText, this.#common, this.#owed] = ["", false, undefined, 0];
  }
}

function commonOf(left: Framed | null, right: Framed | null): Framed | null {
  let [one, other] = [left, right];
  while (one && other && !(one.frame === other.frame && one.branch === other.branch)) {
    if (one.depth >= other.depth) one = one.outer;
    else other = other.outer;
  }
  return one && other ? one : null;
}
