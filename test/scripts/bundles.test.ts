import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";
import { sha256Hex } from "../../rules/canonical.ts";
import { actionBundle } from "../../scripts/bundles/bundles.ts";
import { licencesOf } from "../../scripts/bundles/licences.ts";
import { findSecrets } from "../../rules/capabilities/secrets/find-secrets.ts";
import { loadedWith } from "../../scripts/bundles/loaded-with.ts";
import { nodesOwnHash, withoutAllowLists } from "../../scripts/bundles/plugins.ts";
import { tokenSamples } from "../rules/capabilities/secrets/samples.ts";

const START = actionBundle.entryPoints.action;
const HTTP_CLIENT = /node_modules\/(?:undici|@octokit\/[^/]+|@actions\/http-client)\//;

const { metafile } = await build({ ...actionBundle, outdir: "dist", metafile: true, write: false });

function sourcesOf(outputs: readonly Metafile["outputs"][string][]): readonly string[] {
  return outputs.flatMap(({ inputs }) => Object.keys(inputs));
}

test("no HTTP client is loaded when a step starts", () => {
  const sources = sourcesOf(loadedWith(metafile, START));
  expect(sources).toContain(START);
  expect(sources.filter((path) => HTTP_CLIENT.test(path) || path === "action/api.ts")).toEqual([]);
});

test("the HTTP client lies in a part that is loaded when it is asked for", () => {
  const sources = sourcesOf(loadedWith(metafile, "action/api.ts"));
  expect(sources.some((path) => path.includes("node_modules/undici/"))).toBe(true);
});

test("what writes a ledger is loaded when it is asked for", () => {
  expect(sourcesOf(loadedWith(metafile, START))).not.toContain("ledger/sequencer.ts");
  expect(sourcesOf(loadedWith(metafile, "action/named-ledger.ts"))).toContain(
    "ledger/sequencer.ts",
  );
});

test("a file that an entry imports by way of another is loaded with it, a dynamic one is not", () => {
  const outputs = {
    "a.js": output([statement("b.js")], "a.ts"),
    "b.js": output([statement("c.js"), { ...statement("node:fs"), external: true }]),
    "c.js": output([statement("b.js"), { path: "d.js", kind: "dynamic-import" as const }]),
    "d.js": output([]),
  };
  const loaded = loadedWith({ inputs: {}, outputs }, "a.ts");
  expect(loaded).toEqual([outputs["a.js"], outputs["b.js"], outputs["c.js"]]);
});

function statement(path: string) {
  return { path, kind: "import-statement" } as const;
}

function output(
  imports: Metafile["outputs"][string]["imports"],
  entryPoint?: string,
): Metafile["outputs"][string] {
  return { bytes: 1, inputs: {}, exports: [], imports, ...(entryPoint && { entryPoint }) };
}

test("a bundle hashes as the sources do", async () => {
  const { outputFiles } = await build({
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [nodesOwnHash],
    write: false,
    entryPoints: ["rules/canonical.ts"],
  });
  const [{ text } = { text: "" }] = outputFiles;
  expect(text).toContain("node:crypto");
  const bundled = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    readonly sha256Hex: typeof sha256Hex;
  };
  for (const data of ["", "ä", "x".repeat(100_000), new Uint8Array([0, 255])]) {
    expect(bundled.sha256Hex(data)).toBe(sha256Hex(data));
  }
});

const PRESET = "node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js";

test("the rules for secrets are bundled without what matches allow lists, and find the same", async () => {
  const { outputFiles } = await build({
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [withoutAllowLists],
    write: false,
    entryPoints: ["rules/capabilities/secrets/find-secrets.ts"],
  });
  const [{ text } = { text: "" }] = outputFiles;
  expect(text).not.toContain("lodash");
  const bundled = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    readonly findSecrets: typeof findSecrets;
  };
  const tokens = tokenSamples.map(({ write }) => write(1)).join("\n");
  expect(bundled.findSecrets(tokens, "a")).toEqual(findSecrets(tokens, "a"));
});

test("rules for secrets that begin in another way are not bundled", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-preset-"));
  await mkdir(join(folder, PRESET, ".."), { recursive: true });
  await writeFile(join(folder, PRESET), "export const rules = [];");
  const built = build({
    plugins: [withoutAllowLists],
    write: false,
    logLevel: "silent",
    entryPoints: [join(folder, PRESET)],
  });
  await expect(built).rejects.toThrow("no longer begins");
});

test("the licence of every package in a bundle goes along", async () => {
  const text = await licencesOf([metafile]);
  for (const name of ["@actions/core", "re2js", "undici", "yaml", "zod"]) {
    expect(text).toMatch(new RegExp(`^${name}\\n\\n`, "m"));
  }
  expect(text).toContain("Copyright (c) Matteo Collina and Undici contributors");
});

test("a package without a licence is not bundled", async () => {
  const folder = join(await mkdtemp(join(tmpdir(), "bailiff-bare-")), "node_modules/bare");
  await mkdir(folder, { recursive: true });
  const bundle = { inputs: { [`${folder}/index.js`]: { bytes: 1, imports: [] } }, outputs: {} };
  await expect(licencesOf([bundle])).rejects.toThrow();
  await writeFile(join(folder, "LICENSE.md"), "Take it.");
  expect(await licencesOf([bundle])).toBe("bare\n\nTake it.\n");
});
