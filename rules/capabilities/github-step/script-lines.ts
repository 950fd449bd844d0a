import type { YamlScalar } from "../yaml-node.ts";

/**
 * The lines of a file in which rows of a script stand, counted from 0: exactly those in a literal
 * block, else all lines of the scalar. As `linesAt`, for whoever counts rows.
 */
export function linesOfRows(
  { style, line, endLine }: YamlScalar,
  row: number,
  endRow = row,
): { readonly line: number; readonly endLine: number } {
  if (style !== "literal" || endLine === line) return { line, endLine };
  return { line: line + 1 + row, endLine: line + 1 + endRow };
}
