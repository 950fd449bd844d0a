import * as z from "zod";

const line = z.int().min(1);

const capability = z.strictObject({
  kind: z.string(),
  name: z.string(),
  holder: z.string(),
  context: z.string(),
  level: z.string().nullable(),
  line,
  endLine: line,
  certainty: z.enum(["exact", "heuristic"]),
});

const dependency = z.strictObject({
  ecosystem: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  direct: z.boolean().nullable(),
  source: z.string(),
  integrity: z.enum(["present", "absent", "changed", "restated"]).nullable(),
  purl: z.string().nullable(),
  line,
});

/** `capabilities --format json`. */
export const capabilitiesOutput = z.strictObject({
  path: z.string(),
  readers: z.array(z.string()),
  understood: z.boolean(),
  why: z.string().optional(),
  line: line.nullable().optional(),
  capabilities: z.array(capability),
  dependencies: z.array(dependency),
});
