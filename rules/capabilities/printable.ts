/** The most characters of a text from a repository that a capability shows. */
const MAX_CHARACTERS = 255;

/**
 * Text from a repository as one printable line: white space and control characters become
 * single spaces, and what is over 255 characters is cut and marked with an ellipsis.
 */
export function printable(text: string): string {
  const line = text
    .slice(0, 4 * MAX_CHARACTERS)
    .replace(/[\s\p{C}]+/gu, " ")
    .trim();
  const characters = Array.from(line);
  if (characters.length <= MAX_CHARACTERS) return line;
  return `${characters.slice(0, MAX_CHARACTERS).join("")}…`;
}
