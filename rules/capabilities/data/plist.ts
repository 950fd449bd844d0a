import { canonicalText } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { type DataEntry, type DataMap, type DataNode, flowScalar } from "./data-node.ts";
import { parseXml, type XmlElement } from "./xml.ts";

/**
 * Parses one XML property list of at most `maxBytes` bytes into the tree that YAML gives as well,
 * with places. Dates and data are strings.
 *
 * Throws `NotUnderstood` as `parseXml` does, for property lists in Apple's binary and OpenStep
 * formats, for what is no property list, and for a key that is set twice to different values, of
 * which its readers keep one or the other.
 *
 * Source: plist(5); the document type PropertyList-1.0.dtd.
 */
export function parsePlist(content: Uint8Array, maxBytes: number): DataNode {
  refuseOtherFormats(content);
  const root = parseXml(content, maxBytes);
  if (root.name !== "plist") return readValue(root);
  const [value, second] = root.children;
  if (!value || second) throw refusal("a property list without its one value", second ?? root);
  refuseText(root);
  return readValue(value);
}

function refuseOtherFormats(content: Uint8Array): void {
  const start = new TextDecoder("windows-1252").decode(content.subarray(0, 1024));
  const first = { line: 1, column: 1 };
  if (start.startsWith("bplist")) {
    throw new NotUnderstood("binary-plist", "a binary property list", first);
  }
  if (/^(?:ï»¿)?\s*(?:[{("]|\/\/|\/\*)/.test(start)) {
    throw new NotUnderstood("text-plist", "a property list in the OpenStep format", first);
  }
}

function readValue(element: XmlElement): DataNode {
  const { name, text, children, line, column, endLine } = element;
  const span = { line, column, endLine };
  if (name === "dict") return { type: "map", entries: readEntries(element), ...span };
  if (name === "array") {
    refuseText(element);
    return { type: "list", items: children.map(readValue), ...span };
  }
  if (children.length > 0) throw refusal("an element in a value of a property list", element);
  switch (name) {
    case "string":
    case "date":
    case "data":
      return { ...flowScalar("string", text), ...span };
    case "integer":
    case "real":
      return { ...flowScalar("number", text.trim()), ...span };
    case "true":
    case "false":
      return { ...flowScalar("boolean", name), ...span };
    default:
      throw refusal("an element that property lists do not know", element);
  }
}

/** `<key>a</key><string>1</string><key>b</key><true/>` */
function readEntries(dict: XmlElement): DataEntry[] {
  refuseText(dict);
  const entries = new Map<string, DataEntry>();
  for (let at = 0; at < dict.children.length; at += 2) {
    const [key, value] = dict.children.slice(at, at + 2);
    if (key?.name !== "key" || !value || key.children.length > 0) {
      throw refusal("a dictionary that is not of keys and values", key ?? dict);
    }
    const { text, line, column, endLine } = key;
    const entry = {
      key: { ...flowScalar("string", text), line, column, endLine },
      value: readValue(value),
    };
    const known = entries.get(text);
    if (known && canonicalText(known.value) !== canonicalText(entry.value)) {
      throw new NotUnderstood("duplicate-key", "a key that its dictionary already has", key);
    }
    entries.set(text, known ?? entry);
  }
  return [...entries.values()];
}

function refuseText(element: XmlElement): void {
  if (element.text.trim() !== "") throw refusal("text between the values", element);
}

function refusal(why: string, { line, column }: XmlElement): NotUnderstood {
  return new NotUnderstood("not-plist", `not a property list: ${why}`, { line, column });
}

/** A property list that is a dictionary, as those of apps are. */
export function parsePlistMap(content: Uint8Array, maxBytes: number): DataMap {
  const root = parsePlist(content, maxBytes);
  if (root.type === "map") return root;
  throw new NotUnderstood("not-plist", "not a property list: no dictionary", root);
}
