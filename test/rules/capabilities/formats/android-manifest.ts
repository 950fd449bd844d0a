import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewrittenXml } from "./xml-hand.ts";

const PATH = "app/src/main/AndroidManifest.xml";
const NETWORK = "app/src/main/res/xml/network_security_config.xml";
const APP = `<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
  xmlns:tools="http://schemas.android.com/tools"
  package="org.example.app">
  <uses-permission android:name="android.permission.INTERNET"/>
  <uses-permission android:name="android.permission.CAMERA" android:maxSdkVersion="28"/>
  <uses-permission android:name="android.permission.READ_SMS" tools:node="remove"/>
  <application android:allowBackup="false">
    <activity android:name=".Main" android:exported="true">
      <intent-filter>
        <action android:name="android.intent.action.MAIN"/>
        <category android:name="android.intent.category.LAUNCHER"/>
      </intent-filter>
    </activity>
    <service android:name=".Sync" android:exported="true" android:permission="org.example.SYNC"/>
  </application>
</manifest>
`;
const TRUST = `<network-security-config>
  <base-config cleartextTrafficPermitted="false"/>
  <domain-config>
    <domain includeSubdomains="true">example.org</domain>
  </domain-config>
</network-security-config>
`;

function pair(from: string, to: string) {
  return { base: { [PATH]: APP }, head: { [PATH]: APP.replace(from, to) } };
}

function inApp(text: string): string {
  const space = 'xmlns:a="http://schemas.android.com/apk/res/android"';
  return `<manifest ${space}><application>${text}</application></manifest>`;
}

export const androidManifestSamples: FormatSamples = {
  reader: "android-manifest",
  rewrite: rewrittenXml,
  files: [
    { path: PATH, text: APP, movedTo: "mobile/AndroidManifest.xml" },
    { path: NETWORK, text: TRUST, movedTo: "res/xml/network_security.xml" },
  ],
  gains: [
    {
      what: "a permission is asked for",
      kind: "android.permission",
      ...pair(
        'INTERNET"/>',
        'INTERNET"/>\n  <uses-permission android:name="android.permission.RECORD_AUDIO"/>',
      ),
    },
    {
      what: "a permission is asked for on more versions",
      kind: "android.permission",
      ...pair('"28"', '"30"'),
    },
    {
      what: "other apps need no permission any more",
      kind: "android.component",
      ...pair(' android:permission="org.example.SYNC"', ""),
    },
    {
      what: "addresses open it",
      kind: "android.link",
      ...pair(
        "</intent-filter>",
        '</intent-filter>\n<intent-filter><data android:scheme="acme"/></intent-filter>',
      ),
    },
    {
      what: "it can be debugged",
      kind: "android.setting",
      ...pair("allowBackup", 'debuggable="true" android:allowBackup'),
    },
    {
      what: "traffic need not be encrypted",
      kind: "android.network",
      base: { [NETWORK]: TRUST },
      head: { [NETWORK]: TRUST.replace('"false"', '"true"') },
    },
    {
      what: "traffic with some hosts need not be encrypted",
      kind: "android.network",
      base: { [NETWORK]: TRUST },
      head: {
        [NETWORK]: TRUST.replace(
          "<domain-config>",
          '<domain-config cleartextTrafficPermitted="true">',
        ),
      },
    },
  ],
  losses: [
    {
      what: "backups are made again",
      kind: "android.guard",
      ...pair(' android:allowBackup="false"', ""),
    },
    {
      what: "a library gets what it asks for again",
      kind: "android.guard",
      ...pair(
        '  <uses-permission android:name="android.permission.READ_SMS" tools:node="remove"/>\n',
        "",
      ),
    },
  ],
  nothing: [
    {
      what: "a prefix has another name",
      base: { [PATH]: APP },
      head: { [PATH]: APP.replaceAll("android:", "a:").replace("xmlns:android", "xmlns:a") },
    },
    {
      what: "a part that is not exported is added",
      ...pair("<service", '<service android:name=".Own" android:exported="false"/>\n    <service'),
    },
  ],
  adversaries: [
    {
      what: "an app with very many permissions",
      path: PATH,
      write: (bytes) =>
        inApp("").replace(
          "<application>",
          `${numbered(bytes, (n) => `<uses-permission a:name="p${n}"/>`)}<application>`,
        ),
    },
    {
      what: "an app with very many parts",
      path: PATH,
      write: (bytes) => inApp(numbered(bytes, (n) => `<service a:name="p${n}" a:exported="1"/>`)),
    },
    {
      what: "an app with very many schemes and hosts",
      path: PATH,
      write: (bytes) => {
        const schemes = numbered(bytes / 2, (n) => `<data a:scheme="s${n}"/>`);
        const hosts = numbered(bytes / 2, (n) => `<data a:host="h${n}"/>`);
        return inApp(
          `<activity a:name="p"><intent-filter>${schemes}${hosts}</intent-filter></activity>`,
        );
      },
    },
    { what: "elements that never close", path: PATH, write: (bytes) => fill("<a>", bytes) },
    {
      what: "very many domains, one in another",
      path: NETWORK,
      write: (bytes) =>
        `<network-security-config>${fill("<domain-config>", Math.min(bytes, 90 * 15))}</network-security-config>`,
    },
  ],
};
