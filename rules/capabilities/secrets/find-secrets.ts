import type { FoundSecret } from "./found-secret.ts";
import { presetSecrets } from "./preset-rules.ts";
import { KEY_PIECES, privateKeys } from "./private-keys.ts";

/**
 * The credentials in a text, in the order in which they stand there, without overlap: of those that
 * share text the shortest, so that a token in a URL is that token and no password. Linear.
 */
export function findSecrets(text: string, path: string): FoundSecret[] {
  const all = [...presetSecrets(text, path), ...privateKeys(text)];
  const kept: FoundSecret[] = [];
  for (const found of all.sort((left, right) => left.start - right.start)) {
    const last = kept.at(-1);
    if (!last || last.end <= found.start) kept.push(found);
    else if (lengthOf(found) < lengthOf(last)) kept[kept.length - 1] = found;
  }
  return kept;
}

/**
 * The text with every credential's characters as asterisks, so that all else stands where it
 * stood. Of a private key that is cut off, or encrypted, its lines. Linear.
 */
export function withoutSecrets(text: string): string {
  const parts: string[] = [];
  let end = 0;
  // Under this name npm's rules take any value for a token.
  for (const found of findSecrets(text, ".npmrc")) {
    parts.push(text.slice(end, found.start), "*".repeat(lengthOf(found)));
    end = found.end;
  }
  return withoutKeyLines(end === 0 ? text : parts.join("") + text.slice(end));
}

function withoutKeyLines(text: string): string {
  const key = text.indexOf("PRIVATE KEY");
  if (key < 0) return text;
  return (
    text.slice(0, key) + text.slice(key).replace(KEY_PIECES, (piece) => "*".repeat(piece.length))
  );
}

function lengthOf({ start, end }: FoundSecret): number {
  return end - start;
}
