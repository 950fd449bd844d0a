import type { Capability } from "../capability.ts";
import { firstOfEach } from "../first-of-each.ts";
import { nameOf } from "./code-points.ts";
import { confusableSigns, LOOK_ALIKE_SIGN } from "./confusable-signs.ts";
import {
  asciiTwins,
  type ConfusableWord,
  isFoldedName,
  isMixed,
  LOOK_ALIKE,
  posingWords,
  twinOf,
} from "./confusable-words.ts";
import { HIDDEN_CLASS } from "./invisibles.ts";
import { LineFindings } from "./line-findings.ts";
import { skeletonOf } from "./look-alikes.ts";
import { isProse } from "./prose-paths.ts";
import { heldPieces, shownContext, startOf, windowOf } from "./shown-context.ts";
import { linesWith, type TextLine } from "./text-lines.ts";
import type { TreeEntry, TreeReader } from "./tree-reader.ts";

const KIND = "text.confusable";

/** The most characters of a word that its name shows. */
const MAX_WORD = 40;

const ALIKE = new RegExp(`${LOOK_ALIKE.source}|${LOOK_ALIKE_SIGN.source}`, "u");
const DISGUISED = new RegExp(`${ALIKE.source}|${HIDDEN_CLASS}`, "v");
const PYTHON = /\.pyi?w?$/i;
const ASCII = /^[\0-\x7F]*$/;

/**
 * Words of code that look like others: such as mix ASCII letters with look-alikes of other
 * scripts, and such as are written in look-alikes alone beside the same word in ASCII. And signs
 * that look like those of code. Prose mixes scripts lawfully and is not read.
 */
export const confusable: TreeReader = {
  name: "confusable",
  kinds: { [KIND]: [] },
  read: readConfusable,
};

/** A word or a sign of a line; only signs say what they look like, words spell it. */
interface Disguise {
  readonly text: string;
  readonly start: number;
  readonly looksLike?: string;
}

type Told = Pick<Capability, "name" | "context">;

/** What a file's words are held against. */
interface Suspicion {
  /** Words in ASCII that the file holds and that others look like. */
  readonly twins: ReadonlySet<string>;
  readonly foldsNames: boolean;
}

function readConfusable(entry: TreeEntry): readonly Capability[] {
  const { path, text } = entry;
  if (text === null || ASCII.test(text) || isProse(path)) return [];
  const twins = asciiTwins(text, skeletonsToSeek(text));
  const suspicion = { twins, foldsNames: PYTHON.test(path) };
  const findings = new LineFindings({ kind: KIND, certainty: "heuristic", levels: [] });
  for (const line of linesWith(text, ALIKE)) {
    for (const disguise of disguisesIn(line.text, suspicion)) {
      findings.add({ line, tell: () => told(line, disguise) });
    }
  }
  return findings.capabilities(entry);
}

/** What words of the text look like that deceive only beside a twin. */
function skeletonsToSeek(text: string): Set<string> {
  const skeletons = new Set<string>();
  for (const { text: line } of linesWith(text, LOOK_ALIKE)) {
    for (const word of posingWords(line)) {
      const twin = isMixed(word) ? null : twinOf(word);
      if (twin !== null) skeletons.add(twin);
    }
  }
  return skeletons;
}

/** A line's disguises in the order in which they stand there, each text once. */
function disguisesIn(line: string, suspicion: Suspicion): readonly Disguise[] {
  const words = posingWords(line).filter((word) => deceives(word, suspicion));
  const signs = confusableSigns(line);
  if (words.length + signs.length < 2) return [...words, ...signs];
  return firstOfEach<Disguise>([...words, ...signs], ({ text }) => text).toSorted(
    (left, right) => left.start - right.start,
  );
}

function deceives(word: ConfusableWord, { twins, foldsNames }: Suspicion): boolean {
  if (isMixed(word) || (foldsNames && isFoldedName(word))) return true;
  return twins.size > 0 && twins.has(twinOf(word) ?? "");
}

function told({ text: line }: TextLine, { text, start, looksLike }: Disguise): Told {
  const disguised = startOf(text, MAX_WORD);
  const window = windowOf(line, start);
  const before = window.text.slice(0, window.start);
  const after = window.text.slice(window.start + text.length);
  const held = heldPieces(disguised, DISGUISED);
  return {
    name: looksLike === undefined ? held.join("") : nameOf(text),
    context: shownContext(before + (looksLike ?? skeletonOf(disguised)) + after, [
      ...heldPieces(before),
      ...held,
      ...heldPieces(after),
    ]),
  };
}
