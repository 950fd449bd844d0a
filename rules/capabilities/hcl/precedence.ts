const LEVELS = [["||"], ["&&"], ["==", "!="], [">", "<", ">=", "<="], ["+", "-"], ["*", "/", "%"]];
const PRECEDENCE = new Map(LEVELS.flatMap((row, level) => row.map((sign) => [sign, level])));

/** How tightly an operator between two operands binds, from 0; -1 for what is none. */
export function precedenceOf(operator: string): number {
  return PRECEDENCE.get(operator) ?? -1;
}
