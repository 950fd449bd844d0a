import type { JsonSchema, SchemaObject, SchemaPath } from "../json-schema.ts";
import { differing, type Comparison, type Difference, type PlainPair } from "./comparison.ts";
import { isSame } from "./keywords.ts";

/** What the wide schema asks of documents of the narrow one's type, and the narrow one does not. */
export function differencesByType(pair: PlainPair, comparison: Comparison): Difference[] {
  switch (pair.narrow["type"]) {
    case "string":
      return [
        ...limits(pair, ["minLength"], ["maxLength"]),
        ...sameText(pair, "pattern"),
        ...sameText(pair, "format"),
      ];
    case "number":
    case "integer":
      return limits(pair, ["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]);
    case "array":
      return [...limits(pair, ["minItems"], ["maxItems"]), ...itemDifferences(pair, comparison)];
    case "object":
      return objectDifferences(pair, comparison);
    default:
      return [];
  }
}

/** Each limit by itself: an exclusive one is held against an exclusive one alone. */
function limits(pair: PlainPair, least: readonly string[], most: readonly string[]): Difference[] {
  const holds = (keyword: string, isLeast: boolean): boolean => {
    const [narrow, wide] = [pair.narrow[keyword], pair.wide[keyword]];
    if (wide === undefined || (isLeast && wide === 0 && /^min(Length|Items)$/.test(keyword))) {
      return true;
    }
    if (typeof narrow !== "number" || typeof wide !== "number") return false;
    return isLeast ? narrow >= wide : narrow <= wide;
  };
  return [
    ...least.filter((keyword) => !holds(keyword, true)),
    ...most.filter((keyword) => !holds(keyword, false)),
  ].flatMap((keyword) => keywordDiffers(pair, keyword));
}

function sameText(pair: PlainPair, keyword: "pattern" | "format"): Difference[] {
  const isFree = pair.wide[keyword] === undefined;
  if (isFree || isSame(pair.narrow[keyword], pair.wide[keyword])) return [];
  return keywordDiffers(pair, keyword);
}

function keywordDiffers(pair: PlainPair, keyword: string): Difference[] {
  return differing(pair, keyword, { narrow: pair.narrow[keyword], wide: pair.wide[keyword] });
}

function itemDifferences({ narrow, wide, path }: PlainPair, { compare }: Comparison) {
  if (wide["items"] === undefined || narrow["maxItems"] === 0) return [];
  const items = { narrow: partOf(narrow, "items"), wide: partOf(wide, "items") };
  return compare({ ...items, path: `${path}[]` });
}

function objectDifferences(pair: PlainPair, comparison: Comparison): Difference[] {
  const { narrow, wide, path } = pair;
  const [ours, theirs] = [propertiesOf(narrow), propertiesOf(wide)];
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return [
    ...names.flatMap((name) => {
      const place = path === "" ? name : `${path}.${name}`;
      // Whoever ignores keys that they do not know still misses one that they do.
      if (comparison.openKeys && !(name in ours)) {
        return differing({ path: place }, "key", { narrow: "gone", wide: "there" });
      }
      return keyDifferences(place, {
        narrow: ours[name] ?? restOf(narrow, comparison),
        wide: theirs[name] ?? restOf(wide, comparison),
        comparison,
      });
    }),
    ...requiredOf(wide)
      .filter((name) => !requiredOf(narrow).includes(name))
      .flatMap((name) =>
        differing({ path }, `required ${name}`, { narrow: "may be left out", wide: "required" }),
      ),
    ...restDifferences(pair, comparison),
    ...nameDifferences(pair, comparison),
  ];
}

interface KeyPair {
  readonly narrow: JsonSchema;
  readonly wide: JsonSchema;
  readonly comparison: Comparison;
}

function keyDifferences(path: SchemaPath, { narrow, wide, comparison }: KeyPair) {
  // A key that is never there differs in nothing.
  if (narrow === false) return [];
  return comparison.compare({ narrow, wide, path });
}

/** Keys that neither side names. */
function restDifferences({ narrow, wide, path }: PlainPair, comparison: Comparison) {
  return keyDifferences(path === "" ? "*" : `${path}.*`, {
    narrow: restOf(narrow, comparison),
    wide: restOf(wide, comparison),
    comparison,
  });
}

/** What stands under a key that a schema does not name; where such keys are ignored, anything. */
function restOf(schema: SchemaObject, { openKeys }: Comparison): JsonSchema {
  const rest = partOf(schema, "additionalProperties");
  return openKeys && rest === false ? true : rest;
}

function nameDifferences({ narrow, wide, path }: PlainPair, { compare }: Comparison) {
  if (wide["propertyNames"] === undefined) return [];
  const text = { type: "string" };
  const names = {
    narrow: { ...text, ...(partOf(narrow, "propertyNames") as object) },
    wide: partOf(wide, "propertyNames"),
  };
  return compare({ ...names, path: `${path} (its keys)` });
}

function propertiesOf(schema: SchemaObject): Readonly<Record<string, JsonSchema>> {
  const own = (schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
  // No key of a document is one of Object's.
  return Object.assign(Object.create(null) as Record<string, JsonSchema>, own);
}

function requiredOf(schema: SchemaObject): readonly string[] {
  return (schema["required"] ?? []) as readonly string[];
}

/** What is not said may be anything. */
function partOf(schema: SchemaObject, keyword: string): JsonSchema {
  return (schema[keyword] ?? true) as JsonSchema;
}
