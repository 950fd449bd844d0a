/**
 * Whether bytes can hold a manifest at all: whether `apiVersion` stands in them in any spelling that
 * a YAML or JSON parser reads as that key. Reading every YAML file of a repository costs little so.
 *
 * The letters can be written as escapes in double quotes, broken by an escaped line end, or stand
 * in UTF-16; anchors and tags cannot make them out of something else.
 */
export function mayHoldManifest(text: string): boolean {
  if (text.includes(KEY)) return true;
  return /\\[xuU\r\n]/.test(text) && unescaped(text).includes(KEY);
}

const KEY = "apiVersion";

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
  if (!edge.every((line) => /^[A-Za-z]+:(?:[ \t\r]|$)/.test(line))) return false;
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
