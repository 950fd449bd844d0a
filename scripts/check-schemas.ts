/** Fails where schemas or packs break what the last release promised. `npm run check:schemas` */
import { readFile } from "node:fs/promises";
import { brokenPromises, type Release } from "./schemas/release.ts";
import { RELEASED, thisRelease } from "./schemas/this-release.ts";

const before = JSON.parse(await readFile(RELEASED, "utf8")) as Release;
const now = thisRelease();
const broken = brokenPromises(before, now);

for (const promise of broken) console.error(`schemas: ${promise}`);
console.log(
  `schemas: ${Object.keys(now.schemas).length} held against those of ${before.version}, ${broken.length} promises broken`,
);
if (broken.length > 0) {
  console.error(
    `schemas: ${now.version} may not break them: see docs/versioning.md; take the change back, or raise the version. ` +
      `If ${before.version} was never released: npm run release:schemas -- --unreleased`,
  );
  process.exitCode = 1;
}
