import type { Capability } from "../rules/capabilities/capability.ts";
import type { FileGrants } from "../rules/capabilities/read-file.ts";
import type { DependencyFact } from "../rules/facts/facts.ts";
import { jsonDocument } from "./escape/json.ts";
import { terminalText } from "./escape/terminal.ts";

/**
 * What one file grants, one line a capability: `line  kind  name  level  holder  (context)`.
 * Those that differ in nothing but their name share a line, or `write-all` would fill the screen.
 * Then what it takes in from elsewhere: `line  ecosystem  name  version  source`.
 *
 * `    12  github.workflow.permission  contents, issues  write  jobs.release  (on push)`
 */
export function fileGrantsText(grants: FileGrants): string {
  const rows = joinedNames(grants.capabilities.filter(standsOut).map(rowOf));
  const lines = [
    ...alignedLines(rows.map(({ before, name, after }) => [...before, name, ...after])),
    ...dependencyLines(grants.dependencies),
    ...remarksOn(grants),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** `capabilities --format json`: one document. */
export function fileGrantsJson(grants: FileGrants): string {
  const { path, readers, refused, capabilities, dependencies } = grants;
  return jsonDocument({
    path,
    readers,
    understood: refused === null,
    ...(refused && { why: refused.why, line: refused.line }),
    capabilities: capabilities.map((capability) => ({
      kind: capability.kind,
      name: capability.name,
      holder: capability.holder,
      context: capability.context,
      level: capability.level ?? null,
      line: capability.line,
      endLine: capability.endLine ?? capability.line,
      certainty: capability.certainty,
    })),
    dependencies: dependencies.map(
      ({ ecosystem, name, to, direct, source, integrity, purl, line }) => ({
        ...{ ecosystem, name, version: to, direct, source, integrity, purl, line },
      }),
    ),
  });
}

/** Versions stand with the dependencies, as they are written; that one has no end is worth a line. */
function standsOut({ kind, level }: Capability): boolean {
  return kind !== "dependency.range" || level === "open";
}

/** A cell that is longer stands out of its column, which would else push all others away. */
const MAX_COLUMN = 48;

/** A name with the cells on its left and on its right. */
interface Row {
  readonly before: readonly string[];
  readonly name: string;
  readonly after: readonly string[];
}

function rowOf({ line, kind, name, level, holder, context, certainty }: Capability): Row {
  const doubt = certainty === "heuristic" ? ["heuristic"] : [];
  const remarks = [context, ...doubt].filter((remark) => remark !== "").join("; ");
  return {
    name: terminalText(name),
    before: [String(line), terminalText(kind)],
    after: [level ?? "-", holder, remarks === "" ? "" : `(${remarks})`].map(terminalText),
  };
}

function joinedNames(rows: readonly Row[]): Row[] {
  const alike = Map.groupBy(rows, ({ before, after }) => JSON.stringify([before, after]));
  return [...alike.values()].flatMap((group) => {
    const name = [...new Set(group.map((row) => row.name))].join(", ");
    return group.slice(0, 1).map((row) => ({ ...row, name }));
  });
}

/** A lock file names thousands; `--format json` lists them all. */
const MAX_DEPENDENCIES = 100;

function dependencyLines(dependencies: readonly DependencyFact[]): string[] {
  const rows = dependencies
    .slice(0, MAX_DEPENDENCIES)
    .map(({ line, ecosystem, name, to, source }) =>
      [String(line), ecosystem, name, to ?? "-", source].map(terminalText),
    );
  const more = dependencies.length - rows.length;
  return [...alignedLines(rows), ...(more > 0 ? [`        and ${more} more dependencies`] : [])];
}

function alignedLines(lines: readonly (readonly string[])[]): string[] {
  const widths: number[] = [6];
  for (const cells of lines) {
    for (const [at, { length }] of cells.entries()) {
      widths[at] = Math.max(widths[at] ?? 0, Math.min(length, MAX_COLUMN));
    }
  }
  return lines.map(([line = "", ...cells]) =>
    [line.padStart(widths[0] ?? 0), ...cells.map((cell, at) => cell.padEnd(widths[at + 1] ?? 0))]
      .join("  ")
      .trimEnd(),
  );
}

function remarksOn({ path, readers, refused, capabilities, dependencies }: FileGrants): string[] {
  const file = terminalText(path);
  if (refused) {
    const place = refused.line === null ? file : `${file}:${refused.line}`;
    return [`${place}: not understood: ${terminalText(refused.why)}`];
  }
  if (capabilities.length + dependencies.length > 0) return [];
  if (readers.length === 0) {
    const remedy = "--as reads it as it would stand elsewhere";
    return [`${file}: no reader claims this path, and its name and bytes grant nothing; ${remedy}`];
  }
  return [`${file}: read as ${readers.join(", ")}; it grants nothing`];
}
