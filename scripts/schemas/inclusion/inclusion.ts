import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema, SchemaObject, SchemaPath } from "../json-schema.ts";
import { alternativesOf, flattened, isDisjoint, isTypeOf, valuesOf } from "./alternatives.ts";
import { differencesByType } from "./by-type.ts";
import {
  differing,
  type Comparison,
  type Difference,
  type Pair,
  type PlainPair,
} from "./comparison.ts";
import { constraintsOf, isSame, oddKeywords, resolved, without, written } from "./keywords.ts";

/**
 * Where documents of one schema are none of another: nothing where each of them is.
 *
 * It may find a difference where there is none, and never misses one: what it cannot compare (a
 * keyword that it does not know, a reference to elsewhere, patterns that are not the same) differs.
 */
export function differencesOf(
  narrow: JsonSchema,
  wide: JsonSchema,
  readers: Pick<Comparison, "openKeys" | "defaults">,
): Difference[] {
  /** Where each pair was met: below itself it says nothing new. */
  const met = new Map<string, SchemaPath>();

  const comparison: Comparison = {
    ...readers,
    compare({ path, ...sides }) {
      const [ours, theirs] = [resolved(sides.narrow, narrow), resolved(sides.wide, wide)];
      if (ours === null || theirs === null) return differing({ path }, "reference", sides);
      const key = `${written(ours)} ${written(theirs)}`;
      const before = met.get(key);
      if (before !== undefined && before !== path) return [];
      if (before === path) return differing({ path }, "reference to itself", sides);
      met.set(key, path);
      const found = differences({ narrow: ours, wide: theirs, path }, comparison, wide);
      met.delete(key);
      return found;
    },
  };
  return [...comparison.compare({ narrow, wide, path: "" })];
}

function differences(pair: Pair, comparison: Comparison, root: JsonSchema): readonly Difference[] {
  const { narrow, wide, path } = pair;
  if (narrow === false || wide === true) return [];
  if (wide === false) return differing(pair, "key", { narrow: "possible", wide: "not" });
  const ours = narrow === true ? {} : narrow;
  const changed = comparison.defaults ? defaultDifferences(path, ours, wide) : [];
  const found = documentDifferences(
    { narrow: constraintsOf(ours), wide: constraintsOf(wide), path },
    comparison,
    root,
  );
  return [...changed, ...found];
}

/** A default is what leaving out means. */
function defaultDifferences(path: SchemaPath, narrow: SchemaObject, wide: SchemaObject) {
  const sides = { narrow: narrow["default"], wide: wide["default"] };
  const isKept = sides.narrow === sides.wide || isSame(sides.narrow, sides.wide);
  return isKept ? [] : differing({ path }, "default", sides);
}

function documentDifferences(
  pair: PlainPair,
  comparison: Comparison,
  root: JsonSchema,
): readonly Difference[] {
  const { narrow, wide, path } = pair;
  if (Object.keys(wide).length === 0) return [];
  if (isSame(narrow, wide) && !written(wide).includes('"$ref"')) return [];
  const odd = oddKeywords(wide);
  if (odd.length > 0) return differing(pair, odd.join(", "), pair);
  if ("allOf" in narrow) return jointDifferences(pair, comparison);
  const values = valuesOf(narrow);
  if (values !== null) return valueDifferences(values, pair, root);
  const alternatives = alternativesOf(narrow);
  if (alternatives !== null) {
    return distinct(alternatives.flatMap((one) => comparison.compare({ narrow: one, wide, path })));
  }
  return singleDifferences(pair, comparison);
}

/** One part that has no difference is enough: a document is of all of them. */
function jointDifferences({ narrow, wide, path }: PlainPair, { compare }: Comparison) {
  const whole = flattened(narrow);
  const isFlat = typeof whole === "boolean" || !("allOf" in whole);
  const parts = isFlat ? [whole] : [...(whole["allOf"] as JsonSchema[]), without(whole, ["allOf"])];
  const found = parts.map((part) => compare({ narrow: part, wide, path }));
  return found.find((one) => one.length === 0) ?? found[0] ?? [];
}

function valueDifferences(values: readonly unknown[], pair: PlainPair, root: JsonSchema) {
  const isOfWide = validatorOf(pair.wide, root);
  const missing = values.filter((value) => isOfWide?.(value) !== true);
  if (missing.length === 0) return [];
  const wide = valuesOf(pair.wide) ?? pair.wide;
  return differing(pair, "values", { narrow: missing, wide });
}

function validatorOf(schema: SchemaObject, root: JsonSchema) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  const definitions = typeof root === "object" ? root["$defs"] : undefined;
  try {
    return ajv.compile(definitions === undefined ? schema : { ...schema, $defs: definitions });
  } catch {
    return null;
  }
}

/** Of a narrow schema that is of one type, or of any. */
function singleDifferences(pair: PlainPair, comparison: Comparison): Difference[] {
  const { narrow, wide, path } = pair;
  const parts = (keyword: string): JsonSchema[] => (wide[keyword] ?? []) as JsonSchema[];
  const typed = narrow["type"] !== undefined;
  const found = [
    ...parts("allOf").flatMap((part) => comparison.compare({ narrow, wide: part, path })),
    ...choiceDifferences(pair, "anyOf", comparison),
    ...choiceDifferences(pair, "oneOf", comparison),
  ];
  if (valuesOf(wide) !== null) {
    found.push(...differing(pair, "values", { narrow: narrow["type"], wide: valuesOf(wide) }));
  } else if (typed ? !isTypeOf(narrow["type"], wide) : isNarrowing(wide)) {
    found.push(...differing(pair, "type", { narrow: narrow["type"], wide: wide["type"] }));
  } else if (typed) found.push(...differencesByType(pair, comparison));
  return found;
}

/** Whether a schema without a type would have to be held against this one type by type. */
function isNarrowing(wide: SchemaObject): boolean {
  return Object.keys(without(wide, ["allOf", "anyOf", "oneOf"])).length > 0;
}

function choiceDifferences(
  pair: PlainPair,
  keyword: "anyOf" | "oneOf",
  { compare }: Comparison,
): Difference[] {
  const { narrow, path } = pair;
  const choices = pair.wide[keyword] as JsonSchema[] | undefined;
  if (choices === undefined) return [];
  const found = choices.map((wide) => compare({ narrow, wide, path }));
  const fits = found.findIndex((one) => one.length === 0);
  const others = choices.filter((_, index) => index !== fits);
  const isOnlyOne = keyword === "anyOf" || others.every((other) => isDisjoint(narrow, other));
  if (fits !== -1 && isOnlyOne) return [];
  // The choice that it comes nearest to says the most.
  const [nearest = []] = found
    .filter((one) => one.length > 0)
    .toSorted((one, other) => one.length - other.length);
  return choices.length === 1 || nearest.some((one) => one.path !== path)
    ? [...nearest]
    : differing(pair, keyword, { narrow: narrow["type"], wide: choices });
}

function distinct(found: readonly Difference[]): Difference[] {
  return [...new Map(found.map((one) => [written(one), one])).values()];
}
