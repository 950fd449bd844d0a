import { thisVersion } from "../../maestro/evaluator.ts";
import { PACK_NAMES, packSource } from "../../rules/packs/packs.ts";
import { without } from "./inclusion/keywords.ts";
import { mapSchema, type SchemaObject } from "./json-schema.ts";
import { type PublishedSchema, publishedSchemas } from "./published.ts";
import type { Release } from "./release.ts";

/** Where what the last release promised is kept. */
export const RELEASED = new URL("../../schemas/released.json", import.meta.url);

/** What this checkout would promise. */
export function thisRelease(): Release {
  const packs = PACK_NAMES.map((name) => [name, packSource(name)?.digest]);
  return {
    version: thisVersion(),
    schemas: Object.fromEntries([...publishedSchemas()].map(unannotated)),
    packs: Object.fromEntries(packs) as Record<string, string>,
  };
}

/** A release as text, a line for each schema. */
export function releaseText({ version, schemas, packs }: Release): string {
  const lines = Object.entries(schemas)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  const head = `{\n  "version": ${JSON.stringify(version)},\n  "schemas": {\n${lines.join(",\n")}\n  }`;
  return `${head},\n  "packs": ${JSON.stringify(packs, null, 2).replaceAll("\n", "\n  ")}\n}\n`;
}

/** What a schema says in words binds nobody. */
function unannotated([name, { direction, schema }]: [string, PublishedSchema]) {
  const bare = mapSchema(schema, (one) => without(one, ["title", "description"]));
  return [name, { direction, schema: bare as SchemaObject }] as const;
}
