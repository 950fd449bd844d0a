import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewrittenXml } from "./xml-hand.ts";

const APP = "App/App.entitlements";
const INFO = "App/Info.plist";
const PRIVACY = "App/PrivacyInfo.xcprivacy";

function plist(entries: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${entries}
</dict>
</plist>
`;
}

const SANDBOX = "<key>com.apple.security.app-sandbox</key>\n<true/>";
const CLIENT = "<key>com.apple.security.network.client</key>\n<true/>";
const CAMERA = "<key>NSCameraUsageDescription</key>\n<string>To scan codes.</string>";

function gained(path: string, base: string, more: string) {
  return { base: { [path]: plist(base) }, head: { [path]: plist(`${base}\n${more}`) } };
}

export const appleEntitlementsSamples: FormatSamples = {
  reader: "apple-entitlements",
  rewrite: rewrittenXml,
  files: [
    { path: APP, text: plist(`${SANDBOX}\n${CLIENT}`), movedTo: "Mac/Mac.entitlements" },
    { path: INFO, text: plist(CAMERA), movedTo: "iOS/Acme-Info.plist" },
    { path: PRIVACY, text: plist("<key>NSPrivacyTracking</key>\n<true/>") },
  ],
  gains: [
    {
      what: "unsigned code may be run",
      kind: "apple.entitlement",
      ...gained(
        APP,
        CLIENT,
        "<key>com.apple.security.cs.allow-unsigned-executable-memory</key>\n<true/>",
      ),
    },
    {
      what: "the microphone is asked for",
      kind: "apple.usage",
      ...gained(INFO, CAMERA, "<key>NSMicrophoneUsageDescription</key>\n<string>To talk.</string>"),
    },
    {
      what: "traffic need not be encrypted",
      kind: "apple.transport",
      ...gained(
        INFO,
        CAMERA,
        "<key>NSAppTransportSecurity</key>\n<dict><key>NSAllowsArbitraryLoads</key>\n<true/></dict>",
      ),
    },
    {
      what: "it runs while nobody looks",
      kind: "apple.opening",
      ...gained(
        INFO,
        CAMERA,
        "<key>UIBackgroundModes</key>\n<array>\n<string>location</string>\n</array>",
      ),
    },
    {
      what: "it tracks",
      kind: "apple.tracking",
      ...gained(PRIVACY, "", "<key>NSPrivacyTracking</key>\n<true/>"),
    },
  ],
  losses: [
    {
      what: "it leaves the sandbox",
      kind: "apple.guard",
      base: { [APP]: plist(`${SANDBOX}\n${CLIENT}`) },
      head: { [APP]: plist(`${SANDBOX.replace("true", "false")}\n${CLIENT}`) },
    },
  ],
  nothing: [
    {
      what: "a description is worded anew",
      base: { [INFO]: plist(CAMERA) },
      head: { [INFO]: plist(CAMERA.replace("To scan codes", "To read codes")) },
    },
    {
      what: "an entitlement is written that it does not get",
      ...gained(APP, CLIENT, "<key>com.apple.security.cs.allow-jit</key>\n<false/>"),
    },
  ],
  adversaries: [
    {
      what: "an app with very many entitlements",
      path: APP,
      write: (bytes) => plist(numbered(bytes, (n) => `<key>k${n}</key><true/>`)),
    },
    {
      what: "an app with very many schemes",
      path: INFO,
      write: (bytes) =>
        plist(
          `<key>UIBackgroundModes</key><array>${numbered(bytes, (n) => `<string>s${n}</string>`)}</array>`,
        ),
    },
    {
      what: "lists that never end",
      path: INFO,
      write: (bytes) => `<plist>${fill("<array>", bytes)}`,
    },
  ],
};
