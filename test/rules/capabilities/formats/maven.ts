import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewrittenXml } from "./xml-hand.ts";

const POM = "pom.xml";
const WRAPPER = ".mvn/wrapper/maven-wrapper.properties";

const PROJECT = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent>
    <groupId>org.acme</groupId>
    <artifactId>acme-parent</artifactId>
    <version>7</version>
  </parent>
  <artifactId>lib</artifactId>
  <properties>
    <log.version>2.0.1</log.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.log</groupId>
      <artifactId>log-api</artifactId>
      <version>\${log.version}</version>
    </dependency>
    <dependency>
      <groupId>org.other</groupId>
      <artifactId>other</artifactId>
      <version>[1,2)</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.13.0</version>
      </plugin>
      <plugin>
        <groupId>org.codehaus.mojo</groupId>
        <artifactId>exec-maven-plugin</artifactId>
        <configuration>
          <executable>make</executable>
        </configuration>
      </plugin>
    </plugins>
  </build>
  <repositories>
    <repository>
      <url>https://repo.maven.apache.org/maven2</url>
    </repository>
  </repositories>
</project>
`;

function pom(from: string, to: string) {
  return { base: { [POM]: PROJECT }, head: { [POM]: PROJECT.replace(from, to) } };
}

const WRAPPED = `# Maven
distributionUrl=https\\://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip
distributionSha256Sum=0a
`;

const EXTENSIONS = `<extensions>
  <extension>
    <groupId>org.acme</groupId>
    <artifactId>cache</artifactId>
    <version>1.0</version>
  </extension>
</extensions>
`;

const SETTINGS = `<settings>
  <mirrors>
    <mirror>
      <mirrorOf>central</mirrorOf>
      <url>https://maven.acme.dev/central</url>
    </mirror>
  </mirrors>
</settings>
`;

function project(inner: string): string {
  return `<project>${inner}</project>`;
}

export const mavenSamples: FormatSamples = {
  reader: "maven",
  files: [
    { path: POM, text: PROJECT, movedTo: "lib/pom.xml" },
    { path: ".mvn/extensions.xml", text: EXTENSIONS, movedTo: "lib/.mvn/extensions.xml" },
    { path: ".mvn/settings.xml", text: SETTINGS, movedTo: "settings.xml" },
    { path: WRAPPER, text: WRAPPED, movedTo: `lib/${WRAPPER}` },
  ],
  gains: [
    {
      what: "artifacts come from another repository",
      kind: "dependency.source",
      ...pom("https://repo.maven.apache.org/maven2", "https://maven.acme.dev/releases"),
    },
    {
      what: "Maven itself comes from elsewhere",
      kind: "dependency.source",
      base: { [WRAPPER]: WRAPPED },
      head: { [WRAPPER]: WRAPPED.replace("repo.maven.apache.org", "maven.acme.dev") },
    },
    {
      what: "a property opens a range",
      kind: "dependency.range",
      ...pom(">2.0.1<", ">LATEST<"),
    },
    {
      what: "a command is run",
      kind: "maven.plugin",
      ...pom("<plugins>", "<plugins><plugin><artifactId>maven-antrun-plugin</artifactId></plugin>"),
    },
    {
      what: "an extension is loaded in a profile",
      kind: "maven.plugin",
      ...pom(
        "</project>",
        "<profiles><profile><build><extensions><extension><groupId>a</groupId><artifactId>b</artifactId></extension></extensions></build></profile></profiles></project>",
      ),
    },
    {
      what: "artifacts are sent to somebody",
      kind: "maven.publication",
      ...pom(
        "</project>",
        "<distributionManagement><repository><url>https://maven.acme.dev</url></repository></distributionManagement></project>",
      ),
    },
  ],
  nothing: [
    {
      what: "a version is written without a property",
      ...pom("<version>${log.version}</version>", "<version>2.0.1</version>"),
    },
    {
      what: "the plugin that runs a command has another version",
      ...pom(
        "<artifactId>exec-maven-plugin</artifactId>",
        "<artifactId>exec-maven-plugin</artifactId><inherited>false</inherited>",
      ),
    },
  ],
  adversaries: [
    {
      what: "a project with very many dependencies",
      path: POM,
      write: (bytes) =>
        project(
          `<dependencies>${numbered(bytes, (n) => `<dependency><artifactId>a${n}</artifactId><version>1</version></dependency>`)}</dependencies>`,
        ),
    },
    {
      what: "a project with very many properties of one name, which many profiles have",
      path: POM,
      write: (bytes) =>
        project(
          `<profiles>${fill("<profile><properties><v>1</v></properties></profile>", bytes / 2)}</profiles><dependencies>${fill("<dependency><version>${v}</version></dependency>", bytes / 2)}</dependencies>`,
        ),
    },
    {
      what: "a project with a version of very many intervals",
      path: POM,
      write: (bytes) =>
        project(
          `<dependencies><dependency><version>${fill("[1,2),", bytes)}[3]</version></dependency></dependencies>`,
        ),
    },
    {
      what: "a project with a version of spaces and commas",
      path: POM,
      write: (bytes) =>
        project(
          `<dependencies><dependency><version>[${fill(" ", bytes / 2)}${fill(",", bytes / 2)}</version></dependency></dependencies>`,
        ),
    },
    {
      what: "a project with very many placeholders in one text",
      path: POM,
      write: (bytes) =>
        project(
          `<dependencies><dependency><groupId>${fill("${a}", bytes)}</groupId></dependency></dependencies>`,
        ),
    },
    {
      what: "a project that is nested too deep",
      path: POM,
      write: (bytes) => fill("<a>", bytes),
    },
    {
      what: "a wrapper of backslashes",
      path: WRAPPER,
      write: (bytes) => `distributionUrl=${fill("\\\\", bytes)}\n`,
    },
    {
      what: "a wrapper of lines that go on",
      path: WRAPPER,
      write: (bytes) => fill("a\\\n", bytes),
    },
  ],
  rewrite: (text, hand) =>
    text.startsWith("<") ? rewrittenXml(text, hand) : text.replaceAll("\n", hand.lineBreak),
};
