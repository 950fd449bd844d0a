import { expect, test } from "vitest";
import { githubAppManifest } from "../../../rules/capabilities/github-app-manifest.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "app.yml";
const APP = "default_permissions:\n  issues: read\n";

function facts(base: string, head: string): string[] {
  return diffOf({ [PATH]: base }, { [PATH]: head }).map(shown);
}

function reading(text: string, path = PATH): unknown {
  return githubAppManifest.read(path, new TextEncoder().encode(text));
}

test.each([
  { path: "app.yml", claim: "grants" },
  { path: ".github/app.yaml", claim: "grants" },
  { path: "github-app-manifest.json", claim: "grants" },
  { path: "app.manifest.yml", claim: "grants" },
  { path: "fixtures/app.yml", claim: "resembles" },
  { path: "myapp.yml", claim: null },
  { path: "app.yml.tpl", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(githubAppManifest.claims(path)).toBe(claim);
});

test.each([
  {
    when: "a permission rises",
    head: "default_permissions:\n  issues: WRITE\n",
    seen: ["raised app issues read→write app.yml:2"],
  },
  {
    when: "one falls and another is added",
    head: "default_permissions:\n  issues: none\n  organization_administration: admin\n",
    seen: [
      "removed app issues read→- app.yml:2",
      "added app organization_administration -→admin app.yml:3",
    ].sort(),
  },
  {
    when: "its events go to another host without encryption",
    base: `${APP}hook_attributes:\n  url: https://a:b@c.example/x\n`,
    head: `${APP}hook_attributes:\n  url: http://c.example/x\n`,
    seen: ["raised app webhook c.example encrypted→plain app.yml:4"],
  },
  {
    when: "its events go to another path",
    base: `${APP}hook_attributes:\n  url: https://c.example/x\n`,
    head: `${APP}hook_attributes:\n  url: https://c.example/y\n`,
    seen: ["raised app webhook c.example encrypted→encrypted app.yml:4"],
  },
  {
    when: "people are sent elsewhere",
    head: `${APP}redirect_url: https://a.example\ncallback_urls:\n  - https://b.example\nsetup_url: http://c.example\n`,
    seen: [
      "added app redirect a.example -→encrypted app.yml:3",
      "added app callback b.example -→encrypted app.yml:5",
      "added app setup c.example -→plain app.yml:6",
    ],
  },
  {
    when: "everybody may install it",
    head: `${APP}public: true\n`,
    seen: ["added app public -→- app.yml:3"],
  },
  {
    when: "it is told of more",
    head: `${APP}default_events: [push]\n`,
    seen: ["added app push -→- app.yml:3"],
  },
])("it is seen where $when", ({ base = APP, head, seen }) => {
  expect(facts(base, head).sort()).toEqual([...seen].sort());
});

test.each([
  { what: "a permission is commented out", head: `${APP}  # contents: write\n` },
  { what: "it is private, as before", head: `${APP}public: false\n` },
  { what: "it asks for nothing more", head: `${APP}default_events:\n` },
])("nothing is told where $what", ({ head }) => {
  expect(facts(APP, head)).toEqual([]);
});

test.each([
  { what: "another service's file", text: "runtime: python312\nhandlers: []\n" },
  { what: "a template of something else", text: "{{- if .Values.app }}\na: b\n" },
  { what: "only comments", text: "# default_permissions:\n#  issues: write\n" },
])("$what grants nothing", ({ text }) => {
  expect(reading(text)).toEqual({ understood: true, capabilities: [] });
});

test("a large file that mentions nothing of an App grants nothing", () => {
  expect(reading("a".repeat(300 * 1024), "locales/app.json")).toMatchObject({ capabilities: [] });
});

test("JSON is read as well", () => {
  expect(reading('{"default_permissions":{"checks":"write"}}', "app.json")).toMatchObject({
    capabilities: [{ name: "checks", level: "write" }],
  });
});

test.each([
  {
    when: "a level is unknown",
    text: "default_permissions:\n  issues: all\n",
    code: "permission",
    line: 2,
  },
  {
    when: "a level is a map",
    text: "default_permissions:\n  issues:\n    a: b\n",
    code: "permission",
    line: 3,
  },
  {
    when: "permissions are a list",
    text: "default_permissions:\n  - issues\n",
    code: "permission",
    line: 2,
  },
  {
    when: "it is a large one",
    text: `default_permissions: {}\n#${"a".repeat(256 * 1024)}`,
    code: "too-large",
  },
  { when: "it is no YAML", text: "default_permissions: {\n", code: "not-yaml", line: 2 },
])("it is not understood where $when", ({ text, code, line }) => {
  expect(reading(text)).toMatchObject({
    understood: false,
    code,
    ...(line !== undefined && { line }),
  });
});
