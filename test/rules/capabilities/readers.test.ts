import { expect, test } from "vitest";
import type { Capability, CapabilityReader } from "../../../rules/capabilities/capability.ts";
import { claimedVersions, claimVersions, readers } from "../../../rules/capabilities/readers.ts";
import { treeReaders } from "../../../rules/capabilities/tree/tree-readers.ts";
import type { FileMode, ListedFile } from "../../../rules/change/listing.ts";
import { listingOf } from "./changes.ts";

const version = (mode: FileMode = "100644") => ({ oid: "a", mode });

test("both versions of a claimed file are wanted once, with the largest limit of its readers", () => {
  const files = [
    { path: ".github/workflows/a.yml", base: version(), head: version("100755") },
    { path: ".github/workflows/b.yaml", head: version() },
    { path: "README.md", base: version(), head: version() },
  ];
  expect(claimedVersions(listingOf(files))).toEqual([
    { path: ".github/workflows/a.yml", side: "base", maxBytes: 4 * 1024 * 1024 },
    { path: ".github/workflows/a.yml", side: "head", maxBytes: 4 * 1024 * 1024 },
    { path: ".github/workflows/b.yaml", side: "head", maxBytes: 4 * 1024 * 1024 },
  ]);
});

test("what is no regular file is not wanted", () => {
  const path = ".github/workflows/a.yml";
  const files = [{ path, base: version("120000"), head: version("160000") }];
  expect(claimedVersions(listingOf(files))).toEqual([]);
});

test.each([".github", ".github/workflows"])(
  "%s is claimed: as a link it hides workflows",
  (path) => {
    const claimed = claimVersions(listingOf([{ path, head: version("120000") }]));
    expect(claimed.map(({ claim }) => claim)).toEqual(["grants"]);
  },
);

const GUARD_LEVELS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "required"];

test("each reader tells its kinds, with their levels from weakest to strongest", () => {
  const ofSteps = {
    "github.step.action": ["pinned", "mutable", "pretended"],
    "github.step.untrusted-code": ["called", "privileged"],
    "github.step.injection": ["insider", "outsider"],
    "github.step.minted-token": [],
    "github.step.persisted-credentials": ["cleared", "persisted"],
    "github.step.remote-script": ["pinned", "mutable"],
    "github.step.sent-data": ["ordinary", "secret", "catcher"],
    "github.step.unsecure-commands": ["step", "job"],
  };
  const ofPolicies = {
    "iam.allow": ["read", "tag", "write", "permissions", "all"],
    "iam.deny": [],
    "iam.trust": ["internal", "account", "federated", "anyone"],
  };
  const ofPolicyHolders = {
    ...ofPolicies,
    "iam.attachment": ["read", "other", "permissions", "all"],
    "iam.boundary": ["bounded", "unbounded"],
  };
  const ofDockerfiles = {
    "docker.user": ["user", "unstated", "root"],
    "docker.add-url": ["verified", "unverified", "plain"],
    "docker.remote-script": ["pinned", "mutable"],
    "docker.secret": ["build", "image"],
    "docker.build-right": ["limited", "broad", "host"],
  };
  const ofClouds = {
    "network.open": ["web", "other", "admin", "all"],
    "cloud.public": ["reachable", "readable", "writable"],
    "cloud.guard": [],
  };
  expect(Object.fromEntries(readers.map(({ name, kinds }) => [name, kinds]))).toEqual({
    "github-workflow": {
      "github.workflow.permission": ["read", "write"],
      "github.workflow.trigger": ["ordinary", "privileged"],
      "github.workflow.secret": ["named", "all"],
      "github.workflow.runner": ["custom", "self-hosted"],
      "github.workflow.container": [],
      "bailiff.check": [],
      "bailiff.condition": [],
      ...ofSteps,
    },
    "github-action": { "github.action.hook": [], ...ofSteps },
    "npm-package": {
      "npm.script": ["release", "checkout", "install"],
      "npm.command": ["own", "shadowing"],
      "npm.registry": ["encrypted", "plain"],
      "npm.program": [],
      "npm.unsafe": [],
      "npm.guard": [],
      "npm.exempt": ["some", "all"],
      "npm.credential": [],
      "npm.allowed-build": [],
    },
    bundler: { "bundler.plugin": [], "bundler.extension": [], "bundler.checksums": [] },
    maven: {
      "maven.plugin": ["plugin", "extension", "command"],
      "maven.publication": ["encrypted", "plain"],
    },
    "gradle-catalog": { "gradle.verification": [], "gradle.unverified": [] },
    composer: {
      "composer.script": ["create", "install"],
      "composer.allowed-plugin": [],
      "composer.setting": [],
    },
    nuget: {
      "nuget.build-command": [],
      "nuget.insecure-source": [],
      "nuget.credential": [],
      "nuget.guard": [],
      "nuget.signer": [],
    },
    kubernetes: {
      "k8s.rule": [
        ...["namespace-read", "cluster-read", "namespace-write", "cluster-write"],
        ...["namespace-takeover", "cluster-takeover"],
      ],
      "k8s.binding": ["namespace", "cluster", "namespace-admin", "cluster-admin", "everyone"],
      "k8s.pod-security": ["restricted", "baseline", "privileged", "node"],
      "k8s.exposure": ["node", "internal", "public"],
      "k8s.network-policy": ["listed", "closed"],
      "k8s.admission": ["audit", "baseline", "enforce"],
    },
    "npm-settings": {
      "npm.registry": ["encrypted", "plain"],
      "npm.program": [],
      "npm.unsafe": [],
      "npm.guard": [],
      "npm.exempt": ["some", "all"],
      "npm.credential": [],
      "npm.allowed-build": [],
    },
    "npm-lock": { "npm.dependency-script": [], "npm.substitution": [], "npm.renamed": [] },
    "yarn-lock": { "npm.dependency-script": [], "npm.substitution": [] },
    "pnpm-lock": { "npm.dependency-script": [], "npm.substitution": [] },
    "bun-lock": {
      "npm.dependency-script": [],
      "npm.substitution": [],
      "npm.allowed-build": [],
    },
    "npm-code": { "npm.program": [] },
    "binding-gyp": { "npm.script": ["release", "checkout", "install"] },
    dockerfile: {
      ...ofDockerfiles,
    },
    compose: {
      ...ofDockerfiles,
      "compose.privilege": ["limited", "broad", "host"],
      "compose.user": ["user", "unstated", "root"],
      "compose.port": ["local", "world"],
      "compose.secret": [],
      "compose.confinement": [],
    },
    devcontainer: {
      "devcontainer.command": ["container", "host"],
      "devcontainer.privilege": ["limited", "broad", "host"],
      "devcontainer.user": ["user", "unstated", "root"],
      "devcontainer.extension": [],
      "autorun.setting": ["program", "automatic"],
    },
    "browser-extension": {
      "browser.permission": ["ordinary", "strong"],
      "browser.host": ["asked", "named", "every"],
      "browser.content-script": ["named", "every"],
      "browser.exposed": ["named", "every"],
      "browser.page-code": [],
      "browser.override": [],
      "browser.oauth-scope": [],
    },
    "github-app-manifest": {
      "github-app.permission": ["read", "write", "admin"],
      "github-app.event": [],
      "github-app.address": ["encrypted", "plain"],
      "github-app.public": [],
    },
    "android-manifest": {
      "android.permission": ["normal", "dangerous", "special"],
      "android.component": ["launcher", "guarded", "open"],
      "android.link": ["verified", "unverified"],
      "android.setting": [],
      "android.network": ["named", "every"],
      "android.guard": [],
    },
    "apple-entitlements": {
      "apple.entitlement": ["ordinary", "strong"],
      "apple.guard": [],
      "apple.usage": [],
      "apple.transport": ["named", "every"],
      "apple.opening": [],
      "apple.tracking": [],
    },
    "deno-modules": { "npm.dependency-script": [], "npm.substitution": [] },
    "deno-permissions": {
      "deno.permission": ["scoped", "all"],
      "node.permission": ["kept", "scoped", "all"],
    },
    "repository-settings": {
      "settings.protection": GUARD_LEVELS,
      "settings.bypass": [],
      "settings.access": ["read", "triage", "write", "maintain", "admin"],
      "settings.repository": [],
    },
    "merge-rules": {
      "merge.rule": ["reviewed", "checked", "unguarded"],
      "merge.queue": [],
      "merge.guard": GUARD_LEVELS,
      "merge.approver": [],
    },
    "update-bots": {
      "updates.automerge": ["patch", "minor", "major", "all"],
      "updates.unchecked": [],
      "updates.command": [],
      "updates.registry": [],
      "updates.preset": [],
      "updates.guard": ["hours", "days", "weeks", "on"],
    },
    "git-attributes": {
      "attributes.hidden-diff": ["generated", "named", "source"],
      "attributes.folded-diff": ["generated", "named", "source"],
      "attributes.driver": [],
      "attributes.archive": [],
    },
    autorun: {
      "autorun.hook": [],
      "autorun.task": [],
      "autorun.setting": ["program", "automatic"],
    },
    "agent-permissions": {
      "agent.permission": ["ask", "allow", "all"],
      "agent.guard": [],
      "agent.hook": [],
      "agent.environment": ["ordinary", "steering"],
      "agent.server": ["remote", "command"],
    },
    owners: {
      "owners.owned": ["dormant", "living"],
      "owners.unowned": ["idle", "taking"],
      "owners.owner": ["first", "beside", "instead", "left"],
      "owners.skipped": [],
    },
    terraform: {
      ...ofPolicyHolders,
      ...ofClouds,
      "cloud.role": ["read", "write", "permissions", "all"],
      "terraform.command": ["remote", "local"],
      "terraform.backend": [],
    },
    cloudformation: { ...ofPolicyHolders, ...ofClouds },
    "iam-policy": ofPolicies,
    "git-modules": { "git.submodule": ["https", "other"], "git.submodule-command": [] },
    python: { "python.index": ["encrypted", "plain"], "python.build-backend": [] },
    "go-mod": {},
    cargo: { "cargo.build-script": [], "cargo.setting": [] },
    "pre-commit": { "pre-commit.hook": [] },
  });
});

const OTHER = { oid: "b", mode: "100644" } as const;

test.each<{ when: string; file: Omit<ListedFile, "path">; landing: string }>([
  { when: "has left it alone", file: { head: version() }, landing: "as-judged" },
  {
    when: "has it already",
    file: { head: version(), baseTip: version() },
    landing: "nothing",
  },
  {
    when: "has its content in another mode",
    file: { head: version(), baseTip: version("100755") },
    landing: "mixed",
  },
  {
    when: "changed it in another way",
    file: { head: version(), baseTip: OTHER },
    landing: "mixed",
  },
])("a file of which the base $when lands as $landing", ({ file, landing }) => {
  const claimed = claimVersions(listingOf([{ path: ".gitmodules", ...file }]));
  expect(claimed.map((one) => one.landing)).toEqual([landing]);
});

test("the reader that looks into any YAML file comes last", () => {
  expect(readers.at(-1)?.name).toBe("kubernetes");
});

test("no two readers share a name, of a format or of the tree", () => {
  const names = [...readers, ...treeReaders].map((reader) => reader.name);
  expect(new Set(names).size).toBe(names.length);
});

test("a kind has the same levels wherever it is reported", () => {
  const levels = new Map<string, readonly string[]>();
  for (const [kind, ranked] of [...readers, ...treeReaders].flatMap(kindsOf)) {
    expect(ranked, kind).toEqual(levels.get(kind) ?? ranked);
    levels.set(kind, ranked);
  }
  expect(levels.size).toBeGreaterThan(0);
});

test("no kind is both a format's and the tree's", () => {
  const ofTree = new Set(treeReaders.flatMap(({ kinds }) => Object.keys(kinds)));
  const ofFormats = readers.flatMap(({ kinds }) => Object.keys(kinds));
  expect(ofFormats.filter((kind) => ofTree.has(kind))).toEqual([]);
});

test("a reader's own levels are decided by no setting, so that readers can share a kind", () => {
  const deciding = readers.filter((reader) => "resolve" in reader);
  for (const reader of deciding) {
    for (const [kind, levels] of kindsOf(reader)) {
      for (const level of levels) expect(resolved(reader, kind, level)).toBe(level);
    }
  }
  expect(deciding).not.toEqual([]);
});

function kindsOf({ kinds }: Pick<CapabilityReader, "kinds">): [string, readonly string[]][] {
  return Object.entries(kinds);
}

function resolved(reader: CapabilityReader, kind: string, level: string): string | null {
  const capability: Capability = {
    kind,
    level,
    name: "n",
    holder: "h",
    context: "",
    line: 1,
    certainty: "exact",
    reach: [],
    holderContent: "",
  };
  return reader.resolve?.(capability, "head", { defaultTokenPermissions: "write" }) ?? null;
}
