import { canonicalJson } from "../canonical.ts";
import { NotUnderstood, type Place } from "../capabilities/not-understood.ts";
import { entryOf, type DataNode, type DataScalar } from "../capabilities/data/data-node.ts";
import { MAX_DEPTH } from "../capabilities/data/yaml-tree.ts";
import { parseYaml } from "../capabilities/data/yaml.ts";
import { cutText } from "../text.ts";
import type { Finding } from "./findings.ts";
import type { PolicyProblem, PolicySource } from "./policy-set.ts";
import { yamlWords } from "./yaml-words.ts";

const MAX_POLICY_BYTES = 256 * 1024;

/** What a problem quotes of the document may be all of it. */
const MAX_WORDS_BYTES = 1024;

/** A policy document: its plain value, and its text, which tells where each part of it stands. */
export interface PolicyDocument {
  readonly path: string;
  readonly value: unknown;
  readonly bytes: Uint8Array;
}

/**
 * Parses a source of at most 256 KiB; what is no bounded YAML document is one problem with its
 * place, which says what it was to be. Canonical JSON, which is YAML too, is read as the JSON it is:
 * ten times as fast.
 */
export function parseDocument(
  { path, bytes }: PolicySource,
  what = "policy file",
): PolicyDocument | PolicyProblem {
  const json = canonicalValue(bytes);
  if (json !== undefined) return { path, value: json, bytes };
  try {
    return { path, value: plainValue(parseYaml(bytes, MAX_POLICY_BYTES)), bytes };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    const { why, remedy } = yamlWords(error);
    const { line, column } = error.place ?? { line: 1, column: 1 };
    return { path, line, column, message: `the ${what} cannot be read: ${why}`, remedy };
  }
}

/** Gives findings their lines and columns: those of the nearest part of the document that is there. */
export function placeFindings(
  { path, bytes }: PolicyDocument,
  findings: readonly Finding[],
): PolicyProblem[] {
  const tree = findings.length === 0 ? null : treeOf(bytes);
  return findings.map((finding) => {
    const { line, column } = tree ? placeOf(tree, finding) : { line: 1, column: 1 };
    const message = cutText(finding.message, MAX_WORDS_BYTES);
    return { path, line, column, message, remedy: cutText(finding.remedy, MAX_WORDS_BYTES) };
  });
}

// JSON may hold characters that are refused in YAML.
function treeOf(bytes: Uint8Array): DataNode | null {
  try {
    return parseYaml(bytes, MAX_POLICY_BYTES);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return null;
  }
}

// What comes out as other bytes was no canonical JSON: a repeated key, another spelling.
function canonicalValue(bytes: Uint8Array): unknown {
  if (bytes[0] !== OPENING_BRACE || bytes.length > MAX_POLICY_BYTES) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isWithinDepth(value, MAX_DEPTH) && canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As deep as YAML may be: compiling recurses once for each level. */
function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return levels > 0;
  return levels > 0 && Object.values(value).every((inner) => isWithinDepth(inner, levels - 1));
}

const OPENING_BRACE = 0x7b;

function placeOf(tree: DataNode, { at, onKey }: Finding): Place {
  let place: Place = tree;
  let node: DataNode | undefined = tree;
  for (const [index, step] of at.entries()) {
    const isLast = index === at.length - 1;
    if (node.type === "map") {
      const entry = entryOf(node, String(step));
      if (entry === undefined) break;
      place = isLast && onKey === true ? entry.key : entry.value;
      node = entry.value;
    } else {
      node = node.type === "list" ? node.items[Number(step)] : undefined;
      if (node === undefined) break;
      place = node;
    }
  }
  return place;
}

function plainValue(node: DataNode): unknown {
  if (node.type === "list") return node.items.map(plainValue);
  if (node.type === "scalar") return scalarValue(node);
  // Own properties, whatever their names: assignment would lose a key `__proto__`.
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
}

function scalarValue({ resolved, text }: DataScalar): unknown {
  if (resolved === "null") return null;
  if (resolved === "boolean") return text.toLowerCase() === "true";
  return resolved === "number" ? Number(text) : text;
}
