import { parse, parseAllDocuments } from "yaml";
import type { Tree } from "../changes.ts";
import { type Hand, written, type Value } from "../yaml-hand.ts";
import type { FormatSamples, SampleFile } from "./format-samples.ts";

/** The same file in another hand: what stands in it is equal, how it is written is not. */
export function rewritten(
  { path, text }: Pick<SampleFile, "path" | "text">,
  hand: Hand,
  { rewrite }: Pick<FormatSamples, "rewrite">,
): string {
  if (rewrite) return rewrite(text, hand);
  if (isJson(text)) return rewrittenJson(JSON.parse(text), hand);
  if (/\.ya?ml$/.test(path)) return rewrittenYaml(text, hand);
  return text.replaceAll("\n", hand.lineBreak);
}

/** All files of a tree in another hand. */
export function rewrittenTree(
  tree: Tree,
  hand: Hand,
  samples: Pick<FormatSamples, "rewrite">,
): Tree {
  const files = Object.entries(tree).map(([path, content]): [string, string | Uint8Array] => [
    path,
    typeof content === "string" ? rewritten({ path, text: content }, hand, samples) : content,
  ]);
  return Object.fromEntries(files);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function rewrittenJson(value: unknown, { indent, order, lineBreak, layout }: Hand): string {
  const text = JSON.stringify(shuffled(value, order), null, layout === "flow" ? 0 : indent);
  return `${text}\n`.replaceAll("\n", lineBreak);
}

function shuffled(value: unknown, order: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const turn = entries.length === 0 ? 0 : order % entries.length;
  return Object.fromEntries(
    [...entries.slice(turn), ...entries.slice(0, turn)].map(([key, inner]) => [
      key,
      shuffled(inner, order),
    ]),
  );
}

/** A file of several documents, or with tags, changes only its line breaks. */
function rewrittenYaml(text: string, hand: Hand): string {
  const documents = parseAllDocuments(text, { merge: true });
  const isPlain =
    Array.isArray(documents) && documents.length === 1 && !/[^\w]![A-Za-z]/.test(text);
  const value: unknown = isPlain ? parse(text, { merge: true }) : null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return text.replaceAll("\n", hand.lineBreak);
  }
  return written(value as { readonly [key: string]: Value }, hand);
}
