import type { SeededRandom } from "../../seeded-random.ts";

type Edit = (bytes: Buffer, random: SeededRandom) => Buffer;

/** Flip, drop, insert, swap, repeat, cut, and what a tool that means well does to text. */
export const byteEdits: readonly Edit[] = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  (bytes, random) => spliced(bytes, random.below(bytes.length), { drop: 1 + random.below(4) }),
  (bytes, random) =>
    spliced(bytes, random.below(bytes.length + 1), { add: Buffer.of(random.below(256)) }),
  (bytes, random) => {
    const [from, to] = [random.below(bytes.length), random.below(bytes.length)];
    const copy = Buffer.from(bytes);
    [copy[from], copy[to]] = [copy[to] ?? 0, copy[from] ?? 0];
    return copy;
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    return spliced(bytes, at, { add: bytes.subarray(at, at + 1 + random.below(64)) });
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  () => Buffer.alloc(0),
  (bytes) => Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"),
  (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes]),
];

export const lineEdits: readonly Edit[] = [
  onLines((lines, random) => lines.toSpliced(random.below(lines.length), 1)),
  onLines((lines, random) => lines.toSpliced(random.below(lines.length), 0, random.pick(lines))),
  onLines((lines, random) => {
    const [from, to] = [random.below(lines.length), random.below(lines.length)];
    return lines.with(from, lines[to] ?? "").with(to, lines[from] ?? "");
  }),
  onLines((lines, random) => lines.toSpliced(random.below(lines.length), 0, "")),
  onLines((lines) => lines.toReversed()),
  onLines((lines, random) => lines.slice(0, random.below(lines.length))),
  onLines((lines, random) => {
    const at = random.below(lines.length);
    return lines.with(at, `${lines[at] ?? ""} `);
  }),
];

/** Lines without their ends; the last one ends too. */
function onLines(edit: (lines: string[], random: SeededRandom) => string[]): Edit {
  return (bytes, random) => {
    const lines = bytes.toString("latin1").replace(/\n$/, "").split("\n");
    const text = edit(lines, random).map((line) => `${line}\n`);
    return Buffer.from(text.join(""), "latin1");
  };
}

function spliced(
  bytes: Buffer,
  at: number,
  { drop = 0, add = Buffer.alloc(0) }: { readonly drop?: number; readonly add?: Buffer },
): Buffer {
  return Buffer.concat([bytes.subarray(0, at), add, bytes.subarray(at + drop)]);
}
