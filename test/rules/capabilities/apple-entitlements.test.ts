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
  { path: "GoogleService.plist", claim: null },
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
