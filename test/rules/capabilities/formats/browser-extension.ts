import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "source/manifest.json";

function pair(base: object, head: object) {
  const file = (content: object): string => JSON.stringify({ ...MANIFEST, ...content }, null, 2);
  return { base: { [PATH]: file(base) }, head: { [PATH]: file(head) } };
}

const MANIFEST = {
  manifest_version: 3,
  name: "Reader",
  version: "1.2.3",
  permissions: ["storage", "alarms"],
  optional_permissions: ["history"],
  host_permissions: ["https://*.example.com/*"],
  content_scripts: [{ matches: ["https://*.example.com/*"], js: ["page.js"] }],
  web_accessible_resources: [{ resources: ["a.png"], matches: ["https://example.com/*"] }],
  content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
};

export const browserExtensionSamples: FormatSamples = {
  reader: "browser-extension",
  files: [
    { path: PATH, text: JSON.stringify(MANIFEST, null, 2), movedTo: "src/manifest.chrome.json" },
    { path: "public/manifest.json", text: '{ "name": "A web app", "start_url": "/" }' },
  ],
  gains: [
    {
      what: "a permission is added",
      kind: "browser.permission",
      ...pair({}, { permissions: ["storage", "alarms", "cookies"] }),
    },
    {
      what: "the user is no longer asked for a permission",
      kind: "browser.permission",
      ...pair({}, { permissions: ["storage", "alarms", "history"], optional_permissions: [] }),
    },
    {
      what: "a host is added",
      kind: "browser.host",
      ...pair({}, { host_permissions: ["https://*.example.com/*", "https://example.org/*"] }),
    },
    {
      what: "every host is taken in",
      kind: "browser.host",
      ...pair({}, { host_permissions: ["<all_urls>"] }),
    },
    {
      what: "scripts come into other pages",
      kind: "browser.content-script",
      ...pair({}, { content_scripts: [{ matches: ["https://*/*"], js: ["page.js"] }] }),
    },
    {
      what: "other pages may send messages",
      kind: "browser.exposed",
      ...pair({}, { externally_connectable: { matches: ["https://*.example.org/*"] } }),
    },
    {
      what: "texts are run as code",
      kind: "browser.page-code",
      ...pair(
        {},
        { content_security_policy: { extension_pages: "script-src 'self' 'unsafe-eval'" } },
      ),
    },
    {
      what: "the page of new tabs is replaced",
      kind: "browser.override",
      ...pair({}, { chrome_url_overrides: { newtab: "tab.html" } }),
    },
    {
      what: "more is asked of the user's account",
      kind: "browser.oauth-scope",
      ...pair({ oauth2: { scopes: [] } }, { oauth2: { scopes: ["https://a.example/mail"] } }),
    },
  ],
  nothing: [
    {
      what: "hosts move to where version 3 has them",
      ...pair(
        {
          manifest_version: 2,
          permissions: ["storage", "https://a.example/*"],
          host_permissions: [],
        },
        { permissions: ["storage"], host_permissions: ["https://a.example/*"] },
      ),
    },
    {
      what: "two schemes are written as one",
      ...pair(
        { host_permissions: ["http://a.example/*", "https://a.example/*"] },
        { host_permissions: ["*://a.example/*"] },
      ),
    },
    {
      what: "a host is named that a wider one takes in",
      ...pair({}, { host_permissions: ["https://*.example.com/*", "https://a.example.com/x/*"] }),
    },
    { what: "a version is released", ...pair({}, { version: "1.2.4" }) },
  ],
  adversaries: [
    {
      what: "an extension with very many permissions",
      path: PATH,
      write: (bytes) =>
        `{"manifest_version":3,"permissions":[${numbered(bytes, (n) => `"p${n}",`)}"a"]}`,
    },
    {
      what: "an extension with very many hosts",
      path: PATH,
      write: (bytes) =>
        `{"manifest_version":3,"host_permissions":[${numbered(bytes, (n) => `"https://a${n}/*",`)}"b"]}`,
    },
    {
      what: "an extension with one host of very many parts",
      path: PATH,
      write: (bytes) =>
        `{"manifest_version":3,"host_permissions":["https://${fill("a.", bytes)}/*"]}`,
    },
    {
      what: "an extension with one path of very many parts",
      path: PATH,
      write: (bytes) =>
        `{"content_scripts":[{"matches":["https://a/${fill("a/", bytes)}*"],"js":["a"]}]}`,
    },
    {
      what: "an extension with very many scripts that leave out a lot",
      path: PATH,
      write: (bytes) =>
        `{"content_scripts":[{"matches":["https://a/*","https://b/*"],"exclude_matches":[${numbered(bytes, (n) => `"https://a${n}/*",`)}"b"]}]}`,
    },
    {
      what: "an extension with a policy of very many directives",
      path: PATH,
      write: (bytes) =>
        `{"manifest_version":2,"content_security_policy":"${numbered(bytes, (n) => `a${n} b;`)}"}`,
    },
  ],
};
