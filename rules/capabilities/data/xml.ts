import {
  parseXml as parse,
  XmlElement as ParsedElement,
  XmlError,
  XmlText,
} from "@rgrove/parse-xml";
import { NotUnderstood, type Place } from "../not-understood.ts";
import { decodeText } from "./text.ts";
import { TextPlaces } from "./text-places.ts";
import { refuseHostileXml } from "./xml-guard.ts";

/** One attribute; `line` (1-based) is where its name stands, which may not be its element's. */
export interface XmlAttribute {
  /** Without its prefix, where that stands for a namespace. */
  readonly name: string;
  /** The URI of its namespace, "" where it has none. */
  readonly namespace: string;
  readonly value: string;
  readonly line: number;
}

/** One element with all that stands in it. `endLine` is where its end tag ends. */
export interface XmlElement extends Place {
  readonly name: string;
  readonly namespace: string;
  /** In the order of the file, without the declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Its own text as written, CDATA sections with it, without that of its children. */
  readonly text: string;
  readonly endLine: number;
}

/**
 * Parses one XML 1.0 document of at most `maxBytes` bytes into a tree with places; gives its root.
 *
 * Names are told with their namespaces, so that a prefix is worth nothing. Comments and
 * instructions are left out. Throws `NotUnderstood` for what is over a cap of size, elements or
 * depth, is not UTF-8 or not XML, and for what parsers read differently: declarations in a document
 * type, an encoding that is not the file's, one attribute twice under two prefixes.
 *
 * Source: Extensible Markup Language 1.0 (fifth edition), Namespaces in XML 1.0.
 */
export function parseXml(content: Uint8Array, maxBytes: number): XmlElement {
  const text = decodeXml(content, maxBytes).replaceAll("\r\n", "\n");
  const places = new TextPlaces(text);
  refuseHostileXml(text, places);
  return buildElement(parsedRoot(text), BUILT_IN, { text, places });
}

/** An element's attribute by its name, or undefined. */
export function attributeOf(
  element: XmlElement,
  name: string,
  namespace = "",
): XmlAttribute | undefined {
  return element.attributes.find((one) => one.name === name && one.namespace === namespace);
}

/** In capitals or not: encodings of which every one of the first 128 characters is ASCII's. */
const LATIN = /^(?:iso-8859-(?:1|15)|windows-1252|latin1)$/i;
const UNICODE = /^(?:utf-?8|us-ascii|ascii)$/i;

/** `<?xml version="1.0" encoding="UTF-8"?>` */
const DECLARED = /^<\?xml\s[^>]{0,200}?\sencoding\s*=\s*["']([^"']*)["']/;

/** The bytes' text by the encoding that the file declares, UTF-8 where it declares none. */
function decodeXml(content: Uint8Array, maxBytes: number): string {
  const start = new TextDecoder("windows-1252").decode(content.subarray(0, 300));
  const [, declared = "utf-8"] = DECLARED.exec(start) ?? [];
  if (LATIN.test(declared)) return decodeText(content, maxBytes, { encoding: "windows-1252" });
  const text = decodeText(content, maxBytes);
  const [, seen = "utf-8"] = DECLARED.exec(text) ?? [];
  if (UNICODE.test(seen)) return text;
  const why = "XML that declares another encoding than its own";
  throw new NotUnderstood("encoding", why, { line: 1, column: 1 });
}

function parsedRoot(text: string): ParsedElement {
  try {
    const { root } = parse(text, { includeOffsets: true });
    if (root) return root;
  } catch (cause) {
    // Its message quotes the file.
    if (!(cause instanceof XmlError)) throw cause;
    throw new NotUnderstood("not-xml", "not valid XML", cause, { cause });
  }
  throw new NotUnderstood("not-xml", "not valid XML: no element", { line: 1, column: 1 });
}

/** Which namespaces prefixes stand for, "" being the prefix of names without one. */
interface Prefixes {
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Prefixes | null;
}

const BUILT_IN: Prefixes = {
  own: new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]),
  outer: null,
};

interface Building {
  readonly text: string;
  readonly places: TextPlaces;
}

function buildElement(parsed: ParsedElement, outer: Prefixes, building: Building): XmlElement {
  const prefixes = prefixesOf(parsed, outer);
  const { prefix, local } = splitName(parsed.name);
  const children: XmlElement[] = [];
  const texts: string[] = [];
  for (const child of parsed.children) {
    if (child instanceof ParsedElement) children.push(buildElement(child, prefixes, building));
    else if (child instanceof XmlText) texts.push(child.text);
  }
  return {
    ...named(prefixes, prefix, local),
    attributes: buildAttributes(parsed, prefixes, building),
    children,
    text: texts.join(""),
    ...building.places.at(parsed.start),
    endLine: building.places.at(parsed.end - 1).line,
  };
}

function prefixesOf({ attributes }: ParsedElement, outer: Prefixes): Prefixes {
  const own = new Map<string, string>();
  for (const [name, value] of Object.entries(attributes)) {
    const prefix = declaredPrefix(name);
    if (prefix !== null) own.set(prefix, value);
  }
  return own.size === 0 ? outer : { own, outer };
}

/** Of `xmlns:a` the `a`, of `xmlns` the empty one; null for any other attribute. */
function declaredPrefix(name: string): string | null {
  if (name === "xmlns") return "";
  return name.startsWith("xmlns:") ? name.slice("xmlns:".length) : null;
}

/** ` android:name = "x"` */
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/y;

function buildAttributes(
  { name, attributes, start }: ParsedElement,
  prefixes: Prefixes,
  { text, places }: Building,
): XmlAttribute[] {
  const built: XmlAttribute[] = [];
  const seen = new Set<string>();
  ATTRIBUTE.lastIndex = start + 1 + name.length;
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    const [written, attribute = ""] = match;
    if (declaredPrefix(attribute) !== null) continue;
    const place = places.at(match.index + written.indexOf(attribute));
    const known = attributeName(attribute, prefixes);
    const key = `${known.namespace} ${known.name}`;
    if (seen.has(key)) {
      const why = "an attribute that its element already has under another prefix";
      throw new NotUnderstood("duplicate-attribute", why, place);
    }
    seen.add(key);
    built.push({ ...known, value: attributes[attribute] ?? "", line: place.line });
  }
  return built;
}

type Name = Pick<XmlAttribute, "name" | "namespace">;

/** The default namespace is that of elements alone. */
function attributeName(written: string, prefixes: Prefixes): Name {
  const { prefix, local } = splitName(written);
  return prefix === "" ? { name: local, namespace: "" } : named(prefixes, prefix, local);
}

function splitName(written: string): { readonly prefix: string; readonly local: string } {
  const colon = written.indexOf(":");
  return { prefix: written.slice(0, Math.max(colon, 0)), local: written.slice(colon + 1) };
}

/** A prefix that stands for nothing is part of the name. */
function named(prefixes: Prefixes, prefix: string, local: string): Name {
  for (let scope: Prefixes | null = prefixes; scope; scope = scope.outer) {
    const namespace = scope.own.get(prefix);
    if (namespace !== undefined) return { name: local, namespace };
  }
  return { name: prefix === "" ? local : `${prefix}:${local}`, namespace: "" };
}
