import { numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = ".devcontainer/devcontainer.json";

const FILE = {
  image: "mcr.microsoft.com/devcontainers/base:1",
  features: { "ghcr.io/devcontainers/features/node:1": {} },
  postCreateCommand: "npm ci",
  remoteUser: "vscode",
  customizations: { vscode: { extensions: ["acme.x"] } },
};

function pair(base: object, head: object) {
  return {
    base: { [PATH]: JSON.stringify(base, null, 2) },
    head: { [PATH]: JSON.stringify(head, null, 2) },
  };
}

export const devcontainerSamples: FormatSamples = {
  reader: "devcontainer",
  files: [{ path: PATH, text: JSON.stringify(FILE, null, 2), movedTo: ".devcontainer.json" }],
  gains: [
    {
      what: "a command comes to run on the machine",
      kind: "devcontainer.command",
      ...pair(FILE, { ...FILE, initializeCommand: "x" }),
    },
    {
      what: "the container becomes privileged",
      kind: "devcontainer.privilege",
      ...pair(FILE, { ...FILE, runArgs: ["--privileged"] }),
    },
    {
      what: "the user becomes root",
      kind: "devcontainer.user",
      ...pair(FILE, { ...FILE, remoteUser: "root" }),
    },
    {
      what: "an extension is installed",
      kind: "devcontainer.extension",
      ...pair(FILE, { ...FILE, extensions: ["a.b"] }),
    },
  ],
  nothing: [{ what: "a name is given", ...pair(FILE, { name: "x", ...FILE }) }],
  adversaries: [
    {
      what: "a development container with very many options",
      path: PATH,
      write: (bytes) => `{"runArgs":[${numbered(bytes, (n) => `"--cap-add=C${n}",`)}"-v"]}`,
    },
    {
      what: "a development container with very many mounts",
      path: PATH,
      write: (bytes) => `{"mounts":[${numbered(bytes, (n) => `"source=/etc/${n}",`)}""]}`,
    },
    {
      what: "a development container with very many features",
      path: PATH,
      write: (bytes) => `{"features":{${numbered(bytes, (n) => `"a/f${n}:1":{},`)}"a":{}}}`,
    },
  ],
};
