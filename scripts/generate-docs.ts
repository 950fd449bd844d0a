import { readFile, writeFile } from "node:fs/promises";
import { withGenerated } from "./docs/capability-docs.ts";

const page = new URL("../docs/capabilities.md", import.meta.url);

await writeFile(page, withGenerated(await readFile(page, "utf8")));
