import { NotUnderstood, type Place } from "../capabilities/not-understood.ts";
import { entryOf, type YamlNode, type YamlScalar } from "../capabilities/yaml-node.ts";
import { parseYaml } from "../capabilities/yaml.ts";
import type { Finding } from "./findings.ts";
import type { PolicyProblem, PolicySource } from "./policy-set.ts";

const MAX_POLICY_BYTES = 256 * 1024;

/** A policy document: its plain value, and the tree that knows where each part of it stands. */
export interface PolicyDocument {
  readonly path: string;
  readonly value: unknown;
  readonly tree: YamlNode;
}

/** Parses a source of at most 256 KiB; what is no bounded YAML document is one problem with its place. */
export function parseDocument({ path, bytes }: PolicySource): PolicyDocument | PolicyProblem {
  try {
    const tree = parseYaml(bytes, MAX_POLICY_BYTES);
    return { path, value: plainValue(tree), tree };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return {
      path,
      line: error.place?.line ?? 1,
      column: error.place?.column ?? 1,
      message: `the policy file cannot be read: ${error.message}`,
      remedy: "write one YAML document of at most 256 KiB in UTF-8, without tags or merge keys",
    };
  }
}

/** Gives a finding its line and column: those of the nearest part of the document that is there. */
export function placeFinding({ path, tree }: PolicyDocument, finding: Finding): PolicyProblem {
  const { line, column } = placeOf(tree, finding);
  return { path, line, column, message: finding.message, remedy: finding.remedy };
}

function placeOf(tree: YamlNode, { at, onKey }: Finding): Place {
  let place: Place = tree;
  let node: YamlNode | undefined = tree;
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

function plainValue(node: YamlNode): unknown {
  if (node.type === "list") return node.items.map(plainValue);
  if (node.type === "scalar") return scalarValue(node);
  // Own properties, whatever their names: assignment would lose a key `__proto__`.
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
}

function scalarValue({ resolved, text }: YamlScalar): unknown {
  if (resolved === "null") return null;
  if (resolved === "boolean") return text.toLowerCase() === "true";
  return resolved === "number" ? Number(text) : text;
}
