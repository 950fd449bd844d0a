import fc from "fast-check";

/** What YAML holds, as a plain value. */
export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** How someone writes YAML down; the value is the same in every hand. */
export interface Hand {
  readonly layout: "flow" | "block" | "mixed";
  readonly indent: number;
  readonly quotes: "plain" | "single" | "double";
  /** Texts of several lines as literal blocks, where those can hold them. */
  readonly literals: boolean;
  readonly comments: boolean;
  readonly anchors: boolean;
  readonly nothing: "" | "null" | "~";
  /** Shuffles the keys of every map. */
  readonly order: number;
  readonly lineBreak: "\n" | "\r\n";
  readonly start: "" | "---\n" | "\uFEFF" | "\n\n";
}

export const hand: fc.Arbitrary<Hand> = fc.record({
  layout: fc.constantFrom("flow", "block", "mixed"),
  indent: fc.integer({ min: 2, max: 6 }),
  quotes: fc.constantFrom("plain", "single", "double"),
  literals: fc.boolean(),
  comments: fc.boolean(),
  anchors: fc.boolean(),
  nothing: fc.constantFrom("", "null", "~"),
  order: fc.nat(1_000),
  lineBreak: fc.constantFrom("\n", "\r\n"),
  start: fc.constantFrom("", "---\n", "\uFEFF", "\n\n"),
});

/** How most people write workflows. */
export const PLAIN_HAND: Hand = {
  layout: "block",
  indent: 2,
  quotes: "plain",
  literals: true,
  comments: false,
  anchors: false,
  nothing: "",
  order: 0,
  lineBreak: "\n",
  start: "",
};

/** Writes a map in a hand. */
export function written(value: { readonly [key: string]: Value }, hand: Hand): string {
  const writing = {
    hand,
    counts: hand.anchors ? countParts(value) : new Map<string, number>(),
    names: new Map<string, string>(),
  };
  const text =
    hand.layout === "flow" ? `${flow(value, writing)}\n` : blockMap(value, "", writing).slice(1);
  return `${hand.start}${text}`.replaceAll("\n", hand.lineBreak);
}

interface Writing {
  readonly hand: Hand;
  /** How often each list or map stands in the document, by its JSON. */
  readonly counts: ReadonlyMap<string, number>;
  /** The anchors that are written already. */
  readonly names: Map<string, string>;
}

function countParts(value: Value, counts = new Map<string, number>()): Map<string, number> {
  if (!isBranch(value)) return counts;
  const key = JSON.stringify(value);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const part of Object.values<Value>(value)) countParts(part, counts);
  return counts;
}

function isBranch(value: Value): value is Exclude<Value, string | number | boolean | null> {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** `&a1 ` before a part that comes again, `*a1` in its place where it came before. */
function anchorOf(value: Value, { counts, names }: Writing): { anchor: string; alias: string } {
  const key = JSON.stringify(value);
  const name = names.get(key);
  if (name !== undefined) return { anchor: "", alias: `*${name}` };
  if (!isBranch(value) || (counts.get(key) ?? 0) < 2) return { anchor: "", alias: "" };
  names.set(key, `a${names.size}`);
  return { anchor: `&${names.get(key) ?? ""} `, alias: "" };
}

/** What stands behind `key:` or `-`, from the space or line break on. */
function block(value: Value, indent: string, writing: Writing): string {
  const { hand } = writing;
  const { anchor, alias } = anchorOf(value, writing);
  const note = hand.comments ? " # a note" : "";
  if (value === null) return ` ${hand.nothing}${note}\n`;
  if (alias) return ` ${alias}${note}\n`;
  if (typeof value === "string" && hand.literals && fitsLiteral(value)) {
    return ` |${value.endsWith("\n") ? "" : "-"}${note}\n${literalLines(value, indent)}`;
  }
  if (!isBranch(value) || (hand.layout === "mixed" && indent.length > 4 * hand.indent)) {
    return ` ${anchor}${flow(value, writing)}${note}\n`;
  }
  const inner = Array.isArray(value) ? blockList : blockMap;
  return `${anchor && ` ${anchor.trim()}`}${note}${inner(value as never, indent, writing)}`;
}

function blockMap(
  map: { readonly [key: string]: Value },
  indent: string,
  writing: Writing,
): string {
  const { hand } = writing;
  const inner = indent + " ".repeat(hand.indent);
  const entries = entriesInOrder(map, hand).map(
    ([key, value]) => `${indent}${text(key, hand, true)}:${block(value, inner, writing)}`,
  );
  return `\n${entries.join(hand.comments ? `\n${indent}# and\n` : "")}`;
}

function blockList(list: readonly Value[], indent: string, writing: Writing): string {
  const inner = indent + " ".repeat(writing.hand.indent);
  return `\n${list.map((item) => `${indent}-${block(item, inner, writing)}`).join("")}`;
}

function flow(value: Value, writing: Writing): string {
  const { hand } = writing;
  if (typeof value === "string") return text(value, hand, true);
  if (value === null) return "null";
  if (typeof value !== "object") return JSON.stringify(value);
  const joint = hand.comments ? `, # a note\n${" ".repeat(60)}` : ", ";
  if (Array.isArray(value)) {
    return `[${value.map((item: Value) => flowPart(item, writing)).join(joint)}]`;
  }
  const entries = entriesInOrder(value as { readonly [key: string]: Value }, hand);
  return `{${entries.map(([key, item]) => `${text(key, hand, true)}: ${flowPart(item, writing)}`).join(joint)}}`;
}

function flowPart(value: Value, writing: Writing): string {
  const { anchor, alias } = anchorOf(value, writing);
  // A comma would else become part of the alias.
  return alias ? `${alias} ` : `${anchor}${flow(value, writing)}`;
}

function entriesInOrder(map: { readonly [key: string]: Value }, { order }: Hand) {
  const rank = (key: string): number =>
    key.split(/(?=.)/u).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, order) %
    101;
  const entries = Object.entries(map);
  return order === 0 ? entries : entries.sort(([one], [other]) => rank(one) - rank(other));
}

/** A text on one line, quoted where the hand does so or it must be. */
function text(value: string, { quotes }: Hand, inFlow: boolean): string {
  const isPlain = inFlow ? /^[A-Za-z_./][\w./@+-]*$/ : /^[A-Za-z_./][\w ./@+-]*$/;
  const isWord = !/^(?:true|false|null|\.(?:inf|nan))$/i.test(value);
  if (quotes === "plain" && isPlain.test(value) && isWord) return value;
  const isOneLine = !/[\n\t\x00-\x1f]/.test(value);
  return quotes !== "double" && isOneLine
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value);
}

function fitsLiteral(value: string): boolean {
  return value.includes("\n") && /^[^\s]/.test(value) && !/\n\n$|\r|\t/.test(value);
}

function literalLines(value: string, indent: string): string {
  const lines = value.replace(/\n$/, "").split("\n");
  return lines.map((line) => (line === "" ? "\n" : `${indent}${line}\n`)).join("");
}
