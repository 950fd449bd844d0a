import type { DataEntry, DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entryOf } from "../data/data-node.ts";
import { textAt } from "./interpolate.ts";

/** A service, and what it takes over from others of the same file by `extends`. */
export interface Service {
  readonly name: string;
  readonly line: number;
  readonly body: DataMap;
  /** Its own, then of what it extends, the nearest first. */
  readonly bodies: readonly DataMap[];
}

/** How many services in a row are extended at most. */
const MAX_EXTENDED = 20;

/**
 * The services of a document. Files of Compose's first format have them at their top; what is a
 * service's alone (`x-` fragments) grants nothing until a service takes it in.
 */
export function servicesOf(document: DataNode): Service[] {
  if (document.type !== "map") return [];
  const services = entryOf(document, "services")?.value;
  const entries = services?.type === "map" ? services.entries : firstFormat(document);
  const byName = new Map(entries.map((entry) => [entry.key.text, entry]));
  return entries.flatMap(({ key, value }) => {
    if (value.type !== "map") return [];
    const bodies = extendedBy(value, byName);
    return [{ name: key.text, line: key.line, body: value, bodies }];
  });
}

function firstFormat(document: DataMap): readonly DataEntry[] {
  if (entryOf(document, "services")) return [];
  return document.entries.filter(
    ({ value }) => value.type === "map" && (entryOf(value, "image") ?? entryOf(value, "build")),
  );
}

function extendedBy(body: DataMap, byName: ReadonlyMap<string, DataEntry>): DataMap[] {
  const bodies = [body];
  for (let at = 0; at < bodies.length && at < MAX_EXTENDED; at += 1) {
    const name = extendedName(bodies[at]);
    const extended = name === null ? undefined : byName.get(name)?.value;
    if (extended?.type === "map" && !bodies.includes(extended)) bodies.push(extended);
  }
  return bodies;
}

// `extends: base`, `extends: {service: base}`
function extendedName(body: DataMap | undefined): string | null {
  const extended = body && entryOf(body, "extends")?.value;
  if (extended?.type === "scalar") return textAt(extended);
  if (extended?.type !== "map" || entryOf(extended, "file")) return null;
  return textAt(entryOf(extended, "service")?.value);
}

/** A value of a service, its own before those that it extends; undefined where none has it. */
export function valueOf({ bodies }: Service, key: string): DataNode | undefined {
  for (const body of bodies) {
    const entry = entryOf(body, key);
    if (entry) return entry.value;
  }
  return undefined;
}

/** The items of a service's list, with those of what it extends: Compose adds lists together. */
export function itemsOf({ bodies }: Service, key: string): DataNode[] {
  return bodies.flatMap((body) => {
    const value = entryOf(body, key)?.value;
    if (value?.type === "list") return [...value.items];
    return value?.type === "scalar" && value.resolved !== "null" ? [value] : [];
  });
}

/** What a map, or a list of `NAME=value`, names: environments and arguments. */
export function pairsIn(
  node: DataNode | undefined,
): { readonly name: DataScalar; value: string }[] {
  if (node?.type === "map") {
    return node.entries.flatMap(({ key, value }) =>
      value.type === "scalar" ? [{ name: key, value: value.text }] : [],
    );
  }
  if (node?.type !== "list") return [];
  return node.items.flatMap((item) => {
    if (item.type !== "scalar") return [];
    const equals = item.text.indexOf("=");
    if (equals < 0) return [];
    const name = { ...item, text: item.text.slice(0, equals) };
    return [{ name, value: item.text.slice(equals + 1) }];
  });
}
