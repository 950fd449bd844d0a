/**
 * Whether bytes can hold a manifest at all: whether `apiVersion` stands in them in any spelling that
 * a YAML or JSON parser reads as that key. Reading every YAML file of a repository costs little so.
 *
 * The letters can be written as escapes in double quotes, broken by an escaped line end, or stand
 * in UTF-16, or be base64 by a tag; anchors cannot make them out of something else.
 */
export function mayHoldManifest(text: string): boolean {
  if (text.includes(KEY) || BINARY.test(text)) return true;
  return hasEscapes(text) && unescaped(text).includes(KEY);
}

function hasEscapes(text: string): boolean {
  return /\\[xuU\r\n]/.test(text);
}

const KEY = "apiVersion";

/** The tag of what is written in base64, by which a key can be hidden; its letters can be escapes. */
const BINARY = /(?:^|[\s[{,])!(?:<[^>\s]*|(?:[\w-]*!)?[^\s,[\]{}<>!]*)(?:binary|%)/m;

/** Whether a document may be a JSON patch: then it has no `apiVersion`. */
export function mayHoldPatch(text: string): boolean {
  const shown = hasEscapes(text) ? unescaped(text) : text;
  return /\bop["']?\s*:/.test(shown) && /\bpath["']?\s*:/.test(shown);
}

/** The text of bytes for `mayHoldManifest`: each byte a character, without the zeros of UTF-16. */
export function roughText(content: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(content);
  return text.includes("\0") ? text.replaceAll("\0", "") : text;
}

function unescaped(text: string): string {
  return text
    .replace(/\\\r?\n[ \t]*/g, "")
    .replace(/\\(?:x(..)|u(....)|U(........))/g, (whole, ...[byte, short, long]: string[]) => {
      const code = Number.parseInt(byte ?? short ?? long ?? "", 16);
      return code < 0x80 ? String.fromCharCode(code) : whole;
    });
}

/**
 * Whether a document defines a type (`CustomResourceDefinition`) and so grants nothing, by its lines
 * at the left edge alone: such documents are most of what large bundles hold. What is written in
 * any unusual way is parsed.
 */
export function definesType(document: string): boolean {
  const edge = document.match(/^[^\s#].*$/gm) ?? [];
  // By a key `items` kubectl takes what stands below it, and not the definition.
  if (!edge.every((line) => /^(?:apiVersion|kind|metadata|spec|status):(?:[ \t\r]|$)/.test(line)))
    return false;
  if (/^[ \t]+[^\s#]/.test(document.replace(/^(?:[ \t]*(?:#.*)?\r?\n)*/, ""))) return false;
  const kinds = edge.filter((line) => line.startsWith("kind:"));
  const versions = edge.filter((line) => line.startsWith("apiVersion:"));
  const isOne = kinds.length === 1 && versions.length === 1;
  return (
    isOne &&
    /^kind:[ \t]+CustomResourceDefinition\s*$/.test(kinds[0] ?? "") &&
    /^apiVersion:[ \t]+apiextensions\.k8s\.io\/v1(?:beta1)?\s*$/.test(versions[0] ?? "")
  );
}
