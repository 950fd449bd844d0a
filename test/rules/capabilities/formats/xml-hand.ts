import type { Hand } from "../yaml-hand.ts";

/** The same XML in another hand: line breaks, indentation, quotes, comments, a mark at its start. */
export function rewrittenXml(text: string, hand: Hand): string {
  const body = text
    .replace(/\n */g, (between) => `\n${" ".repeat((between.length - 1) * hand.indent)}`)
    .replaceAll(/="([^"']*)"/g, hand.quotes === "single" ? "='$1'" : '="$1"')
    .replaceAll(">\n", hand.comments ? ">\n<!-- <why> -->\n" : ">\n");
  const mark = hand.start === "\uFEFF" ? hand.start : "";
  return `${mark}${body}`.replaceAll("\n", hand.lineBreak);
}
