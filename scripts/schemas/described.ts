import { FACT_MEANINGS } from "../docs/fact-meanings.ts";
import { mapSchema, type JsonSchema, type SchemaPath } from "./json-schema.ts";
import { MEANINGS } from "./meanings.ts";

/** A schema whose keys say what they mean, in a sentence that is the same wherever they stand. */
export function described(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (one, path) => {
    const meaning = isKey(path) ? meaningOf(path) : null;
    if (meaning === null) return one;
    const { description } = one;
    return {
      ...one,
      description: typeof description === "string" ? `${meaning}; ${description}` : meaning,
    };
  });
}

/** The keys of a schema of which nothing is said, by their paths. */
export function undescribedKeys(schema: JsonSchema): SchemaPath[] {
  const silent: SchemaPath[] = [];
  mapSchema(schema, (one, path) => {
    if (isKey(path) && meaningOf(path) === null) silent.push(path);
    return one;
  });
  return [...new Set(silent)];
}

/** Neither the document itself, nor one of a list, nor what stands under any key. */
function isKey(path: SchemaPath): boolean {
  return path !== "" && !path.endsWith("[]") && !path.endsWith("*");
}

/** Of `flips[].before` what is said of it, else of `before` anywhere. */
function meaningOf(path: SchemaPath): string | null {
  const steps = path.split(".");
  for (const start of steps.keys()) {
    const end = steps.slice(start).join(".");
    const meaning = MEANINGS[end] ?? (FACT_MEANINGS[end] ?? FACT_MEANINGS[`${end}[]`])?.[0];
    if (meaning !== undefined) return meaning;
  }
  return null;
}
