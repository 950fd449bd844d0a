import type { Capability } from "../capability.ts";
import { ownCommand } from "./own-command.ts";

/**
 * A script that git, or a tool in its place, runs by itself. Comments and empty lines are no part
 * of it, unless it holds a here document, in which they could be.
 */
export function hookFile(name: string, holder: string, text: string): Capability[] {
  const rows = text.split("\n").map((row) => row.trimEnd());
  const isPlain = !text.includes("<<") && !text.includes("\\\n");
  const kept = isPlain ? rows.filter((row, index) => isCode(row, index)) : rows;
  const commands = kept.filter((row) => !row.startsWith("#!"));
  if (!commands.some((row) => isCode(row, 1))) return [];
  const first = rows.findIndex((row) => isCode(row, 1));
  return [
    ownCommand({
      ...{ kind: "autorun.hook", name, holder, content: kept },
      context: commands.filter((row) => isCode(row, 1)).join("; "),
      at: { line: first + 1, column: 1 },
    }),
  ];
}

/** A file that a program takes in as it starts, of which `#` begins no comments. */
export function wholeFile(name: string, holder: string, text: string): Capability[] {
  const rows = text.split("\n").map((row) => row.trimEnd());
  const first = rows.findIndex((row) => row !== "");
  if (first === -1) return [];
  const content = rows.filter((row) => row !== "");
  return [
    ownCommand({
      ...{ kind: "autorun.hook", name, holder, content, context: content.join("; ") },
      at: { line: first + 1, column: 1 },
    }),
  ];
}

function isCode(row: string, index: number): boolean {
  const text = row.trim();
  return text !== "" && (!text.startsWith("#") || (index === 0 && text.startsWith("#!")));
}
