import { expect, test } from "vitest";
import { browserExtension } from "../../../rules/capabilities/browser-extension.ts";
import { readPattern } from "../../../rules/capabilities/browser-extension/match-pattern.ts";
import { isWithin, wayTo } from "../../../rules/capabilities/reach.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "manifest.json";

function written(content: object): string {
  return JSON.stringify({ manifest_version: 3, ...content }, null, 1);
}

function facts(base: object, head: object): string[] {
  const files = [{ [PATH]: written(base) }, { [PATH]: written(head) }];
  return diffOf(files[0] ?? {}, files[1] ?? {}).map(shown);
}

function reading(text: string, path = PATH): unknown {
  return browserExtension.read(path, new TextEncoder().encode(text));
}

function isNarrower(part: string, whole: string, paths: "count" | "ignored" = "count"): boolean {
  const ways = (text: string) => {
    const pattern = readPattern(text, paths);
    if (!pattern) throw new Error("it is no pattern");
    const { schemes, conditions } = pattern;
    return schemes.map((scheme) => ({ ...wayTo(scheme, 1), conditions }));
  };
  return isWithin(ways(part), ways(whole));
}

test.each([
  { path: "manifest.json", claim: "grants" },
  { path: "source/manifest.firefox.json", claim: "grants" },
  { path: "src/manifest-v3.json", claim: "grants" },
  { path: "chrome.manifest.json", claim: "grants" },
  { path: "Manifest.JSON", claim: "grants" },
  { path: "test/fixtures/manifest.json", claim: "resembles" },
  { path: "manifest.json.bak", claim: null },
  { path: "assetmanifest.json", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(browserExtension.claims(path)).toBe(claim);
});

test.each([
  { part: "https://a.example.com/x", whole: "https://*.example.com/*" },
  { part: "HTTPS://A.example.com/x", whole: "https://*.example.com/*" },
  { part: "https://example.com/*", whole: "https://*.example.com/*" },
  { part: "http://*/*", whole: "*://*/*" },
  { part: "*://*/*", whole: "<all_urls>" },
  { part: "file:///home/*", whole: "<all_urls>" },
  { part: "https://A.example.com/*", whole: "https://a.example.com/*" },
  { part: "https://a.com:8080/*", whole: "https://a.com/*" },
  { part: "https://a.com/b/c", whole: "https://a.com/b/*" },
  { part: "https://a.com/b/c*d", whole: "https://a.com/b/*" },
  { part: "https://a.com", whole: "https://a.com/*" },
])("$whole takes in $part, and not the other way round", ({ part, whole }) => {
  expect(isNarrower(part, whole)).toBe(true);
  expect(isNarrower(whole, part)).toBe(part.toLowerCase() === whole || part === "https://a.com");
});

test.each([
  { part: "https://badexample.com/*", whole: "https://*.example.com/*" },
  { part: "https://example.com.bad/*", whole: "https://example.com/*" },
  { part: "http://a.com/*", whole: "https://a.com/*" },
  { part: "https://a.com/bc", whole: "https://a.com/b/*" },
  { part: "https://b.a.com/*", whole: "https://a.com/*" },
  { part: "file:///*", whole: "*://*/*" },
  { part: `https://${"a.".repeat(200)}com/*`, whole: "https://com/*" },
  { part: `https://a/${"a/".repeat(200)}*`, whole: "https://a/b/*" },
])("$whole does not take in $part", ({ part, whole }) => {
  expect(isNarrower(part, whole)).toBe(false);
});

test("the path of a host permission says nothing", () => {
  expect(isNarrower("https://a.com/*", "https://a.com/x", "ignored")).toBe(true);
});

const HOSTS = { host_permissions: ["https://a.com/*"] };

test.each([
  {
    when: "a strong permission is added",
    base: { permissions: ["storage"] },
    head: { permissions: ["storage", "cookies"] },
    seen: ["added extension cookies -→strong manifest.json:5"],
  },
  {
    when: "an unknown permission is added",
    base: {},
    head: { permissions: [{ newThing: ["a"] }] },
    seen: ["added extension newThing -→strong manifest.json:5"],
  },
  {
    when: "the user is not asked any more",
    base: { optional_permissions: ["tabs"] },
    head: { permissions: ["tabs"] },
    seen: ["raised extension tabs strong→strong manifest.json:4"],
  },
  {
    when: "the user is asked from now on",
    base: { permissions: ["tabs"] },
    head: { optional_permissions: ["tabs"] },
    seen: ["lowered extension tabs strong→strong manifest.json:4"],
  },
  {
    when: "a host is added",
    base: HOSTS,
    head: { host_permissions: ["https://a.com/*", "https://b.com/*"] },
    seen: ["raised extension hosts named→named manifest.json:5"],
  },
  {
    when: "every host is added among the permissions",
    base: HOSTS,
    head: { ...HOSTS, permissions: ["*://*/*"] },
    seen: ["raised extension hosts named→every manifest.json:7"],
  },
  {
    when: "a host is no longer asked for",
    base: { ...HOSTS, optional_host_permissions: ["*://*/*"] },
    head: { host_permissions: ["https://a.com/*", "https://b.com/*"] },
    seen: ["raised extension hosts named→named manifest.json:5"],
  },
  {
    when: "a host is asked for from now on",
    base: { host_permissions: ["https://a.com/*", "https://b.com/*"] },
    head: { ...HOSTS, optional_host_permissions: ["https://b.com/*"] },
    seen: ["lowered extension hosts named→named manifest.json:4"],
  },
  {
    when: "fewer hosts are named",
    base: { host_permissions: ["https://a.com/*", "https://b.com/*"] },
    head: HOSTS,
    seen: ["lowered extension hosts named→named manifest.json:4"],
  },
  {
    when: "texts become code in its own pages, and code of others",
    base: { content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" } },
    head: {
      content_security_policy: { extension_pages: "Script-Src 'self' 'UNSAFE-EVAL' https://b.com" },
    },
    seen: [
      "added extension 'unsafe-eval' -→- manifest.json:4",
      "added extension https://b.com -→- manifest.json:4",
    ],
  },
  {
    when: "a policy says nothing of code",
    base: {},
    head: { manifest_version: 2, content_security_policy: "img-src 'self'" },
    seen: ["added extension * -→- manifest.json:3"],
  },
  {
    when: "the first of two directives counts",
    base: {},
    head: { content_security_policy: { extension_pages: "script-src *; script-src 'self'" } },
    seen: ["added extension * -→- manifest.json:4"],
  },
  {
    when: "searches go elsewhere",
    base: { chrome_settings_overrides: { search_provider: { search_url: "https://a.com" } } },
    head: { chrome_settings_overrides: { search_provider: { search_url: "https://b.com" } } },
    seen: ["raised extension search_provider -→- manifest.json:4"],
  },
  ...[
    [{ homepage: "https://a.com" }, { homepage: "https://b.com" }, "homepage"] as const,
    [{ startup_pages: ["a.com"] }, { startup_pages: ["a.com", "b.com"] }, "startup_pages"] as const,
  ].map(([base, head, name]) => ({
    when: `${name} leads elsewhere`,
    base: { chrome_settings_overrides: base },
    head: { chrome_settings_overrides: head },
    seen: [`raised extension ${name} -→- manifest.json:4`],
  })),
  {
    when: "updates come from elsewhere, and tools are added",
    base: {},
    head: { update_url: "https://b.com", devtools_page: "d.html" },
    seen: [
      "added extension update_url -→- manifest.json:3",
      "added extension devtools_page -→- manifest.json:4",
    ],
  },
  {
    when: "another extension may take what is in it",
    base: {},
    head: { web_accessible_resources: [{ resources: ["a"], extension_ids: ["*"] }] },
    seen: ["added extension web_accessible_resources -→every manifest.json:9"],
  },
])("it is seen where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

const SCRIPT = { matches: ["https://a.com/*"], js: ["a.js"], exclude_matches: ["https://a.com/b"] };

test.each([
  { when: "runs in every frame", script: { ...SCRIPT, all_frames: true } },
  { when: "runs in the page's own world", script: { ...SCRIPT, world: "MAIN" } },
  { when: "runs in empty pages", script: { ...SCRIPT, match_about_blank: true } },
  { when: "leaves out less", script: { ...SCRIPT, exclude_matches: [] } },
  { when: "runs on more pages", script: { ...SCRIPT, matches: ["*://a.com/*"] } },
])("a content script that $when does more, and one that stops doing so less", ({ script }) => {
  const [base, head] = [{ content_scripts: [SCRIPT] }, { content_scripts: [script] }];
  expect(facts(base, head)).toEqual([expect.stringMatching(/^raised extension content scripts/)]);
  expect(facts(head, base)).toEqual([expect.stringMatching(/^lowered extension content scripts/)]);
});

test("styles that become scripts are more, and globs that narrow are less", () => {
  const styles = { matches: ["https://a.com/*"], css: ["a.css"] };
  expect(
    facts({ content_scripts: [styles] }, { content_scripts: [{ ...styles, js: ["a"] }] }),
  ).toEqual(["raised extension content scripts named→named manifest.json:6"]);
  const narrower = { ...styles, include_globs: ["*b*"] };
  expect(facts({ content_scripts: [styles] }, { content_scripts: [narrower] })).toEqual([
    "lowered extension content scripts named→named manifest.json:6",
  ]);
});

test("a manifest that is moved and edited is the same extension", () => {
  const base = { "a/manifest.json": written({ ...HOSTS, name: "a" }) };
  const head = {
    "b/manifest.chrome.json": written({ ...HOSTS, name: "b", permissions: ["tabs"] }),
  };
  expect(diffOf(base, head).map(shown)).toEqual([
    "added extension tabs -→strong manifest.chrome.json:8",
  ]);
});

test.each([
  { what: "a web app's manifest", text: '{"start_url":"/","permissions":["cookies"]}' },
  { what: "no JSON, and nothing of an extension", text: "{{#each}}" },
  { what: "a list", text: '["manifest_version"]' },
])("$what grants nothing", ({ text }) => {
  expect(reading(text)).toEqual({ understood: true, capabilities: [] });
});

test("comments are read over, as the browsers do", () => {
  expect(reading('{// why\n"manifest_version":3,"permissions":["tabs"]}')).toMatchObject({
    capabilities: [{ name: "tabs", line: 2 }],
  });
});

test("a part that is merged into a manifest is read as one", () => {
  expect(reading('{"host_permissions":["<all_urls>"]}', "manifest.firefox.json")).toMatchObject({
    capabilities: [{ name: "hosts", level: "every" }],
  });
});

test.each([
  {
    when: "a key is there twice",
    text: '{"manifest_version":3,\n"permissions":[],"permissions":["tabs"]}',
    code: "duplicate-key",
    line: 2,
  },
  { when: "it does not end", text: '{"manifest_version":3', code: "not-json", line: 1 },
  {
    when: "a key could be spelled by escapes",
    text: '{"\\u0070ermissions"',
    code: "not-json",
    line: 1,
  },
  {
    when: "it names very many hosts",
    text: written({ host_permissions: Array.from({ length: 4_001 }, (_, n) => `https://a${n}/*`) }),
    code: "too-many-patterns",
    line: 4,
  },
])("it is not understood where $when", ({ text, code, line }) => {
  expect(reading(text)).toMatchObject({ understood: false, code, line });
});
