import type { Actor } from "../rules/facts/facts.ts";

/** `Co-authored-by: Bo <6+bo@users.noreply.github.com>` */
const TRAILER = "co-authored-by:";

/** The e-mail addresses that a commit's message names as co-authors', in lower case; empty for none. */
export function coAuthorEmails(message: string): readonly string[] {
  return message
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.toLowerCase().startsWith(TRAILER))
    .map((line) =>
      line
        .slice(line.lastIndexOf("<") + 1)
        .replace(/>$/, "")
        .toLowerCase(),
    );
}

const NOREPLY =
  /^(?:([0-9]{1,20})\+)?([a-z0-9_-]{1,100}(?:\[bot\])?)@users\.noreply\.[a-z0-9.:-]+$/;

/** The account that an address of GitHub's own names; null for any other. Older ones have no id. */
export function accountOfNoreply(email: string): Actor | null {
  const [, id = "0", login] = NOREPLY.exec(email.toLowerCase()) ?? [];
  return login === undefined ? null : { id, login, bot: login.endsWith("[bot]") };
}
