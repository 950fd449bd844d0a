/**
 * The lines of one version: `keys` compare them byte for byte, `text` reads one.
 *
 * A line ends at LF, and after the last byte; a CR before that LF belongs to the key and not to the
 * text. Other separators (a lone CR, U+2028) are characters of a line. A last line is the same with
 * and without LF behind it.
 */
export interface Lines {
  readonly keys: readonly string[];
  /** The UTF-8 text of the line at an index; bytes that are none read U+FFFD. */
  text(index: number): string;
}

// windows-1252 gives each byte one character: keys differ where bytes do, and offsets are the same.
const byteText = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Splits a version's bytes; of none there are no lines. */
export function splitLines(content: Uint8Array): Lines {
  const keys = byteText.decode(content).split("\n");
  if (keys.at(-1) === "") keys.pop();
  const starts = startsOf(keys);
  return {
    keys,
    text(index) {
      const start = starts[index] ?? 0;
      const end = start + (keys[index]?.length ?? 0);
      return utf8.decode(content.subarray(start, content[end - 1] === CR ? end - 1 : end));
    },
  };
}

const CR = 0x0d;

function startsOf(keys: readonly string[]): readonly number[] {
  let start = 0;
  return keys.map((key) => {
    const own = start;
    start += key.length + 1;
    return own;
  });
}
