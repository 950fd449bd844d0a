import { expect, test } from "vitest";
import { androidManifest } from "../../../rules/capabilities/android-manifest.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "AndroidManifest.xml";
const NETWORK = "res/xml/network_security_config.xml";

/** What stands inside begins on line 2. */
function manifest(inside: string): string {
  const space = "http://schemas.android.com/apk/res/android";
  return `<manifest xmlns:android="${space}" xmlns:tools="http://schemas.android.com/tools">\n${inside}\n</manifest>`;
}

function app(inside: string): string {
  return manifest(`<application>\n${inside}\n</application>`);
}

function facts(base: string, head: string): string[] {
  return diffOf({ [PATH]: base }, { [PATH]: head }).map(shown);
}

function reading(text: string, path = PATH): unknown {
  return androidManifest.read(path, new TextEncoder().encode(text));
}

const PERMISSION = '<uses-permission android:name="android.permission';

test.each([
  { path: "app/src/main/AndroidManifest.xml", claim: "grants" },
  { path: "AndroidManifest.debug.xml", claim: "grants" },
  { path: "res/xml/network_security_config.xml", claim: "grants" },
  { path: "res/xml-v26/my_network_security.xml", claim: "grants" },
  { path: "testdata/AndroidManifest.xml", claim: "resembles" },
  { path: "app/src/main/res/xml/trust.xml", claim: "resembles" },
  { path: "res/values/network_security_config.xml", claim: null },
  { path: "MyAndroidManifest.xml", claim: null },
])("$path is claimed as $claim", ({ path, claim }) => {
  expect(androidManifest.claims(path)).toBe(claim);
});

test.each([
  { name: "android.permission.INTERNET", level: "normal" },
  { name: "android.permission.FOREGROUND_SERVICE_LOCATION", level: "normal" },
  { name: "android.permission.RECORD_AUDIO", level: "dangerous" },
  { name: "android.permission.QUERY_ALL_PACKAGES", level: "special" },
  { name: "android.permission.NOT_KNOWN_YET", level: "special" },
  { name: "org.example.permission.OWN", level: "normal" },
])("$name is a permission that is $level", ({ name, level }) => {
  expect(reading(manifest(`<uses-permission android:name="${name}"/>`))).toMatchObject({
    capabilities: [{ kind: "android.permission", name, level, line: 2 }],
  });
});

test.each([
  {
    when: "a permission is asked for under another element and prefix",
    base: manifest(""),
    head: manifest(
      '<uses-permission-sdk-23 xmlns:b="http://schemas.android.com/apk/res/android"\nb:name="android.permission.CAMERA"/>',
    ),
    seen: ["added app android.permission.CAMERA -→dangerous AndroidManifest.xml:3"],
  },
  {
    when: "a permission is asked for on more versions",
    base: manifest(`${PERMISSION}.CAMERA" android:maxSdkVersion="28"/>`),
    head: manifest(`${PERMISSION}.CAMERA" android:maxSdkVersion="29"/>`),
    seen: ["raised app android.permission.CAMERA dangerous→dangerous AndroidManifest.xml:2"],
  },
  {
    when: "a permission is asked for on fewer versions",
    base: manifest(`${PERMISSION}.CAMERA"/>`),
    head: manifest(`${PERMISSION}.CAMERA" android:maxSdkVersion="29"/>`),
    seen: ["lowered app android.permission.CAMERA dangerous→dangerous AndroidManifest.xml:2"],
  },
  {
    when: "a service of the app comes to see all that is on the screen",
    base: app(""),
    head: app(
      '<service android:name=".A"\nandroid:permission="android.permission.BIND_ACCESSIBILITY_SERVICE"/>',
    ),
    seen: [
      "added .A android.permission.BIND_ACCESSIBILITY_SERVICE -→special AndroidManifest.xml:4",
    ],
  },
  {
    when: "a part is exported by its filter alone",
    base: app(""),
    head: app('<receiver android:name=".A"><intent-filter/></receiver>'),
    seen: ["added .A receiver A -→open AndroidManifest.xml:3"],
  },
  {
    when: "a part is exported by a value from elsewhere",
    base: app('<provider android:name=".A" android:exported="false"/>'),
    head: app('<provider android:name=".A" android:exported="@bool/a"/>'),
    seen: ["added .A provider A -→open AndroidManifest.xml:3"],
  },
  {
    when: "another permission guards a part",
    base: app('<service android:name=".A" android:exported="true" android:permission="a"/>'),
    head: app('<service android:name=".A" android:exported="true" android:permission="b"/>'),
    seen: ["raised .A service A guarded→guarded AndroidManifest.xml:3"],
  },
  {
    when: "a provider is guarded for reading alone",
    base: app('<provider android:name=".A" android:exported="true" android:permission="a"/>'),
    head: app('<provider android:name=".A" android:exported="true" android:readPermission="a"/>'),
    seen: ["raised .A provider A guarded→open AndroidManifest.xml:3"],
  },
  {
    when: "addresses of the web open a part",
    base: app('<activity android:name=".A" android:exported="true"/>'),
    head: app(
      '<activity android:name=".A" android:exported="true"><intent-filter android:autoVerify="true">\n<data android:scheme="https"/>\n<data android:host="a.org"/>\n</intent-filter></activity>',
    ),
    seen: ["added .A https://a.org -→verified AndroidManifest.xml:5"],
  },
  {
    when: "the app is opened to whoever holds it",
    base: app(""),
    head: manifest('<application android:debuggable="true"\nandroid:usesCleartextTraffic="true"/>'),
    seen: [
      "added app debuggable -→- AndroidManifest.xml:2",
      "added app usesCleartextTraffic -→- AndroidManifest.xml:3",
    ],
  },
  {
    when: "its own permission is no longer for the same signer",
    base: manifest(
      '<permission android:name="a.B" android:protectionLevel="signature|privileged"/>',
    ),
    head: manifest('<permission android:name="a.B" android:protectionLevel="normal"/>'),
    seen: ["removed app only the same signer gets a.B -→- AndroidManifest.xml:2"],
  },
  {
    when: "another app shares its user",
    base: manifest(""),
    head: manifest("<application/>").replace("xmlns:tools", 'android:sharedUserId="a" xmlns:tools'),
    seen: ["added app sharedUserId -→- AndroidManifest.xml:1"],
  },
])("it is seen where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test.each([
  {
    what: "a permission is taken out",
    text: manifest(`${PERMISSION}.CAMERA" tools:node="remove"/>`),
    kinds: ["android.guard"],
  },
  {
    what: "a part is taken out",
    text: app('<service android:name=".A" android:exported="true" tools:node="remove"/>'),
    kinds: [],
  },
  {
    what: "a part is not exported",
    text: app('<service android:name=".A" android:exported="false"><intent-filter/></service>'),
    kinds: [],
  },
  {
    what: "a name is of no namespace",
    text: manifest('<uses-permission name="android.permission.CAMERA"/>'),
    kinds: [],
  },
  {
    what: "a setting is off",
    text: manifest('<application android:debuggable="false"/>'),
    kinds: [],
  },
])("little is granted where $what", ({ text, kinds }) => {
  const { capabilities } = reading(text) as { capabilities: { kind: string }[] };
  expect(capabilities.map(({ kind }) => kind)).toEqual(kinds);
});

test("what the home screen starts is told apart", () => {
  const filter =
    '<intent-filter><category android:name="android.intent.category.LAUNCHER"/></intent-filter>';
  expect(reading(app(`<activity android:name="a.B">${filter}</activity>`))).toMatchObject({
    capabilities: [{ name: "activity B", level: "launcher" }],
  });
});

test("a class that moves to another package is the same part", () => {
  const base = app('<service android:name="a.A" android:exported="true"/>');
  expect(facts(base, base.replace("a.A", "b.A"))).toEqual([]);
});

test.each([
  {
    when: "authorities of the user are trusted everywhere",
    text: '<network-security-config><base-config><trust-anchors>\n<certificates src="system"/><certificates src="user"/></trust-anchors></base-config></network-security-config>',
    seen: [["authorities of the user", "every host", "every", 2]],
  },
  {
    when: "a domain within another may be asked without encryption",
    text: '<network-security-config><domain-config><domain>a.org</domain>\n<domain-config cleartextTrafficPermitted="true"><domain includeSubdomains="true">B.a.org</domain></domain-config></domain-config></network-security-config>',
    seen: [["unencrypted traffic", "*.b.a.org", "named", 2]],
  },
  {
    when: "authorities are trusted while debugging alone",
    text: '<network-security-config><debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides></network-security-config>',
    seen: [],
  },
])("it is read where $when", ({ text, seen }) => {
  const { capabilities } = reading(text, NETWORK) as {
    capabilities: { name: string; holder: string; level: string; line: number }[];
  };
  expect(capabilities.map(({ name, holder, level, line }) => [name, holder, level, line])).toEqual(
    seen,
  );
});

test.each([
  { when: "it is something else", text: "\n<resources/>", code: "no-manifest", line: 2 },
  { when: "it is no XML", text: "<manifest>\n<a></manifest>", code: "not-xml", line: 2 },
  {
    when: "a filter joins very many addresses",
    text: app(
      `<activity android:exported="true"><intent-filter>${'<data android:scheme="a"/><data android:host="b"/>'.repeat(50)}</intent-filter></activity>`,
    ),
    code: "too-many-links",
    line: 3,
  },
])("it is not understood where $when", ({ text, code, line }) => {
  expect(reading(text)).toMatchObject({ understood: false, code, line });
});

const config = (text: string): string =>
  `<network-security-config>${text}</network-security-config>`;
const ofHost = (host: string, text = "", settings = ""): string =>
  config(`<domain-config ${settings}><domain>${host}</domain>${text}</domain-config>`);
const held = (keys: readonly string[], until = ""): string =>
  `<pin-set ${until}>${keys.map((key) => `<pin digest="SHA-256">${key}</pin>`).join("")}</pin-set>`;

test.each([
  {
    when: "another host may be asked without encryption",
    base: ofHost("a.org", "", 'cleartextTrafficPermitted="true"'),
    head: ofHost("b.org", "", 'cleartextTrafficPermitted="true"'),
    seen: ["removed a.org unencrypted traffic named→-", "added b.org unencrypted traffic -→named"],
  },
  {
    when: "a host is held to no key any more",
    base: ofHost("a.org", held(["a="])),
    head: ofHost("a.org"),
    seen: ["removed app keys of a.org -→-"],
  },
  {
    when: "a host is held to one key more",
    base: ofHost("a.org", held(["a="])),
    head: ofHost("a.org", held(["a=", "b="])),
    seen: ["raised app keys of a.org -→-"],
  },
  {
    when: "a host is held to its keys for some time alone",
    base: ofHost("a.org", held(["a="])),
    head: ofHost("a.org", held(["a="], 'expiration="2020-01-01"')),
    seen: ["raised app keys of a.org -→-"],
  },
  {
    when: "authorities are believed whatever the key",
    base: config(
      '<base-config><trust-anchors><certificates src="system"/></trust-anchors></base-config>',
    ),
    head: config(
      '<base-config><trust-anchors><certificates src="system" overridePins="true"/></trust-anchors></base-config>',
    ),
    seen: ["added every host authorities of any key -→every"],
  },
])("it is seen where $when, whatever the file is called", ({ base, head, seen }) => {
  for (const path of [NETWORK, "app/src/main/res/xml/trust.xml"]) {
    const told = diffOf({ [path]: base }, { [path]: head }).map(shown);
    expect(told.map((fact) => fact.replace(/ \S+$/, ""))).toEqual(seen);
  }
});

test("another resource of that folder grants nothing, understood or not", () => {
  for (const text of ["<paths/>", "<paths>", "<!-- network-security-config --><paths/>"]) {
    expect(reading(text, "app/src/main/res/xml/paths.xml")).toMatchObject({ capabilities: [] });
  }
});

test("which traffic is trusted may be said in another file", () => {
  const base = app("").replace(
    "<application",
    '<application android:networkSecurityConfig="@xml/a"',
  );
  expect(facts(base, base.replace("@xml/a", "@xml/b"))).toEqual([
    "raised app networkSecurityConfig -→- AndroidManifest.xml:2",
  ]);
});

test("a part of a provider may be open to more", () => {
  const base = app(
    '<provider a:name="a.A" a:exported="true" a:permission="a.P"></provider>'.replaceAll(
      "a:",
      "android:",
    ),
  );
  const path =
    '<path-permission android:pathPrefix="/" android:permission="android.permission.INTERNET"/>';
  expect(facts(base, base.replace("</provider>", `${path}</provider>`))[0]).toMatch(
    /^raised a.A provider A guarded→guarded/,
  );
});
