import { z } from "zod";
import { FACTS_SHAPE, type ObjectShape, type Shape } from "../rules/facts/schema.ts";
import { policyFile } from "../rules/policy/policy-file.ts";
import { verdictShape } from "../rules/verdict/schema.ts";

/** Every published JSON Schema by its file's name. */
export function publishedSchemas(): ReadonlyMap<string, object> {
  return new Map([
    ["facts.schema.json", { $schema: DIALECT, title: "Facts", ...factSchema(FACTS_SHAPE) }],
    ["policy.schema.json", { title: "A policy file", ...z.toJSONSchema(policyFile, AS_WRITTEN) }],
    ["verdict.schema.json", { title: "GovernanceVerdict", ...z.toJSONSchema(verdictShape) }],
  ]);
}

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** What may be left out is not required of somebody who writes it. */
const AS_WRITTEN = { io: "input" } as const;

function factSchema(shape: Shape): object {
  const type = {
    text: "string",
    number: "number",
    flag: "boolean",
    list: "array",
    object: "object",
  };
  const name = type[shape.is];
  return {
    type: shape.whenNull === "never" ? name : [name, "null"],
    ...(shape.whenNull !== "never" && { description: `null: ${shape.whenNull}` }),
    ...contentSchema(shape),
  };
}

function contentSchema(shape: Shape): object {
  if (shape.is === "object") return objectSchema(shape);
  if (shape.is === "list") return { items: factSchema(shape.of) };
  // Kinds are a name among those that readers give so far; later ones only add.
  if (shape.values === null || shape.comparison !== "exact") return {};
  return { enum: shape.whenNull === "never" ? shape.values : [...shape.values, null] };
}

function objectSchema({ fields }: ObjectShape): object {
  const properties = Object.entries(fields).map(([name, field]) => [name, factSchema(field)]);
  return {
    properties: Object.fromEntries(properties) as object,
    required: Object.keys(fields),
    additionalProperties: false,
  };
}
