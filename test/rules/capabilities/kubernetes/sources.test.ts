import { expect, test } from "vitest";
import { read, TEMPLATE } from "./manifests.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

function taken(text: string, path?: string): string[] {
  const reading = read(text, path);
  return (reading.understood ? (reading.dependencies ?? []) : []).map(
    ({ name, version, range, source }) =>
      `${name} ${version ?? "-"} ${range ?? "-"} ${source.text}`,
  );
}

const chart = (repository: string): string =>
  `dependencies: [{ name: b, version: 1.0.0, repository: '${repository}' }]\n`;
const resources = (item: string): string => `resources: ['${item}']\n`;
const images = (image: string): string => `images: [{ ${image} }]\n`;
const application = (source: string): string =>
  `apiVersion: argoproj.io/v1\nkind: Application\nspec: { source: { ${source} } }\n`;
const flux = (ref: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nspec: { url: 'https://a.b/c.git', ref: { ${ref} } }\n`;

test.each([
  { text: chart(""), seen: ["b 1.0.0 exact path:charts/b"] },
  { text: chart("file://../c"), seen: ["b 1.0.0 exact path:../c"] },
  { text: chart("@stable"), seen: ["b 1.0.0 exact registry:helm"] },
  { text: chart("alias:stable"), seen: ["b 1.0.0 exact registry:helm"] },
])("a chart's part is taken as $seen", ({ text, seen }) => {
  expect(taken(text, "charts/a/Chart.yaml")).toEqual(seen);
});

test.each([
  { text: resources("../base"), seen: [] },
  { text: resources("app.yaml"), seen: [] },
  { text: resources("a.b/c//d?ref=v1"), seen: ["a.b/c v1 open git:a.b/c"] },
  { text: resources("git@a.b:c/d.git"), seen: ["a.b/c/d - open git:a.b/c/d"] },
  {
    text: resources(`https://a.b/${SHA}/c.yaml?x=1`),
    seen: [`a.b/${SHA}/c.yaml - exact url:a.b/${SHA}/c.yaml`],
  },
  { text: resources(`https://a.b/c?ref=${SHA}`), seen: [`a.b/c ${SHA} exact git:a.b/c`] },
  { text: images("name: a"), seen: [] },
  { text: images("name: a, newName: c.d/b"), seen: ["c.d/b - open registry:c.d"] },
  {
    text: "patchesJson6902: [{ path: 'https://a.b/c.yaml' }]\n",
    seen: ["a.b/c.yaml - open url:a.b/c.yaml"],
  },
])("a kustomization takes $seen", ({ text, seen }) => {
  expect(taken(text, "a/kustomization.yaml")).toEqual(seen);
});

test.each([
  {
    text: application("chart: a, targetRevision: 1.0.0, repoURL: 'https://a.b'"),
    seen: ["a 1.0.0 exact registry:a.b"],
  },
  { text: flux("branch: main, tag: v1"), seen: ["a.b/c v1 open git:a.b/c"] },
  { text: flux(`branch: main, commit: ${SHA}`), seen: [`a.b/c ${SHA} exact git:a.b/c`] },
])("what is applied is fetched as $seen", ({ text, seen }) => {
  expect(taken(text)).toEqual(seen);
});

test("an image that an action names is nobody's", () => {
  const text = "apiVersion: v1\nkind: Pod\nspec: { containers: [{ image: a{{ .b }} }] }\n";
  expect(taken(text.replace("a{{ .b }}", '"a{{ .b }}"'), TEMPLATE)).toEqual([]);
});
