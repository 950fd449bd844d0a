import { NotUnderstood } from "../not-understood.ts";
import type { TextPlaces } from "./text-places.ts";

/** The parser recurses once for each open element. */
const MAX_DEPTH = 100;

/** A manifest has hundreds; each takes a few hundred bytes once it is parsed. */
const MAX_ELEMENTS = 250_000;

/** What stands in a tag up to its `>`; in quotes that may hold one, and no `<` stands anywhere in it. */
const IN_TAG = /(?:[^<>"']+|"[^"<]*"|'[^'<]*')*/y;

/** Ends of what holds no tags, whatever it looks like. */
const OPAQUE = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

/**
 * Refuses, before XML is parsed, what the parser would not survive and what parsers read
 * differently: nesting and elements without end, and a document type with declarations of its own,
 * by which a file says what its entities and unwritten attributes are.
 *
 * Where the text is no XML it stops: the parser, which goes the same way, ends there as well.
 */
export function refuseHostileXml(text: string, places: TextPlaces): void {
  let [depth, elements] = [0, 0];
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
    const opaqueEnd = endOfOpaque(text, at);
    const end = opaqueEnd === undefined ? endOfTag(text, at, places) : opaqueEnd;
    if (end === null) return;
    if (isTag(text, at)) {
      const isEnd = text[at + 1] === "/";
      const isEmpty = text[end - 2] === "/";
      if (isEnd) depth -= 1;
      else elements += 1;
      if (!isEnd && !isEmpty) depth += 1;
      if (depth > MAX_DEPTH) {
        throw new NotUnderstood("too-deep", "nested too deep", places.at(at));
      }
      if (elements > MAX_ELEMENTS) {
        throw new NotUnderstood("too-many-nodes", "too many elements", places.at(at));
      }
    }
    at = end;
  }
}

function isTag(text: string, at: number): boolean {
  return text[at + 1] !== "!" && text[at + 1] !== "?";
}

/** Where a comment, a CDATA section or an instruction ends; undefined for anything else, null without an end. */
function endOfOpaque(text: string, at: number): number | null | undefined {
  const kind = OPAQUE.find(([start]) => text.startsWith(start, at));
  if (!kind) return undefined;
  const [start, stop] = kind;
  const end = text.indexOf(stop, at + start.length);
  return end === -1 ? null : end + stop.length;
}

function endOfTag(text: string, at: number, places: TextPlaces): number | null {
  IN_TAG.lastIndex = at + 1;
  const [inner = ""] = IN_TAG.exec(text) ?? [];
  const end = at + 1 + inner.length;
  if (!isTag(text, at) && inner.replace(/"[^"]*"|'[^']*'/g, "").includes("[")) {
    const why = "a document type with declarations of its own";
    throw new NotUnderstood("document-type", why, places.at(at));
  }
  return text[end] === ">" ? end + 1 : null;
}
