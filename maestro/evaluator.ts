import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** Who judged: recorded with every verdict, so that it can be re-performed by the same engine. */
export interface Evaluator {
  readonly id: "bailiff";
  readonly version: string;
  /** sha256 (hex) over the sources of `rules/` and the lock file: what decides a verdict. */
  readonly digest: string;
}

/** Written in by `npm run build`; absent when the sources run as they are. */
declare const BAILIFF_EVALUATOR: Evaluator | undefined;

/** This engine: built in where it was bundled, else read from the checkout it runs from. */
export function thisEvaluator(): Evaluator {
  return typeof BAILIFF_EVALUATOR === "undefined" ? evaluatorOfCheckout() : BAILIFF_EVALUATOR;
}

/** The engine of this checkout. Equal sources and dependencies give an equal digest. */
export function evaluatorOfCheckout(): Evaluator {
  const root = new URL("../", import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    version: string;
  };
  const sources = readdirSync(new URL("rules/", root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `rules/${name}`);
  const digest = createHash("sha256");
  for (const path of ["package-lock.json", ...sources.sort()]) {
    const content = createHash("sha256").update(readFileSync(new URL(path, root)));
    digest.update(`${content.digest("hex")} ${path}\n`);
  }
  return { id: "bailiff", version: manifest.version, digest: digest.digest("hex") };
}
