/** A secret that must not turn up anywhere. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

/** Bytes that were written or shown somewhere. */
export interface Place {
  readonly name: string;
  readonly bytes: string | Uint8Array;
}

/** Shorter pieces turn up by chance; no form of a piece is shorter either. */
const PIECE = 16;

/** What leaked, one line each: `installation token 3 (base64) in the log`. */
export function leaksOf(canaries: readonly Canary[], places: Iterable<Place>): readonly string[] {
  const wanted = Map.groupBy(canaries.flatMap(formsOf), ({ text }) => text.slice(0, PIECE));
  const leaks = new Set<string>();
  for (const { name, bytes } of places) {
    const text = typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("latin1");
    for (let at = 0; at + PIECE <= text.length; at += 1)
      for (const { canary, form, text: leak } of wanted.get(text.slice(at, at + PIECE)) ?? [])
        if (text.startsWith(leak, at)) leaks.add(`${canary} (${form}) in ${name}`);
  }
  return [...leaks];
}

interface Form {
  readonly canary: string;
  readonly form: string;
  readonly text: string;
}

/** A secret's pieces in every form: what was cut short, or stands in a longer text, is found too. */
function formsOf({ name, value }: Canary): readonly Form[] {
  return piecesOf(value).flatMap((piece) => {
    const forms: readonly (readonly [string, string])[] = [
      ["plain", piece],
      ["JSON", JSON.stringify(piece).slice(1, -1)],
      ["JSON in JSON", JSON.stringify(JSON.stringify(piece).slice(1, -1)).slice(1, -1)],
      ["URL", encodeURIComponent(piece)],
      ["form", new URLSearchParams({ a: piece }).toString().slice(2)],
      ["hex", Buffer.from(piece).toString("hex")],
      ...base64Forms(piece).map((text) => ["base64", text] as const),
      ...base64Forms(piece).map((text) => ["base64url", urlSafe(text)] as const),
    ];
    return forms.map(([form, text]) => ({ canary: name, form, text }));
  });
}

/** Consecutive pieces of `PIECE` characters; a key in PEM by its lines, without the words around it. */
function piecesOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).filter((line) => !/^(?:-----.*|\s*)$/.test(line));
  return lines.flatMap((line) => {
    if (line.length < PIECE) throw new Error("this canary is too short to be told from chance");
    const count = Math.max(1, Math.floor(line.length / PIECE));
    return Array.from({ length: count }, (_, at) =>
      at === count - 1 ? line.slice(at * PIECE) : line.slice(at * PIECE, (at + 1) * PIECE),
    );
  });
}

/** What base64 of a longer text holds of a piece that begins in it at any byte: all but the edges. */
function base64Forms(piece: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(piece)]);
    const whole = bytes.subarray(before === 0 ? 0 : 3);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString("base64");
  });
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
