import { type Address, addressName, isPinned, UNKNOWN_HOST } from "../shell/address.ts";
import type { CommandRange } from "../shell/command.ts";

/** Where text comes from that nobody sees in the file. */
export interface Source {
  /** A host, with owner and repository on GitHub's, or `encoded text`. */
  readonly name: string;
  readonly level: "pinned" | "mutable";
  /** The commands whose words say what it is, where the name does not. */
  readonly commands: CommandRange | null;
  /** The file that a client of HTTP saves it as. */
  readonly savedAs: string | null;
}

/** What one text is made of; at most `MAX_SOURCES` and one that stands for all others. */
export type Sources = readonly Source[];

/** How text is called that is only decoded. */
const ENCODED = "encoded text";

/** How many sources of one text are told apart. */
const MAX_SOURCES = 20;

/** What commands decode; their words say what it is. */
export function encodedSource(commands: CommandRange): Source {
  return { name: ENCODED, level: "mutable", commands, savedAs: null };
}

export function sourceAt(address: Address | null, index: number): Source {
  if (address?.host == null) {
    const commands = { from: index, to: index + 1 };
    return { name: UNKNOWN_HOST, level: "mutable", commands, savedAs: null };
  }
  const level = isPinned(address) ? "pinned" : "mutable";
  return { name: addressName(address), level, commands: null, savedAs: null };
}

/** Whether nothing more can be told of a text. */
export function isFull(sources: Sources): boolean {
  return sources.length > MAX_SOURCES;
}

/** Both, each once; `known` itself where that is all of it. */
export function mergeSources(known: Sources, more: Sources): Sources {
  let merged = known;
  for (const source of more) {
    if (isFull(merged)) return merged;
    if (merged.some((other) => isSame(other, source))) continue;
    merged = [...merged, merged.length < MAX_SOURCES ? source : unknownFor(source)];
  }
  return merged;
}

function isSame(left: Source, right: Source): boolean {
  if (left === right) return true;
  const isNamed = left.commands === null && right.commands === null;
  const textOf = ({ name, level, savedAs }: Source): string =>
    JSON.stringify([name, level, savedAs]);
  return isNamed && textOf(left) === textOf(right);
}

function unknownFor(source: Source): Source {
  return { ...source, name: UNKNOWN_HOST, level: "mutable", savedAs: null };
}
