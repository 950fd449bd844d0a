/** Keeps what this version promises, for the check of the next. `npm run release:schemas [-- --unreleased]` */
import { readFile, writeFile } from "node:fs/promises";
import { brokenPromises, type Release } from "./schemas/release.ts";
import { RELEASED, releaseText, thisRelease } from "./schemas/this-release.ts";

const now = thisRelease();
const before = await readFile(RELEASED, "utf8").then(
  (text) => JSON.parse(text) as Release,
  () => null,
);
const isUnreleased = process.argv.includes("--unreleased");
const broken = before === null || isUnreleased ? [] : brokenPromises(before, now);
for (const promise of broken) console.error(`schemas: ${promise}`);

if (broken.length > 0) {
  console.error(
    `schemas: ${now.version} breaks what was promised: raise the version in package.json first. ` +
      "If that version was never released: npm run release:schemas -- --unreleased",
  );
  process.exitCode = 1;
} else {
  await writeFile(RELEASED, releaseText(now));
  console.log(`schemas: kept what ${now.version} promises`);
}
