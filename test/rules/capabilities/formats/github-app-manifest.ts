import { numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "app.yml";
const APP = `name: triage
url: https://triage.example
hook_attributes:
  url: https://triage.example/hook
default_permissions:
  issues: read
  metadata: read
default_events:
  - issues
`;

function pair(from: string, to: string) {
  return { base: { [PATH]: APP }, head: { [PATH]: APP.replace(from, to) } };
}

export const githubAppManifestSamples: FormatSamples = {
  reader: "github-app-manifest",
  files: [
    { path: PATH, text: APP, movedTo: ".github/app.yml" },
    { path: "deploy/app.yaml", text: "runtime: nodejs\nenv: standard\n" },
  ],
  gains: [
    {
      what: "a permission rises",
      kind: "github-app.permission",
      ...pair("issues: read", "issues: write"),
    },
    {
      what: "a permission is added",
      kind: "github-app.permission",
      ...pair("metadata: read", "metadata: read\n  contents: write"),
    },
    {
      what: "it is told of more",
      kind: "github-app.event",
      ...pair("- issues", "- issues\n  - push"),
    },
    {
      what: "people who log in are sent elsewhere as well",
      kind: "github-app.address",
      ...pair("name: triage", "name: triage\ncallback_urls: [https://other.example/a]"),
    },
    {
      what: "everybody may install it",
      kind: "github-app.public",
      ...pair("name: triage", "name: triage\npublic: true"),
    },
  ],
  nothing: [
    { what: "it gets another name", ...pair("triage\n", "sorter\n") },
    {
      what: "a permission is written that it does not get",
      ...pair("metadata: read", "metadata: read\n  contents: none"),
    },
  ],
  adversaries: [
    {
      what: "an App with very many permissions",
      path: PATH,
      write: (bytes) => `default_permissions:\n${numbered(bytes, (n) => `  p${n}: write\n`)}`,
    },
    {
      what: "an App with very many events",
      path: PATH,
      write: (bytes) => `default_events:\n${numbered(bytes, (n) => `  - e${n}\n`)}`,
    },
  ],
};
