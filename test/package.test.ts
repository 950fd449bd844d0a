import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
}

const { packages } = readJson("package-lock.json") as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== "");
const withScripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);

test("every dependency is fixed by its digest, whichever registry serves it", () => {
  expect(locked.length).toBeGreaterThan(100);
  const loose = locked.filter(
    ([, { integrity = "", resolved }]) =>
      !integrity.startsWith("sha512-") || resolved !== undefined,
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test("only tools of development run a script when they are installed, and each is named", () => {
  const { allowScripts } = readJson("package.json") as { allowScripts: Record<string, boolean> };
  const named = Object.keys(allowScripts).map((name) => `node_modules/${name}`);
  expect(withScripts.map(([path]) => path).sort()).toEqual(named.sort());
  expect(withScripts.filter(([, { dev }]) => dev !== true)).toEqual([]);
});
