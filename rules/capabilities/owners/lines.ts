import { NotUnderstood } from "../not-understood.ts";
import { onceForEach } from "../once-for-each.ts";
import { compileOwnersPattern, type OwnersPattern } from "./pattern.ts";

/** A line of CODEOWNERS that GitHub reads: who owns what its pattern matches; nobody where it names none. */
export interface OwnersRule {
  /** As written. */
  readonly pattern: string;
  readonly matched: OwnersPattern;
  /** Each once, in lower case and sorted: logins, teams and e-mail addresses know no case. */
  readonly owners: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** A line that GitHub skips, or that does not do what it seems to; `why` is a fixed text. */
export interface SkippedLine {
  readonly why: string;
  readonly text: string;
  readonly line: number;
}

export interface OwnersLines {
  readonly rules: readonly OwnersRule[];
  readonly skipped: readonly SkippedLine[];
}

/** Ten times the longest file that people keep. */
const MAX_LINES = 100_000;

/**
 * Reads the lines of a CODEOWNERS file. Throws
 * `NotUnderstood` only where it has too many of them.
 *
 * GitHub skips a line that is not valid and reads the others (docs.github.com, "About code
 * owners"). So a line that names one owner wrongly gives its paths to none of its owners.
 */
export const ownersLines = onceForEach((content: Uint8Array): OwnersLines => {
  const rules: OwnersRule[] = [];
  const skipped: SkippedLine[] = [];
  const text = new TextDecoder("utf-8").decode(content);
  text.split(/\r?\n/).forEach((written, index) => {
    const line = index + 1;
    const read = readLine(written);
    if (read === null) return;
    if (rules.length + skipped.length >= MAX_LINES)
      throw new NotUnderstood("too-much", "too many rules");
    if ("why" in read) skipped.push({ why: read.why, text: written, line });
    else rules.push({ ...read, line });
    if ("doubt" in read) skipped.push({ why: read.doubt, text: written, line });
  });
  return { rules, skipped };
});

type ReadRule = Omit<OwnersRule, "line">;

function readLine(
  written: string,
): ReadRule | (ReadRule & { readonly doubt: string }) | { readonly why: string } | null {
  const text = TEXT.exec(written)?.[0] ?? "";
  if (text === "" || text.startsWith("#")) return null;
  const pattern = PATTERN.exec(text)?.[0] ?? "";
  const owners = ownersOf(text.slice(pattern.length));
  if (pattern.startsWith("!")) return { why: "a pattern that begins with !" };
  if (pattern.startsWith("\\#")) return { why: "a pattern that begins with \\#" };
  if (/\p{Cc}/u.test(pattern)) return { why: "a control character in the pattern" };
  const matched = compileOwnersPattern(pattern);
  if (matched === null) return { why: "a pattern that matches nothing" };
  if (owners.some((owner) => !OWNER.test(owner))) {
    return { why: "an owner that is no @user, @organisation/team or e-mail address" };
  }
  const rule = { pattern, matched, owners: [...new Set(owners)].sort() };
  if (/[[\]]/.test(pattern)) return { ...rule, doubt: "[ ] stands for no range of characters" };
  if (pattern.includes("#")) return { ...rule, doubt: "a # inside of the pattern" };
  if (owners.length === 0 && pattern.startsWith("@")) {
    return { ...rule, doubt: "an owner without a pattern before it" };
  }
  return rule;
}

/** Without the spaces and tabs around it, found in one pass. */
const TEXT = /[^ \t](?:.*[^ \t])?/su;

/**
 * Up to the first space or tab that no backslash escapes. A no-break space, which looks like one,
 * is part of the pattern.
 */
const PATTERN = /^(?:\\.|[^\\ \t]|\\$)+/su;

// `*.js @js-owner #This is an inline comment.`
function ownersOf(text: string): string[] {
  const words = text.split(/[ \t]+/).filter((word) => word !== "");
  const comment = words.findIndex((word) => word.startsWith("#"));
  return (comment === -1 ? words : words.slice(0, comment)).map((word) => word.toLowerCase());
}

const OWNER = /^(?:@[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9._-]+)?|[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+)$/;
