/** A message's first paragraph as one line, as git shows it (`%s`). */
export function subjectOf(message: string): string {
  const lines = message.split("\n").map((line) => line.trimEnd());
  const start = lines.findIndex((line) => line !== "");
  const end = lines.indexOf("", start);
  return start === -1 ? "" : lines.slice(start, end === -1 ? undefined : end).join(" ");
}

/**
 * The addresses that `Co-authored-by: NAME <EMAIL>` lines name, wherever they stand, in their order;
 * of a line without an address what it says.
 */
export function coAuthorsOf(message: string): readonly string[] {
  return message.split("\n").flatMap((line) => {
    const said = /^co-authored-by:(.*)$/i.exec(line.trim())?.[1];
    return said === undefined ? [] : [/<([^<>]*)>/.exec(said)?.[1] ?? said.trim()];
  });
}
