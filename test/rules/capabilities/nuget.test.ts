import { expect, test } from "vitest";
import { nuget } from "../../../rules/capabilities/nuget.ts";
import { claimOf, grantedBy, taken } from "./taken.ts";

test.each([
  ["a/A.csproj", "nuget grants"],
  ["A.xcodeproj/project.pbxproj", "nobody"],
  ["a/A.FSPROJ", "nuget grants"],
  ["directory.packages.props", "nuget grants"],
  ["Directory.Build.targets", "nuget grants"],
  ["build/a.targets", "nuget resembles"],
  ["NuGet.Config", "nuget grants"],
  ["packages.config", "nuget grants"],
  ["a/packages.lock.json", "nuget grants"],
  ["i18n/global.json", "nuget resembles"],
  [".config/dotnet-tools.json", "nuget grants"],
])("%s is claimed by %s", (path, claim) => {
  expect(claimOf(path)).toBe(claim);
});

function project(inner: string): string {
  return `<Project>${inner}</Project>`;
}

test.each([
  ['<PackageReference Include="A.B" Version="1.0"/>', "1 a.b 1.0 exact registry:nuget"],
  ['<packageReference Include="A" version="[1,2)"/>', "1 a [1,2) bounded registry:nuget"],
  ['<PackageReference Include="A"><Version>1.*</Version></PackageReference>', "1 a 1.* open"],
  ['<PackageReference Include="A" Version="1" VersionOverride="*"/>', "1 a * open"],
  ['<PackageReference Update="A" Version="[1,)"/>', "1 a [1,) open"],
  ['<PackageReference Include="A;B"/>', "1 a - - registry:nuget,1 b - -"],
  ['<PackageVersion Include="A" Version="$(V)"/>', "1 a $(V) - registry:nuget"],
  ['<GlobalPackageReference Include="A" Version="1"/>', "1 a 1 exact"],
  ['<Choose><When><ItemGroup><PackageReference Include="A"/></ItemGroup></When></Choose>', "1 a"],
  ['<Sdk Name="Acme.Sdk" Version="1"/>', "1 acme.sdk 1 exact"],
  ['<Import Project="a" Sdk="Acme.Sdk/2"/>', "1 acme.sdk 2 exact"],
])("of %s it takes in %s", (inner, line) => {
  expect(taken("a.csproj", project(inner)).join()).toContain(line);
});

test("what comes with .NET is no package, and a project's other SDK is one", () => {
  expect(taken("a.csproj", '<Project Sdk="Microsoft.NET.Sdk.Web;Acme.Sdk/1"/>')).toEqual([
    "1 acme.sdk 1 exact registry:nuget",
  ]);
});

test.each([
  ['<Target Name="t"><EXEC command="x"/></Target>', "nuget.build-command Exec"],
  [
    '<Target Name="t"><ItemGroup><Exec Command="x"/></ItemGroup></Target>',
    "nuget.build-command Exec",
  ],
  ["<PropertyGroup><preBuildEvent>x</preBuildEvent></PropertyGroup>", "preBuildEvent"],
  ["<UsingTask><Task><Code>x</Code></Task></UsingTask>", "nuget.build-command code"],
  ['<Target><DownloadFile SourceUrl="http://c.dev/a"/></Target>', "dependency.source url:c.dev"],
  ["<PropertyGroup><PostBuildEvent/></PropertyGroup>", null],
])("of %s it tells %s", (inner, told) => {
  expect(grantedBy("a.csproj", project(inner))).toEqual(
    told === null ? [] : [expect.stringContaining(told)],
  );
});

function sources(entry: string): string {
  return `<configuration><packageSources>${entry}</packageSources></configuration>`;
}

test.each([
  ['<add key="a" value="https://api.nuget.org/v3/index.json"/>', null],
  ['<add key="a" value="http://api.nuget.org/v3/index.json"/>', "registry:api.nuget.org"],
  ['<add key="a" value="../packages"/>', null],
  ['<add key="a" value="C:\\packages"/>', null],
  ['<add key="a" value="\\\\server\\share"/>', "registry:server"],
])("of the source %s it tells %s", (entry, told) => {
  expect(grantedBy("nuget.config", sources(entry))).toEqual(
    told === null ? [] : [`1 dependency.source ${told}`],
  );
});

test("a password is told by the name of its source alone, and not where the machine gives it", () => {
  const at = (value: string) =>
    `<configuration><packageSourceCredentials><acme><add key="cleartextpassword" value="${value}"/></acme></packageSourceCredentials></configuration>`;
  expect(grantedBy("nuget.config", at("hunter2"))).toEqual(["1 nuget.credential acme"]);
  expect(grantedBy("nuget.config", at("%PASSWORD%"))).toEqual([]);
});

test("a lock file holds packages to their content, and leaves projects out", () => {
  const text = JSON.stringify({
    dependencies: {
      "net8.0": {
        "A.B": { type: "Direct", resolved: "1.0", contentHash: "aa=" },
        mine: { type: "Project" },
      },
    },
  });
  expect(taken("packages.lock.json", text)).toEqual(["1 a.b 1.0 - registry:nuget sha512-aa="]);
});

test.each([
  ["packages.config", '<packages><package id="A" version="1"/></packages>', "1 a 1 exact"],
  ["global.json", '{ /* a */ "sdk": { "version": "8.0.1" }, }', "1 dotnet-sdk 8.0.1 bounded"],
  ["global.json", '{"sdk":{"version":"8.0.1","rollForward":"latestMajor"}}', "8.0.1 open"],
  ["global.json", '{"msbuild-sdks":{"A":"1"}}', "1 a 1 exact"],
  ["dotnet-tools.json", '{"tools":{"A":{"version":"1"}}}', "1 a 1 exact"],
])("%s: of %s it takes in %s", (path, text, line) => {
  expect(taken(path, text).join()).toContain(line);
});

test.each([
  ["nuget.config", "<other/>", "no-configuration:1"],
  ["packages.config", "<other/>", "no-packages:1"],
  ["packages.lock.json", "[]", "no-lock:1"],
  ["dotnet-tools.json", "[]", "no-tools:1"],
  ["a.csproj", "<Project>", "not-xml:1"],
])("%s with %s is refused", (path, text, refusal) => {
  expect(taken(path, text)).toEqual([refusal]);
});

test("another format of a name that .NET uses grants nothing", () => {
  expect(taken("a.props", '<other><PackageReference Include="A"/></other>')).toEqual([]);
  expect(taken("global.json", "[1]")).toEqual([]);
});

test.each(["a.proj", "a.vcxproj", "a.csproj.user", "a.SQLPROJ"])("%s may be a project", (path) => {
  expect(nuget.claims(path)).toBe("resembles");
});

test.each([
  "<Choose><When><PropertyGroup>\n<PreBuildEvent>x</PreBuildEvent></PropertyGroup></When></Choose>",
  "<ItemDefinitionGroup><PreBuildEvent>\n<Command>x</Command></PreBuildEvent></ItemDefinitionGroup>",
  '<UsingTask TaskName="A"\nAssemblyFile="x"/>',
])("a command is read wherever it stands: %j", (text) => {
  const content = new TextEncoder().encode(`<Project>${text}</Project>`);
  expect(nuget.read("a.vcxproj", content)).toMatchObject({
    capabilities: [{ kind: "nuget.build-command", context: "x", line: 2 }],
  });
});
