/**
 * The conditions that must all hold for a job's `if` to hold: the operands of `&&` at its top.
 *
 * An expression counts as one condition, whole, where taking it apart would mislead: with `||` at
 * its top, with a status function (`always()` also takes back the `success()` that is implied), with
 * `${{ }}` in its midst (GitHub then sees a text, which is always true), or where it does not close.
 *
 * Source: docs.github.com, "Evaluate expressions in workflows and actions".
 */
export function conjunctsOf(expression: string): string[] {
  if (/\$\{\{|\}\}/.test(expression) || STATUS_FUNCTION.test(expression)) return [expression];
  const conjuncts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at] ?? "";
    if (character === "'") at = endOfText(expression, at);
    else if ("([".includes(character)) depth += 1;
    else if (")]".includes(character)) depth -= 1;
    const operator = depth === 0 ? expression.slice(at, at + 2) : "";
    if (operator === "||" || depth < 0) return [expression];
    if (operator !== "&&") continue;
    conjuncts.push(expression.slice(start, at).trim());
    start = at + 2;
    at += 1;
  }
  conjuncts.push(expression.slice(start).trim());
  return depth === 0 && !conjuncts.includes("") ? conjuncts : [expression];
}

const STATUS_FUNCTION = /\b(?:always|cancelled|failure|success)\s*\(/i;

/** Where a text that begins at a quote ends; a doubled quote is a quote in it. */
function endOfText(expression: string, start: number): number {
  for (let at = start + 1; at < expression.length; at += 1) {
    if (expression[at] !== "'") continue;
    if (expression[at + 1] !== "'") return at;
    at += 1;
  }
  return expression.length;
}
