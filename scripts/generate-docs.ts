import { readFile, writeFile } from "node:fs/promises";
import { withActionTables } from "./docs/action-docs.ts";
import { format } from "prettier";
import { withFactTable } from "./docs/fact-docs.ts";
import { withPackTables } from "./docs/pack-docs.ts";
import { withGenerated } from "./docs/capability-docs.ts";

const root = new URL("../", import.meta.url);

await rewrite("docs/capabilities.md", withGenerated);
await rewrite("docs/policies.md", (page) => withFactTable(withPackTables(page)));
const actionYml = await readFile(new URL("action.yml", root), "utf8");
await rewrite("docs/action.md", (page) => withActionTables(page, actionYml));

async function rewrite(path: string, generate: (page: string) => string): Promise<void> {
  const page = new URL(path, root);
  const text = generate(await readFile(page, "utf8"));
  await writeFile(page, await format(text, { parser: "markdown", printWidth: 100 }));
}
