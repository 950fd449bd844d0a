import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewrittenXml } from "./xml-hand.ts";

const CATALOG = "gradle/libs.versions.toml";
const WRAPPER = "gradle/wrapper/gradle-wrapper.properties";
const VERIFIED = "gradle/verification-metadata.xml";

const LIBRARIES = `[versions]
kotlin = "2.0.0"
log = { strictly = "[2,3[", prefer = "2.1" }

[libraries]
kotlin-test = { module = "org.jetbrains.kotlin:kotlin-test", version.ref = "kotlin" }
log = { group = "org.log", name = "log", version.ref = "log" }
other = "org.other:other:1.2"
managed = { module = "org.managed:managed" }

[bundles]
all = ["log", "other"]

[plugins]
kotlin = { id = "org.jetbrains.kotlin.jvm", version.ref = "kotlin" }
`;

const WRAPPED = `distributionUrl=https\\://services.gradle.org/distributions/gradle-8.5-bin.zip
distributionSha256Sum=0a
`;

const LOCKED = `# This is a Gradle generated file
org.log:log:2.1=compileClasspath,runtimeClasspath
empty=annotationProcessor
`;

const VERIFICATION = `<?xml version="1.0" encoding="UTF-8"?>
<verification-metadata>
  <configuration>
    <verify-metadata>true</verify-metadata>
    <verify-signatures>true</verify-signatures>
  </configuration>
  <components>
    <component group="org.log" name="log" version="2.1">
      <artifact name="log-2.1.jar">
        <sha256 value="0a"/>
      </artifact>
    </component>
  </components>
</verification-metadata>
`;

function change(path: string, text: string, from: string, to: string) {
  return { base: { [path]: text }, head: { [path]: text.replace(from, to) } };
}

export const gradleCatalogSamples: FormatSamples = {
  reader: "gradle-catalog",
  files: [
    { path: CATALOG, text: LIBRARIES, movedTo: "app/gradle/libs.versions.toml" },
    { path: WRAPPER, text: WRAPPED, movedTo: `app/${WRAPPER}` },
    { path: "gradle.lockfile", text: LOCKED, movedTo: "app/gradle.lockfile" },
    { path: VERIFIED, text: VERIFICATION, movedTo: `app/${VERIFIED}` },
  ],
  gains: [
    {
      what: "a version that several libraries have is opened",
      kind: "dependency.range",
      ...change(CATALOG, LIBRARIES, '"2.0.0"', '"latest.release"'),
    },
    {
      what: "Gradle itself comes from elsewhere",
      kind: "dependency.source",
      ...change(WRAPPER, WRAPPED, "https\\://services.gradle.org", "https://gradle.acme.dev"),
    },
    {
      what: "artifacts are trusted whatever they are",
      kind: "gradle.unverified",
      ...change(
        VERIFIED,
        VERIFICATION,
        "</configuration>",
        '<trusted-artifacts><trust group="org.log"/></trusted-artifacts></configuration>',
      ),
    },
  ],
  losses: [
    {
      what: "nothing is verified any more",
      kind: "gradle.verification",
      ...change(VERIFIED, VERIFICATION, "<verify-metadata>true", "<verify-metadata>false"),
    },
  ],
  nothing: [
    {
      what: "a library is written in another notation",
      ...change(
        CATALOG,
        LIBRARIES,
        '"org.other:other:1.2"',
        '{ group = "org.other", name = "other", version = { require = "1.2" } }',
      ),
    },
  ],
  adversaries: [
    {
      what: "a catalog with very many libraries",
      path: CATALOG,
      write: (bytes) =>
        `[versions]\nv = "1"\n[libraries]\n${numbered(bytes, (n) => `l${n} = { module = "a:b${n}", version.ref = "v" }\n`)}`,
    },
    {
      what: "a catalog with very many versions",
      path: CATALOG,
      write: (bytes) => `[versions]\n${numbered(bytes, (n) => `v${n} = "[1,2["\n`)}`,
    },
    {
      what: "a catalog with one long version",
      path: CATALOG,
      write: (bytes) =>
        `[versions]\nv = "${fill("!!", bytes)}"\n[libraries]\na = "a:b:${fill(":", bytes / 2)}"`,
    },
    {
      what: "a lock file with very many modules",
      path: "gradle.lockfile",
      write: (bytes) => numbered(bytes, (n) => `a:b${n}:1=compileClasspath\n`),
    },
    {
      what: "digests of very many artifacts",
      path: VERIFIED,
      write: (bytes) =>
        `<verification-metadata><components>${numbered(bytes, (n) => `<component group="a" name="b${n}" version="1"><artifact name="b.jar"><sha256 value="${n}"/></artifact></component>`)}</components></verification-metadata>`,
    },
    {
      what: "very many digests of one artifact",
      path: VERIFIED,
      write: (bytes) =>
        `<verification-metadata><components><component><artifact><sha256 value="1">${numbered(bytes, (n) => `<also-trust value="${n}"/>`)}</sha256></artifact></component></components></verification-metadata>`,
    },
  ],
  rewrite: (text, hand) =>
    text.startsWith("<") ? rewrittenXml(text, hand) : text.replaceAll("\n", hand.lineBreak),
};
