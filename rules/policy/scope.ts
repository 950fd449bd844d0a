import type { ObjectShape, Shape, WhenNull } from "../facts/schema.ts";
import { FACTS_SHAPE, ITEM_SHAPES } from "../facts/schema.ts";
import { findFact, type FactPath } from "./fact-paths.ts";
import type { Compilation, Pointer } from "./findings.ts";
import type { Each, JsonLogic } from "./policy-set.ts";

/**
 * Where a condition's paths start: the shape there, and what stands before them in the data
 * (`item.`). `element` names the list whose elements these are: paths cannot leave them.
 */
export interface Scope {
  readonly shape: ObjectShape;
  readonly prefix: string;
  readonly element: FactPath | null;
}

/** A scope in which no path leads anywhere. */
export const NO_FACTS: ObjectShape = { is: "object", whenNull: "never", fields: {} };

/** The whole document. */
export const DOCUMENT: Scope = { shape: FACTS_SHAPE, prefix: "", element: null };

/** One item of the list that a policy walks; the document where it walks none. */
export function itemScope(each: Each | null): Scope {
  return each === null ? DOCUMENT : { ...DOCUMENT, shape: ITEM_SHAPES[each], prefix: "item." };
}

/** The document with the item beside it, as raw JSON Logic and messages see it. */
export function wholeScope(each: Each | null): Scope {
  if (each === null) return DOCUMENT;
  const fields = { ...FACTS_SHAPE.fields, item: ITEM_SHAPES[each] };
  return { ...DOCUMENT, shape: { ...FACTS_SHAPE, fields } };
}

/** One element of a list; one that is a value has itself under the empty path. */
export function elementScope(element: Shape, list: string | null): Scope {
  const shape: Scope["shape"] =
    element.is === "object" ? element : { ...NO_FACTS, fields: { "": element } };
  return { shape, prefix: "", element: list ?? "a list" };
}

/** A fact that a policy named, and the logic that reads it. */
export interface ReadFact {
  readonly path: FactPath;
  readonly shape: Shape;
  readonly whenNull: WhenNull;
  readonly logic: JsonLogic;
}

/** Resolves a path in a scope and notes that it is read; null and a finding where it leads nowhere. */
export function readFact(
  { findings, reads }: Compilation,
  at: Pointer,
  { scope, path, onKey }: { scope: Scope; path: FactPath; onKey: boolean },
): ReadFact | null {
  const fact = findFact(scope.shape, path);
  if (!fact.found) {
    const remedy = elsewhere(path, scope) ?? fact.remedy;
    findings.push({ at, onKey, message: fact.message, remedy });
    return null;
  }
  const { shape, whenNull } = fact;
  const full = scope.element === null ? `${scope.prefix}${path}` : `${scope.element}[].${path}`;
  reads.add(full);
  return {
    path: full,
    shape,
    whenNull,
    logic: factLogic(`${scope.prefix}${path}`, full, whenNull),
  };
}

/** What to do about a path that leads somewhere, only not from here. */
function elsewhere(path: FactPath, { shape, prefix, element }: Scope): string | null {
  const isOfDocument = findFact(FACTS_SHAPE, path).found;
  if (element !== null) return isOfDocument ? leavingElement(path, element) : null;
  if (prefix !== "" && isOfDocument) return `test it beside match, under only: { ${path}: … }`;
  if (shape !== FACTS_SHAPE) return null;
  const inner = path.replace(/^item\./, "");
  const lists = Object.entries(ITEM_SHAPES).filter(([, item]) => findFact(item, inner).found);
  if (lists.length === 0) return null;
  const names = lists.map(([list]) => list).join(" or ");
  return `that is a fact of an item: test it under match, with each: ${names}`;
}

function leavingElement(path: FactPath, list: FactPath): string {
  return `paths in here start at one element of ${list}: test ${path} outside, beside it under and`;
}

/** A size is null without being unknown where that side has no file. */
const GUARDS: Readonly<Record<FactPath, FactPath>> = {
  "item.baseSize": "item.baseMode",
  "item.headSize": "item.headMode",
};

function factLogic(place: string, path: FactPath, whenNull: WhenNull): JsonLogic {
  const value = { var: place };
  if (whenNull !== "unknown") return value;
  const guard = GUARDS[path];
  return { known: guard === undefined ? [value, path] : [value, path, { var: guard }] };
}
