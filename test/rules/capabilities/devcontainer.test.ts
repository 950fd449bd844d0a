import { expect, test } from "vitest";
import { devcontainer } from "../../../rules/capabilities/devcontainer.ts";
import { claimsOn } from "../../../rules/capabilities/readers.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = ".devcontainer/devcontainer.json";

function readingOf(text: string) {
  const reading = devcontainer.read(PATH, new TextEncoder().encode(text));
  if (!reading.understood) throw new Error(reading.code);
  return reading;
}

function grants(content: object, kind: string): string[] {
  return readingOf(JSON.stringify(content))
    .capabilities.filter((item) => item.kind === kind)
    .map(({ name, level }) => `${name} ${level ?? ""}`.trim());
}

function codespaces(repositories: object): object {
  return { customizations: { codespaces: { repositories } } };
}

test.each([
  [PATH, "grants"],
  [".devcontainer.json", "grants"],
  ["a/.devcontainer/b/devcontainer.json", "grants"],
  [".DevContainer/DevContainer.json", "grants"],
  ["src/x/devcontainer-feature.json", "grants"],
  ["testdata/.devcontainer.json", "resembles"],
  ["devcontainer.json", null],
])("%s is claimed: %s", (path, claim) => {
  const claimed = claimsOn(path)[0];
  expect(claimed?.reader === devcontainer ? claimed.claim : null).toBe(claim);
});

test.each<[object, string[]]>([
  [{ initializeCommand: "x" }, ["initializeCommand host"]],
  [{ postCreateCommand: ["npm", "ci"] }, ["postCreateCommand container"]],
  [
    { postStartCommand: { a: "x", b: ["y"] } },
    ["postStartCommand.a container", "postStartCommand.b container"],
  ],
  [{ postAttachCommand: "", onCreateCommand: null }, []],
])("%j runs %j", (content, expected) => {
  expect(grants(content, "devcontainer.command")).toEqual(expected);
});

test.each<[object, string[]]>([
  [{ privileged: true }, ["privileged host"]],
  [{ privileged: false }, []],
  [{ capAdd: ["SYS_PTRACE"] }, ["cap-add SYS_PTRACE broad"]],
  [{ securityOpt: ["seccomp=unconfined"] }, ["security-opt seccomp=unconfined broad"]],
  [
    { runArgs: ["--cap-add", "SYS_ADMIN", "--privileged"] },
    ["cap-add SYS_ADMIN host", "privileged host"],
  ],
  [{ runArgs: ["-v", "/var/run/docker.sock:/x"] }, ["mount /var/run/docker.sock host"]],
  [{ build: { options: ["--network=host"] } }, ["network host broad"]],
  [
    { mounts: ["source=/var/run/docker.sock,target=/x,type=bind"] },
    ["mount /var/run/docker.sock host"],
  ],
  [{ mounts: [{ source: "/etc", target: "/x", type: "bind" }] }, ["mount /etc host"]],
  [{ mounts: ["source=/etc,target=/x,type=bind,readonly"] }, ["mount /etc broad"]],
  [{ mounts: ["source=${localEnv:HOME}/.ssh,target=/x,type=bind"] }, ["mount ~/.ssh broad"]],
  [{ mounts: ["source=/etc,target=/x,type=volume"] }, []],
  [
    { mounts: ["type=volume,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/root"] },
    ["mount /root host"],
  ],
  [
    { mounts: ['type=volume,"volume-opt=o=upperdir=/a,lowerdir=/etc",target=/x'] },
    ["mount /etc host"],
  ],
  [{ mounts: ['type=bind,"source=/etc",target=/x'] }, ["mount /etc host"]],
  [{ mounts: ['type=bind,source="/etc",target=/x'] }, ["mount /etc host"]],
  [{ mounts: ["source=/etc,src=/a,target=/x,type=bind"] }, ["mount /etc host"]],
  [{ mounts: ["type=volume,type=bind,source=/etc,target=/x"] }, ["mount /etc host"]],
  [{ mounts: ["type=bind,source=/etc,target=/x,ro,readonly=false"] }, ["mount /etc host"]],
  [
    { workspaceMount: "source=${localWorkspaceFolder}/..,target=/x,type=bind" },
    ["mount a folder outside the repository broad"],
  ],
  [{ workspaceMount: "source=${localWorkspaceFolder},target=/x,type=bind" }, []],
  [{ dockerComposeFile: ["compose.yml", "x.conf"] }, ["services of x.conf broad"]],
  [{ mounts: ["source=${localEnv:NONE:/etc},target=/x,type=bind"] }, ["mount /etc host"]],
  [{ mounts: [{ source: "${localEnv:NONE:/etc}", target: "/x" }] }, ["mount /etc host"]],
  [{ runArgs: ["-v", "${localEnv:NONE:/etc}:/x"] }, ["mount /etc host"]],
  [{ runArgs: ["--network=${localEnv:NONE:host}"] }, ["network host broad"]],
  [
    { mounts: ["source=${localEnv:XDG_RUNTIME_DIR}/docker.sock,target=/x"] },
    ["mount ${localEnv:XDG_RUNTIME_DIR}/docker.sock host"],
  ],
  [{ dockerFile: "x.txt" }, ["build by x.txt limited"]],
  [{ build: { dockerfile: "../x.image" } }, ["build by ../x.image limited"]],
  [{ build: { dockerfile: "../app.Dockerfile" } }, []],
  [{ runArgs: ["--volumes-from", "container:x"] }, ["volumes-from container:x broad"]],
  [{ features: { "ghcr.io/devcontainers/features/docker-in-docker:2": {} } }, ["privileged host"]],
  [
    { features: { "ghcr.io/devcontainers/features/docker-outside-of-docker": {} } },
    ["mount /var/run/docker.sock host"],
  ],
  [{ features: { "ghcr.io/devcontainers/features/node:1": {} } }, []],
  [
    codespaces({ "acme/*": { permissions: "write-all" } }),
    ["codespace token acme/* write-all broad"],
  ],
  [
    codespaces({ "acme/x": { permissions: { contents: "write", packages: "read" } } }),
    ["codespace token acme/x contents write broad", "codespace token acme/x packages read limited"],
  ],
])("%j opens %j", (content, expected) => {
  expect(grants(content, "devcontainer.privilege")).toEqual(expected);
});

test("users are told by level", () => {
  expect(grants({ remoteUser: "root" }, "devcontainer.user")).toEqual([
    "containerUser unstated",
    "remoteUser root",
  ]);
});

test.each([
  ["${localEnv:NONE:root}", "root"],
  ["${localEnv:NONE:app}", "user"],
  ["${localEnv:USER}", "unstated"],
])("the user %s is %s", (remoteUser, level) => {
  expect(grants({ remoteUser }, "devcontainer.user")).toContain(`remoteUser ${level}`);
});

test("extensions are told in one spelling, but for those that are taken away", () => {
  const content = {
    customizations: { vscode: { extensions: ["Acme.X", "-acme.y"] } },
    extensions: ["a.b"],
  };
  expect(grants(content, "devcontainer.extension")).toEqual(["acme.x", "a.b"]);
});

test("settings by which the editor runs something unasked are told, and no others", () => {
  const settings = {
    "security.workspace.trust.enabled": false,
    "python.defaultInterpreterPath": "/usr/bin/python3",
    "editor.tabSize": 2,
  };
  expect(grants({ customizations: { vscode: { settings } }, settings }, "autorun.setting")).toEqual(
    ["security.workspace.trust.enabled automatic", "security.workspace.trust.enabled automatic"],
  );
});

test("the image and the features are taken in", () => {
  const text = `{
  // the image
  "image": "mcr.microsoft.com/devcontainers/base:1",
  "features": {
    "ghcr.io/devcontainers/features/node:1": {},
    "./own": {},
    "https://a.example/x.tgz": {},
  },
}`;
  expect(
    readingOf(text).dependencies?.map(({ ecosystem, name, line, source }) => [
      ecosystem,
      name,
      line,
      source.text,
    ]),
  ).toEqual([
    ["docker", "mcr.microsoft.com/devcontainers/base", 3, "registry:mcr.microsoft.com"],
    ["oci", "ghcr.io/devcontainers/features/node", 5, "registry:ghcr.io"],
    ["oci", "./own", 6, "path:./own"],
    ["oci", "https://a.example/x.tgz", 7, "url:a.example/x.tgz"],
  ]);
});

test("what may be a password is not told with a feature's address", () => {
  const text = '{"features": {"https://bo:s3/cr3t@a.example/x.tgz?key=s3cr3t": {}}}';
  expect(readingOf(text).dependencies).toMatchObject([{ name: "https://a.example/x.tgz" }]);
});

test("another command is a raise, and another layout is none", () => {
  const base = { [PATH]: '{"initializeCommand": ["a"]}' };
  expect(diffOf(base, { [PATH]: '{\n"initializeCommand":\n["a"] }' }).map(shown)).toEqual([]);
  expect(diffOf(base, { [PATH]: '{"initializeCommand": ["b"]}' }).map(shown)).toEqual([
    "raised commands initializeCommand host→host devcontainer.json:1",
  ]);
});

test.each([
  ["[]", "no-devcontainer"],
  ['{"a":1,"a":2}', "duplicate-key"],
  ["{", "not-json"],
])("%s is refused", (text, code) => {
  expect(devcontainer.read(PATH, new TextEncoder().encode(text))).toMatchObject({ code });
});
