import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { publishedSchemas } from "./schemas/published.ts";

const folder = new URL("../schemas/", import.meta.url);

for (const [name, { schema }] of publishedSchemas()) {
  const text = await format(JSON.stringify(schema), { parser: "json", printWidth: 100 });
  await writeFile(new URL(name, folder), text);
}
