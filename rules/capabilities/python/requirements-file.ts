import type { Dependency } from "../../dependencies/dependency.ts";
import { fileAt, localPath } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { decodeText } from "../data/text.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { indexGrants, trustedHost } from "./indexes.ts";
import { type PipOption, readPipOptions } from "./pip-options.ts";
import {
  isLocal,
  nameInAddress,
  readRequirement,
  type Requirement,
  requirementAt,
} from "./requirement.ts";

/**
 * A requirements or constraints file of pip's.
 *
 * Source: pip.pypa.io/en/stable/reference/requirements-file-format.
 */
export function readRequirementsFile(
  content: Uint8Array,
  { maxBytes, group }: { readonly maxBytes: number; readonly group: string },
): Given {
  const lines = logicalLines(decodeRequirements(content, maxBytes)).map(readLine);
  const isHashed = lines.some(({ options }) =>
    options.some(({ name }) => name === "hash" || name === "require-hashes"),
  );
  return {
    capabilities: lines.flatMap(indexesOf),
    dependencies: lines.flatMap((line) => dependenciesOf(line, group, isHashed)),
  };
}

/** PEP 263: pip takes the file for what its first two lines say that it is. */
const ENCODING = /^#.*coding[:=]\s*([-\w.]+)/m;

/** What PowerShell writes is UTF-16 with a byte order mark, which pip reads. */
function decodeRequirements(content: Uint8Array, maxBytes: number): string {
  const [first, second] = content;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isWide && content.length <= maxBytes) {
    const label = first === 0xff ? "utf-16le" : "utf-16be";
    const text = new TextDecoder(label).decode(content);
    return decodeText(new TextEncoder().encode(text), 2 * maxBytes);
  }
  const text = decodeText(content, maxBytes);
  const declared = ENCODING.exec(text.split("\n", 2).join("\n"))?.[1];
  if (declared === undefined || /^utf[-_]?8$/i.test(declared)) return text;
  throw new NotUnderstood("encoding", "an encoding other than UTF-8", { line: 1, column: 1 });
}

interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

const COMMENT = /(?:^|\s)#.*$/s;

/** Lines without comments, with those joined that a backslash continues; a comment ends what it continues. */
function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let parts: string[] = [];
  let start = 1;
  const physical = text.split(/\r?\n/);
  for (const [index, row] of physical.entries()) {
    if (parts.length === 0) start = index + 1;
    const isComment = /^\s*#/.test(row);
    const continues = row.endsWith("\\") && !isComment;
    parts.push(continues ? withoutEnd(row) : isComment ? ` ${row}` : row);
    if (continues && index < physical.length - 1) continue;
    const joined = parts.join("").replace(COMMENT, "").trim();
    if (joined !== "") lines.push({ text: joined, line: start });
    parts = [];
  }
  return lines;
}

function withoutEnd(row: string): string {
  let end = row.length;
  while (row[end - 1] === "\\") end -= 1;
  return row.slice(0, end);
}

interface ReadLine {
  readonly line: number;
  /** "" where the line has options alone. */
  readonly requirement: string;
  readonly options: readonly PipOption[];
}

/** What a line requires ends where the first word begins with a dash. */
function readLine({ text, line }: LogicalLine): ReadLine {
  const dash = text.startsWith("-") ? 0 : text.search(/\s-/);
  if (dash === -1) return { line, requirement: text, options: [] };
  const options = readPipOptions(text.slice(dash), line);
  return { line, requirement: text.slice(0, dash).trim(), options };
}

function indexesOf({ line, options }: ReadLine): Capability[] {
  const place = { holder: "pip", line };
  return options.flatMap(({ name, value }) => {
    switch (name) {
      case "index-url":
      case "pypi-url":
        return indexGrants({ ...place, url: value, scope: "all" });
      case "extra-index-url":
      case "find-links":
        return indexGrants({ ...place, url: value, scope: "beside" });
      case "trusted-host":
        return [trustedHost(value, place)];
      default:
        return [];
    }
  });
}

function dependenciesOf(
  { line, requirement, options }: ReadLine,
  group: string,
  isHashed: boolean,
): Dependency[] {
  const place = { line, direct: null };
  const hashes = valuesOf(options, ["hash"]);
  const required = requirement === "" ? [] : [read(requirement, line)];
  const editable = valuesOf(options, ["editable"]).map((value) => read(value, line));
  const included = valuesOf(options, ["requirement", "constraint"]).map(includedFile);
  return [
    ...required.flatMap((item) =>
      item ? [{ ...place, ...hashed(item, hashes, isHashed), group }] : [],
    ),
    ...editable.flatMap((item) => (item ? [{ ...place, ...item, group }] : [])),
    ...included.map((item) => ({ ...place, ...item, group: "files" })),
  ];
}

function valuesOf(options: readonly PipOption[], names: readonly PipOption["name"][]): string[] {
  return options.filter(({ name }) => names.includes(name)).map(({ value }) => value);
}

/** In a file where one has a hash, pip wants one of each. */
function hashed(item: Requirement, hashes: readonly string[], isHashed: boolean): Requirement {
  if (!isHashed) return item;
  return { ...item, integrity: [...(item.integrity ?? []), ...hashes] };
}

const ARCHIVE = /\.(?:whl|zip|tar|tgz|tbz|txz|tar\.(?:gz|bz2|xz|lzma))$/i;

/** null for a folder or an archive of this repository, of which no name is told. */
function read(text: string, line: number): Requirement | null {
  const [place = ""] = text.split(/[\s;[]/);
  if (/^(?:[a-z]+\+)?[a-z]+:\/\/|^git\+/i.test(text)) {
    if (isLocal(text)) return null;
    const found = requirementAt(nameInAddress(text), text);
    if (found) return found;
  }
  const isNamed = /^[^/\\]*@/.test(text);
  if (!isNamed && (/^\.|[/\\]/.test(place) || ARCHIVE.test(place))) return null;
  const requirement = readRequirement(text);
  if (requirement) return requirement;
  throw new NotUnderstood("requirement", "no requirement", { line, column: 1 });
}

/** Another file that is read in: all that it says comes from where it does. */
function includedFile(place: string): Requirement {
  const named = { ecosystem: "generic", name: nameInAddress(place), version: null };
  if (isLocal(place)) return { ...named, source: localPath(place) };
  return { ...named, source: fileAt(place), range: "open" };
}
