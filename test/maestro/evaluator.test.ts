import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { bundleDigest, thisEvaluator } from "../../maestro/evaluator.ts";
import { shippedAction } from "../action/runner/shipped.ts";

/** As docs/ledger.md tells it. */
const BUNDLE = "find . -type f -name '*.js' | LC_ALL=C sort | xargs sha256sum | sha256sum";
const CHECKOUT = `{ sha256sum package-lock.json; find rules -name '*.ts' | LC_ALL=C sort | xargs sha256sum; } |
  sed 's/  / /' | sha256sum`;
const ROOT = join(import.meta.dirname, "../..");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-evaluator-"));
  await mkdir(join(folder, "parts"));
  // Names that languages and folders sort each in their own way.
  for (const name of ["b.js", "A.js", "parts.js", "parts-a.js", "parts/a.js"]) {
    await writeFile(join(folder, name), name);
  }
});

function inShell(line: string, cwd: string): string {
  return execFileSync("sh", ["-c", line], { cwd, encoding: "utf8" }).slice(0, 64);
}

test("anybody can work out the digest of a bundle", async () => {
  expect(bundleDigest(folder)).toBe(inShell(BUNDLE, folder));
  const dist = join(await shippedAction(), "dist");
  expect(bundleDigest(dist)).toBe(inShell(BUNDLE, dist));
});

test("a checkout's digest is over what decides a verdict", () => {
  expect(thisEvaluator().digest).toBe(inShell(CHECKOUT, ROOT));
});

test.each([
  { what: "another byte", path: "parts/a.js", text: "parts/a.jS", isOther: true },
  { what: "a script more", path: "parts/b.js", text: "", isOther: true },
  { what: "a list of packages", path: "sbom.cdx.json", text: "{}", isOther: false },
  { what: "compiled code", path: ".compiled", text: "code", isOther: false },
])("$what makes another digest: $isOther", async ({ path, text, isOther }) => {
  const before = bundleDigest(folder);
  await writeFile(join(folder, path), text);
  expect(bundleDigest(folder) !== before).toBe(isOther);
});
