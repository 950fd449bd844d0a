import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewrittenXml } from "./xml-hand.ts";

const PROJECT = "src/App/App.csproj";
const CONFIG = "nuget.config";

const APP = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Acme.Log" Version="2.1.0" />
    <PackageReference Include="Acme.Other">
      <Version>[1.0,2.0)</Version>
    </PackageReference>
  </ItemGroup>
  <Target Name="Stamp" BeforeTargets="Build">
    <Exec Command="git rev-parse HEAD" />
  </Target>
</Project>
`;

const SOURCES = `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <clear />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
    <add key="acme" value="https://nuget.acme.dev/v3/index.json" />
    <add key="here" value="./packages" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="acme">
      <package pattern="Acme.*" />
    </packageSource>
  </packageSourceMapping>
</configuration>
`;

const LISTED = `<packages>
  <package id="Acme.Log" version="2.1.0" targetFramework="net48" />
</packages>
`;

const LOCKED = JSON.stringify(
  {
    version: 1,
    dependencies: {
      "net8.0": {
        "Acme.Log": {
          type: "Direct",
          requested: "[2.1.0, )",
          resolved: "2.1.0",
          contentHash: "aa=",
        },
      },
    },
  },
  null,
  2,
);

const GLOBAL = JSON.stringify({
  sdk: { version: "8.0.100", rollForward: "latestFeature" },
  "msbuild-sdks": { "Acme.Sdk": "1.0.0" },
});

const TOOLS = JSON.stringify({
  version: 1,
  isRoot: true,
  tools: { "acme.tool": { version: "1.0.0", commands: ["acme"] } },
});

function project(from: string, to: string) {
  return { base: { [PROJECT]: APP }, head: { [PROJECT]: APP.replace(from, to) } };
}

function config(from: string, to: string) {
  return { base: { [CONFIG]: SOURCES }, head: { [CONFIG]: SOURCES.replace(from, to) } };
}

const ACME = '<add key="acme" value="https://nuget.acme.dev/v3/index.json"';

export const nugetSamples: FormatSamples = {
  reader: "nuget",
  files: [
    { path: PROJECT, text: APP, movedTo: "App/App.fsproj" },
    { path: CONFIG, text: SOURCES, movedTo: "src/NuGet.Config" },
    { path: "packages.config", text: LISTED, movedTo: "src/packages.config" },
    { path: "packages.lock.json", text: LOCKED, movedTo: "src/packages.lock.json" },
    { path: "global.json", text: GLOBAL, movedTo: "src/global.json" },
    { path: ".config/dotnet-tools.json", text: TOOLS, movedTo: "dotnet-tools.json" },
  ],
  gains: [
    {
      what: "a command more runs when it is built",
      kind: "nuget.build-command",
      ...project("<Exec ", '<exec command="sh x.sh" />\n    <Exec '),
    },
    {
      what: "a command runs after it is built",
      kind: "nuget.build-command",
      ...project("</PropertyGroup>", "<PostBuildEvent>sh x.sh</PostBuildEvent></PropertyGroup>"),
    },
    {
      what: "code in the file runs when it is built",
      kind: "nuget.build-command",
      ...project(
        "<ItemGroup>",
        '<UsingTask TaskName="T"><Task><Code>Run();</Code></Task></UsingTask>\n  <ItemGroup>',
      ),
    },
    {
      what: "a version floats",
      kind: "dependency.range",
      ...project('Version="2.1.0"', 'version="2.*"'),
    },
    {
      what: "packages come from another source",
      kind: "dependency.source",
      ...config("https://api.nuget.org/", "https://feed.example.org/"),
    },
    {
      what: "a project has a source of its own",
      kind: "dependency.source",
      ...project(
        "</PropertyGroup>",
        "<RestoreSources>https://feed.example.org;./packages</RestoreSources></PropertyGroup>",
      ),
    },
    {
      what: "a source may be reached over a plain connection",
      kind: "nuget.insecure-source",
      ...config(ACME, `${ACME} allowInsecureConnections="True"`),
    },
    {
      what: "a password is written into the file",
      kind: "nuget.credential",
      ...config(
        "</configuration>",
        '<packageSourceCredentials><acme><add key="ClearTextPassword" value="x"/></acme></packageSourceCredentials></configuration>',
      ),
    },
    {
      what: "another signer is trusted",
      kind: "nuget.signer",
      ...config(
        "</configuration>",
        '<trustedSigners><author name="other"/></trustedSigners></configuration>',
      ),
    },
  ],
  losses: [
    {
      what: "packages of a name may come from any source",
      kind: "nuget.guard",
      ...config('<package pattern="Acme.*" />', ""),
    },
    {
      what: "the sources of the machine are taken too",
      kind: "nuget.guard",
      ...config("<clear />", ""),
    },
    {
      what: "a build is no longer held to its lock file",
      kind: "nuget.guard",
      ...project("LockFile>true", "LockFile>false"),
    },
  ],
  nothing: [
    {
      what: "a package is written in other letters, with its version below it",
      ...project(
        '<PackageReference Include="Acme.Log" Version="2.1.0" />',
        '<packagereference Include="acme.log"><Version>2.1.0</Version></packagereference>',
      ),
    },
  ],
  adversaries: [
    {
      what: "a project with very many packages",
      path: PROJECT,
      write: (bytes) =>
        `<Project>${numbered(bytes, (n) => `<PackageReference Include="P${n}" Version="1.0"/>`)}</Project>`,
    },
    {
      what: "a project with one reference to very many packages",
      path: PROJECT,
      write: (bytes) =>
        `<Project><PackageReference Include="${numbered(bytes, (n) => `p${n};`)}"/></Project>`,
    },
    {
      what: "a project with very many commands",
      path: PROJECT,
      write: (bytes) =>
        `<Project><Target Name="t" BeforeTargets="${fill("b", 400)}">${numbered(bytes, (n) => `<Exec Command="c${n}"/>`)}</Target></Project>`,
    },
    {
      what: "a project that is nested",
      path: PROJECT,
      write: (bytes) => {
        const nested = `${fill("<Target>", 90 * 8)}<Exec Command="c"/>${fill("</Target>", 90 * 9)}`;
        return `<Project>${fill(nested, bytes)}</Project>`;
      },
    },
    {
      what: "very many sources",
      path: CONFIG,
      write: (bytes) =>
        `<configuration><packageSources>${numbered(bytes, (n) => `<add key="a" value="https://a${n}.example/"/>`)}</packageSources></configuration>`,
    },
    {
      what: "a lock file with very many packages",
      path: "packages.lock.json",
      write: (bytes) =>
        `{"dependencies":{"a":{${numbered(bytes, (n) => `"p${n}":{"resolved":"1.0","contentHash":"${n}="},`)}"z":{}}}}`,
    },
  ],
  rewrite: (text, hand) => {
    if (text.startsWith("<")) return rewrittenXml(text, hand);
    const written = JSON.stringify(JSON.parse(text), null, hand.indent);
    return written.replaceAll("\n", hand.lineBreak);
  },
};
