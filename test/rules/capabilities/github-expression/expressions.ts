import fc from "fast-check";

const path = fc.constantFrom(
  "github.event.issue.title",
  "github.head_ref",
  "github.event.commits.*.message",
  "inputs.name",
  "steps.a.outputs.b",
  "github.sha",
);
const literal = fc.constantFrom("'a b'", "'it''s'", "1", "true", "null");

/** Expressions as GitHub takes them, of paths, texts, operators and functions. */
export const anyExpression: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    path,
    literal,
    fc
      .tuple(tie("tree"), fc.constantFrom("&&", "||", "==", "<="), tie("tree"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("tree").map((operand) => `!${operand}`),
    fc.tuple(tie("tree"), tie("tree")).map((operands) => `format(${operands.join(", ")})`),
    tie("tree").map((operand) => `toJSON(${operand})`),
    tie("tree").map((key) => `github[${key}]`),
  ),
})).tree;

/** The same expression in another spelling, chosen by a seed. */
export function respelt(text: string, seed: number): string {
  const pieces = text.split(/('(?:[^']|'')*'|[A-Za-z_]\w*|[()[\],*]|&&|\|\||==|<=|!)/);
  let at = seed;
  const respeltPieces = pieces.map((piece, index) => {
    at = (at * 31 + 7) % 1009;
    if (piece.startsWith("'") || /^(?:true|null)$/.test(piece)) return piece;
    const before = pieces[index - 1] ?? "";
    const spaced = at % 2 === 0 && before !== "." && /^\w/.test(piece) ? ` ${piece}` : piece;
    return at % 3 === 0 ? spaced.toUpperCase() : spaced;
  });
  return seed % 2 === 0 ? ` (${respeltPieces.join("")})` : respeltPieces.join("");
}
