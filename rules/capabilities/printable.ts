import { withoutSecrets } from "./secrets/find-secrets.ts";

/** The most characters of a text from a repository that a capability shows. */
const MAX_CHARACTERS = 255;

/** The most of it that is looked at: a text of a megabyte may be shown at very many places. */
const MAX_LENGTH = 4 * MAX_CHARACTERS;

/**
 * Text from a repository as one printable line: credentials become asterisks, white space and
 * control characters single spaces, and what is over 255 characters is cut and marked with an ellipsis, also where it
 * stands behind a long row of spaces.
 */
export function printable(text: string): string {
  const line = withoutSecrets(text.slice(0, MAX_LENGTH))
    .replace(/[\s\p{C}]+/gu, " ")
    .trim();
  const characters = Array.from(line);
  if (characters.length <= MAX_CHARACTERS && text.length <= MAX_LENGTH) return line;
  return `${characters.slice(0, MAX_CHARACTERS).join("")}…`;
}
