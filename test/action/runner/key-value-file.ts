/**
 * The pairs in a file that a step hands values on with: `name=value`, or `name<<END`, lines, `END`.
 * Throws for what the runner refuses.
 *
 * Source: actions/runner `src/Runner.Worker/FileCommandManager.cs`.
 */
export function pairsIn(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const [, name = "", sign, rest = ""] = /^(.*?)(<<|=)(.*)$/s.exec(line) ?? [];
    if (sign === undefined || name === "") throw new Error(`Invalid format '${line}'`);
    if (sign === "=") {
      pairs[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest, at + 1);
    if (end === -1) throw new Error(`Matching delimiter not found '${rest}'`);
    pairs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return pairs;
}
