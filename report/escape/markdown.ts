import { visible } from "./visible.ts";

const SIGN = /^[→←–—·…]$/u;
const PLAIN = /^[("'“‘]*[\p{L}\p{M}\p{N}]+(?:[.,'’/-][\p{L}\p{M}\p{N}]+)*[.,;:!?)"'”’…]*$/u;
/** Plain to look at, yet GitHub links it: a commit's id, `GH-1` and its like, `www.` */
const LINKED = /(?<![\p{L}\p{N}])[0-9a-f]{7,64}(?![\p{L}\p{N}])|-\p{N}|www\./iu;
/** Markdown's item of a numbered list. */
const NUMBERED = /^\p{N}+[.)]/u;
/** Ordinary punctuation that a code span leaves outside; brackets and quotes only as a pair. */
const ENDED = /^()(.*?)([.,;:!?…]*)$/u;
const QUOTED = /^([("'“‘]+)(.*?)([.,;:!?)"'”’…]*)$/u;

/**
 * Untrusted prose as GitHub's Markdown, on one line.
 *
 * An allow-list: words of letters, digits and ordinary punctuation stay prose; every other word
 * becomes a code span, inside which GitHub knows no mention, reference, link, image, HTML,
 * emoji or formula. It must not stand at the start of a block.
 */
export function markdownProse(text: string): string {
  return visible(text)
    .split(" ")
    .filter((word) => word !== "")
    .map((word, place) => (place === 0 && NUMBERED.test(word) ? codeWord(word) : proseWord(word)))
    .join(" ");
}

/**
 * Untrusted text as one code span, shown as it is.
 *
 * The fence is longer than any run of backticks inside. CommonMark takes one space off both
 * ends where there are two, so text that begins or ends with a space or a backtick is padded.
 */
export function markdownCode(text: string): string {
  const shown = text === "" ? " " : visible(text);
  const fence = "`".repeat(longestRunOfBackticks(shown) + 1);
  const pad = /^[ `]|[ `]$/u.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function proseWord(word: string): string {
  if (SIGN.test(word)) return word;
  return PLAIN.test(word) && !LINKED.test(word) ? word : codeWord(word);
}

function codeWord(word: string): string {
  const [, before = "", core = "", after = ""] = QUOTED.exec(word) ?? ENDED.exec(word) ?? [];
  return core === "" ? markdownCode(word) : `${before}${markdownCode(core)}${after}`;
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}
