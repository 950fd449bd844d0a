import { readFile, writeFile } from "node:fs/promises";
import { packModule } from "./packs.ts";

const folder = new URL("../rules/packs/", import.meta.url);

for (const name of ["recommended-1", "update-bots-1"]) {
  const yaml = await readFile(new URL(`${name}.yml`, folder));
  await writeFile(new URL(`${name}.ts`, folder), packModule(name, yaml));
}
