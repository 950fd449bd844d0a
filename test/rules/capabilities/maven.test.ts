import { expect, test } from "vitest";
import { diffOf, shown } from "./changes.ts";
import { claimOf, grantedBy, taken } from "./taken.ts";

test.each([
  ["pom.xml", "maven grants"],
  ["a/lib-1.0.pom", "maven grants"],
  ["src/it/a/pom.xml", "maven resembles"],
  ["a/src/test/resources/pom.xml", "maven resembles"],
  ["src/main/resources/archetype-resources/pom.xml", "maven resembles"],
  [".mvn/extensions.xml", "maven grants"],
  ["extensions.xml", "nobody"],
  ["settings.xml", "maven resembles"],
])("%s is claimed by %s", (path, claim) => {
  expect(claimOf(path)).toBe(claim);
});

function pom(inner: string): string {
  return `<project><groupId>g</groupId>${inner}</project>`;
}

function dependency(version: string, group = "a"): string {
  return `<dependencies><dependency><groupId>${group}</groupId><artifactId>b</artifactId><version>${version}</version></dependency></dependencies>`;
}

test.each([
  ["1.0", "exact"],
  ["[1.0]", "exact"],
  ["[1,2)", "bounded"],
  ["(,2]", "bounded"],
  ["[1,2),[3,4)", "bounded"],
  ["[1,)", "open"],
  ["[1,2),[3,)", "open"],
  ["(,)", "open"],
  ["LATEST", "open"],
  ["RELEASE", "open"],
  ["1.0-SNAPSHOT", "open"],
  ["[1,2", "open"],
])("the version %s is %s", (version, range) => {
  expect(taken("pom.xml", pom(dependency(version)))).toEqual([
    `1 a:b ${version} ${range} registry:maven`,
  ]);
});

test.each([
  ["a snapshot of the project's own group", dependency("1-SNAPSHOT", "g"), "1-SNAPSHOT exact"],
  ["the project's group by its name", dependency("1-SNAPSHOT", "${project.groupId}"), "g:b"],
  ["a placeholder that nothing resolves", dependency("${x}"), "${x} -"],
  ["a property", `<properties><x>2</x></properties>${dependency("${x}")}`, "2 exact"],
  [
    "the later of two",
    `<properties><x>2</x><x>LATEST</x></properties>${dependency("${x}")}`,
    "open",
  ],
  [
    "a property that a profile opens",
    `<properties><x>2</x></properties><profiles><profile><properties><x>LATEST</x></properties></profile></profiles>${dependency("${x}")}`,
    "2 open",
  ],
])("%s is seen", (_what, inner, line) => {
  expect(taken("pom.xml", pom(inner)).join()).toContain(line);
});

test("dependencies of profiles, plugins and their dependencies are taken in", () => {
  const inner = `<plugin><artifactId>p</artifactId>${dependency("1")}</plugin>`;
  const text = pom(
    `<profiles><profile><build><plugins>${inner}</plugins></build></profile></profiles>`,
  );
  expect(taken("pom.xml", text)).toEqual([
    "1 org.apache.maven.plugins:p - - registry:maven",
    "1 a:b 1 exact registry:maven",
  ]);
});

test.each([
  ["<project><a></project>", "not-xml:1"],
  ["<other/>", "no-project:1"],
  [
    pom(
      "<dependencies><dependency><version>1</version><version>2</version></dependency></dependencies>",
    ),
    "duplicate-element:1",
  ],
  ['<!DOCTYPE p [<!ENTITY v "1">]><project/>', "document-type:1"],
])("a project %j is refused", (text, refusal) => {
  expect(taken("pom.xml", text)).toEqual([refusal]);
});

test("what stands on a machine or of Maven Central is no source of its own", () => {
  const at = (url: string) =>
    pom(`<repositories><repository><url>${url}</url></repository></repositories>`);
  const sourcesOf = (url: string) => grantedBy("pom.xml", at(url));
  expect(sourcesOf("https://repo1.maven.org/maven2")).toEqual([]);
  expect(sourcesOf("file://${basedir}/lib")).toEqual([]);
  expect(sourcesOf("http://repo1.maven.org/maven2")).toEqual([
    "1 dependency.source registry:repo1.maven.org",
  ]);
});

const RUNNER = "<groupId>org.codehaus.mojo</groupId><artifactId>exec-maven-plugin</artifactId>";

function runner(inner: string) {
  return { "pom.xml": pom(`<build><plugins><plugin>${RUNNER}${inner}</plugin></plugins></build>`) };
}

test("another command is a raise; another version or layout is none", () => {
  const base = runner(
    "<version>1</version><configuration><executable>make</executable></configuration>",
  );
  const other = runner("<configuration><executable>sh</executable></configuration>");
  const same = runner("<configuration> <executable>make </executable></configuration>");
  const told = (head: Record<string, string>) =>
    diffOf(base, head)
      .filter(({ kind }) => kind === "maven.plugin")
      .map(shown);
  expect(told(other)).toEqual([
    "raised build org.codehaus.mojo:exec-maven-plugin command→command pom.xml:1",
  ]);
  expect(told(same)).toEqual([]);
});

test("another format that is called settings.xml grants nothing", () => {
  expect(grantedBy("settings.xml", "<other><mirrors/></other>")).toEqual([]);
});
