import { expect, test } from "vitest";
import { appleEntitlements } from "../../../rules/capabilities/apple-entitlements.ts";
import { diffOf, shown } from "./changes.ts";

const APP = "App.entitlements";
const INFO = "Info.plist";
const PRIVACY = "PrivacyInfo.xcprivacy";

/** What stands inside begins on line 2. */
function plist(inside: string): string {
  return `<plist version="1.0"><dict>\n${inside}\n</dict></plist>`;
}

function facts(path: string, base: string, head: string): string[] {
  return diffOf({ [path]: plist(base) }, { [path]: plist(head) }).map(shown);
}

function reading(path: string, text: string): unknown {
  return appleEntitlements.read(path, new TextEncoder().encode(text));
}

test.each([
  { path: "iOS/App.entitlements", claim: "grants" },
  { path: "entitlements.mac.plist", claim: "grants" },
  { path: "App/Info.plist", claim: "grants" },
  { path: "App/App-Info.plist", claim: "grants" },
  { path: "App/info.debug.plist", claim: "grants" },
  { path: "PrivacyInfo.xcprivacy", claim: "grants" },
  { path: "Tests/Fixtures/Info.plist", claim: "resembles" },
  { path: "GoogleService.plist", claim: "resembles" },
  { path: "Info.plist.in", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(appleEntitlements.claims(path)).toBe(claim);
});

test.each([
  {
    when: "unsigned code may be run",
    path: APP,
    base: "",
    head: "<key>com.apple.security.cs.allow-jit</key>\n<true/>",
    seen: ["added app com.apple.security.cs.allow-jit -→strong App.entitlements:2"],
  },
  {
    when: "an entitlement is switched on",
    path: APP,
    base: "<key>com.apple.security.network.client</key><false/>",
    head: "<key>com.apple.security.network.client</key><true/>",
    seen: ["added app com.apple.security.network.client -→ordinary App.entitlements:2"],
  },
  {
    when: "another group is named",
    path: APP,
    base: "<key>keychain-access-groups</key><array>\n<string>a</string></array>",
    head: "<key>keychain-access-groups</key><array>\n<string>a</string>\n<string>b</string></array>",
    seen: ["added b keychain-access-groups -→ordinary App.entitlements:4"],
  },
  {
    when: "the sandbox is left",
    path: APP,
    base: "<key>com.apple.security.app-sandbox</key><true/>",
    head: "<key>com.apple.security.app-sandbox</key><false/>",
    seen: ["removed app app sandbox -→- App.entitlements:2"],
  },
  {
    when: "more is asked of the user",
    path: INFO,
    base: "",
    head: "<key>NSCameraUsageDescription</key><string/>",
    seen: ["added app Camera -→- Info.plist:2"],
  },
  {
    when: "traffic need not be encrypted, everywhere and with one host",
    path: INFO,
    base: "",
    head: `<key>NSAppTransportSecurity</key><dict>\n<key>NSAllowsArbitraryLoads</key><true/>
<key>NSExceptionDomains</key><dict>\n<key>a.org</key><dict><key>NSExceptionAllowsInsecureHTTPLoads</key><true/></dict>
<key>b.org</key><dict><key>NSIncludesSubdomains</key><true/></dict></dict></dict>`,
    seen: [
      "added app NSAllowsArbitraryLoads -→every Info.plist:3",
      "added app a.org -→named Info.plist:5",
    ],
  },
  {
    when: "others may open it and see its files",
    path: INFO,
    base: "<key>UIFileSharingEnabled</key><false/>",
    head: `<key>UIFileSharingEnabled</key><true/><key>UIBackgroundModes</key><array>\n<string>audio</string></array>
<key>CFBundleURLTypes</key><array><dict><key>CFBundleURLSchemes</key><array>\n<string>acme</string></array></dict></array>`,
    seen: [
      "added app UIFileSharingEnabled -→- Info.plist:2",
      "added app background audio -→- Info.plist:3",
      "added app acme:// -→- Info.plist:5",
    ],
  },
  {
    when: "it tracks",
    path: PRIVACY,
    base: "<key>NSPrivacyTracking</key><false/>",
    head: `<key>NSPrivacyTracking</key><true/><key>NSPrivacyTrackingDomains</key><array>\n<string>t.org</string></array>
<key>NSPrivacyCollectedDataTypes</key><array><dict><key>NSPrivacyCollectedDataType</key>\n<string>Name</string></dict></array>`,
    seen: [
      "added app NSPrivacyTracking -→- PrivacyInfo.xcprivacy:2",
      "added app t.org -→- PrivacyInfo.xcprivacy:3",
      "added app Name -→- PrivacyInfo.xcprivacy:5",
    ],
  },
])("it is seen where $when", ({ path, base, head, seen }) => {
  expect(facts(path, base, head)).toEqual(seen);
});

test("a build setting in the place of a value counts as one", () => {
  expect(facts(APP, "", "<key>aps-environment</key><string>$(APS)</string>")).toEqual([
    "added $(APS) aps-environment -→ordinary App.entitlements:2",
  ]);
});

test.each([
  { when: "it is binary", path: INFO, text: "bplist00", code: "binary-plist" },
  { when: "it is in braces", path: APP, text: "{ a = b; }", code: "text-plist" },
  { when: "it is a list", path: PRIVACY, text: "<plist><array/></plist>", code: "not-plist" },
])("it is not understood where $when", ({ path, text, code }) => {
  expect(reading(path, text)).toMatchObject({ understood: false, code, line: 1 });
});

const FILES = "com.apple.security.temporary-exception.files.absolute-path.read-write";
const SANDBOX = "<key>com.apple.security.app-sandbox</key>";

const TRANSPORT = "NSAppTransportSecurity";
const inTransport = (text: string): string => `<key>${TRANSPORT}</key><dict>${text}</dict>`;
const inDomain = (text: string): string =>
  inTransport(`<key>NSExceptionDomains</key><dict><key>a.org</key><dict>${text}</dict></dict>`);
const pinned = (key: string): string =>
  inTransport(`<key>NSPinnedDomains</key><dict><key>a.org</key><string>${key}</string></dict>`);
const insecure = "<key>NSExceptionAllowsInsecureHTTPLoads</key><true/>";

test.each([
  {
    when: "another folder is written to",
    path: APP,
    base: `<key>${FILES}</key><array><string>/tmp/</string></array>`,
    head: `<key>${FILES}</key><array><string>/</string></array>`,
    seen: [
      `added / ${FILES} -→strong App.entitlements:2`,
      `removed /tmp/ ${FILES} strong→- App.entitlements:2`,
    ],
  },
  ...["<string>YES</string>", "<integer>1</integer>", "<string>$(SANDBOX)</string>"].map(
    (value) => ({
      when: `the sandbox is ${value}, which the system does not take`,
      path: APP,
      base: `${SANDBOX}<true/>`,
      head: SANDBOX + value,
      seen: ["removed app app sandbox -→- App.entitlements:2"],
    }),
  ),
  ...["<string>YES</string>", "<integer>1</integer>", "<string>$(LOADS)</string>"].map((value) => ({
    when: `every host may be loaded from by ${value}`,
    path: INFO,
    base: inTransport("<key>NSAllowsArbitraryLoads</key><string>NO</string>"),
    head: inTransport(`<key>NSAllowsArbitraryLoads</key>${value}`),
    seen: ["added app NSAllowsArbitraryLoads -→every Info.plist:2"],
  })),
  {
    when: "an old version of TLS is taken",
    path: INFO,
    base: inDomain("<key>NSExceptionMinimumTLSVersion</key><string>TLSv1.2</string>"),
    head: inDomain("<key>NSExceptionMinimumTLSVersion</key><string>TLSv1.0</string>"),
    seen: ["added app a.org -→named Info.plist:2"],
  },
  {
    when: "what is below a domain is loaded without encryption too",
    path: INFO,
    base: inDomain(insecure),
    head: inDomain(`${insecure}<key>NSIncludesSubdomains</key><true/>`),
    seen: ["added app *.a.org -→named Info.plist:2", "removed app a.org named→- Info.plist:2"],
  },
  {
    when: "a domain is held to another key",
    path: INFO,
    base: pinned("a"),
    head: pinned("b"),
    seen: ["raised app keys of a.org -→- Info.plist:2"],
  },
  {
    when: "a domain is held to no key any more",
    path: INFO,
    base: pinned("a"),
    head: "",
    seen: ["removed app keys of a.org -→- Info.plist:2"],
  },
  {
    when: "a use is described for one device",
    path: INFO,
    base: "",
    head: "<key>NSCameraUsageDescription~ipad</key><string>why</string>",
    seen: ["added app Camera -→- Info.plist:2"],
  },
  ...["SUFeedURL", "SUPublicEDKey", "LSEnvironment", "SMPrivilegedExecutables"].map((key) => ({
    when: `${key} is another one`,
    path: INFO,
    base: `<key>${key}</key><string>a</string>`,
    head: `<key>${key}</key><string>b</string>`,
    seen: [`raised app ${key} -→- Info.plist:2`],
  })),
  {
    when: "the list of an app has another name",
    path: "App-macOS.plist",
    base: "",
    head: inTransport("<key>NSAllowsArbitraryLoads</key><true/>"),
    seen: ["added app NSAllowsArbitraryLoads -→every App-macOS.plist:2"],
  },
  {
    when: "entitlements have another name, and a property list of something else has keys of its own",
    path: "Signing.plist",
    base: "",
    head: "<key>com.apple.security.cs.allow-jit</key><true/><key>Label</key><string>a</string>",
    seen: ["added app com.apple.security.cs.allow-jit -→strong Signing.plist:2"],
  },
])("it is seen where $when", ({ path, base, head, seen }) => {
  expect(facts(path, base, head)).toEqual(seen);
});

test("a property list of something else need not be understood", () => {
  expect(reading("Settings.plist", "<plist>")).toEqual({ understood: true, capabilities: [] });
});
