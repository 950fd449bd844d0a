import { NotUnderstood, type Place } from "../not-understood.ts";

/**
 * What a grammar does not allow, or its parsers do not read alike. `any`: a lone CR, NEL, LS and PS
 * end lines only for some. `json`: all but the controls of ASCII may stand in strings (RFC 8259 §7),
 * and nothing but CR and LF ends a line. `toml`: the same everywhere, less DEL (v1.1.0, Spec).
 * `hcl`: the same again; Terraform passes over a byte order mark, too.
 *
 * A lone CR ends a line for some and not for git, by whose lines places are shown.
 */
const AMBIGUOUS = {
  any: /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF]|\r(?!\n)/u,
  json: /[\x00-\x08\x0B\x0C\x0E-\x1F]|\r(?!\n)/u,
  toml: /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|\r(?!\n)/u,
  hcl: /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|\r(?!\n)/u,
} as const;

/** How a file's bytes are read, UTF-8 in any grammar unless told; `windows-1252` never fails. */
interface TextFormat {
  readonly encoding?: "utf-8" | "windows-1252";
  readonly grammar?: keyof typeof AMBIGUOUS;
}

/**
 * A file's text, without the byte order mark that it may begin with.
 *
 * Throws `NotUnderstood` for what is over `maxBytes`, is not UTF-8, or holds a control character or
 * line break that the grammar forbids or its parsers read differently.
 */
export function decodeText(
  content: Uint8Array,
  maxBytes: number,
  { encoding = "utf-8", grammar = "any" }: TextFormat = {},
): string {
  if (content.length > maxBytes) {
    throw new NotUnderstood("too-large", `too large: more than ${maxBytes} bytes`);
  }
  const text = decodeBytes(content, encoding);
  const ambiguous = AMBIGUOUS[grammar].exec(text);
  if (!ambiguous) return text;
  const before = text.slice(0, ambiguous.index).split("\n");
  throw ambiguousCharacter({
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  });
}

/** The refusal of a character that not every parser reads alike where it stands. */
export function ambiguousCharacter(place: Place): NotUnderstood {
  const why = "a control character or line break that parsers read differently";
  return new NotUnderstood("ambiguous-character", why, place);
}

function decodeBytes(content: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (cause) {
    throw new NotUnderstood("not-utf8", "not UTF-8", null, { cause });
  }
}
