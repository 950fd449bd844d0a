import type { ChangeFacts } from "../rules/facts/facts.ts";
import type { Reason } from "../rules/verdict/verdict.ts";

/**
 * The address at which GitHub shows what a reason is about: its file as one side has it, at its
 * lines. Null for the change as a whole, and for a path that is not UTF-8.
 */
export function sourceLink(
  repositoryUrl: string,
  { path, side, line, endLine }: Reason,
  { head, mergeBase }: ChangeFacts,
): string | null {
  // A backslash in a listed path stands for something else: a byte, or a doubled backslash.
  if (path === null || path.includes("\\") || !path.isWellFormed()) return null;
  const commit = side === "base" ? mergeBase : head;
  const until = endLine !== null && endLine !== line ? `-L${endLine}` : "";
  const lines = line === null ? "" : `#L${line}${until}`;
  return `${repositoryUrl}/blob/${commit}/${path.split("/").map(segment).join("/")}${lines}`;
}

// What `encodeURIComponent` leaves can end a link of Markdown.
function segment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
