import { expect, test } from "vitest";
import { kubernetes } from "../../../rules/capabilities/kubernetes.ts";
import { diffOf, shown } from "./changes.ts";

const PATH = "deploy/app.yaml";
const TEMPLATE = "charts/a/templates/app.yaml";

function facts(base: string, head: string, path = PATH): string[] {
  return diffOf({ [path]: base }, { [path]: head })
    .filter(({ kind }) => kind.startsWith("k8s."))
    .map(shown)
    .sort();
}

function read(text: string, path = PATH) {
  return kubernetes.read(path, new TextEncoder().encode(text));
}

function names(text: string, path = PATH): string[] {
  const reading = read(text, path);
  if (!reading.understood) return [reading.code];
  return reading.capabilities.map(({ name, level }) => `${name} ${level ?? ""}`).sort();
}

function role(kind: string, rules: string, more = ""): string {
  const named = `metadata: { name: app${more} }\n`;
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\n${named}rules:\n${rules}`;
}

const PODS = "- apiGroups: ['']\n  resources: [pods]\n  verbs: [get, delete]\n";

test.each([
  {
    when: "a verb is added",
    head: role("ClusterRole", PODS.replace("delete", "delete, deletecollection")),
    seen: ["raised app pods: write cluster-write→cluster-write app.yaml:7"],
  },
  {
    when: "a verb is added by which pods are made",
    head: role("ClusterRole", PODS.replace("delete", "delete, create")),
    seen: ["raised app pods: write cluster-write→cluster-takeover app.yaml:6"],
  },
  {
    when: "every verb is allowed",
    head: role("ClusterRole", PODS.replace("[get, delete]", "['*']")),
    seen: [
      "added app pods: * -→cluster-takeover app.yaml:6",
      "removed app pods: read cluster-read→- app.yaml:6",
      "removed app pods: write cluster-write→- app.yaml:6",
    ],
  },
  {
    when: "it becomes one of a namespace",
    head: role("Role", PODS),
    seen: [
      "lowered app pods: read cluster-read→namespace-read app.yaml:6",
      "lowered app pods: write cluster-write→namespace-write app.yaml:6",
    ],
  },
  {
    when: "it is narrowed to one object",
    head: role("ClusterRole", `${PODS}  resourceNames: [a]\n`),
    seen: [
      "lowered app pods: read cluster-read→cluster-read app.yaml:6",
      "lowered app pods: write cluster-write→cluster-write app.yaml:6",
    ],
  },
  {
    when: "it is put into system roles",
    head: role(
      "ClusterRole",
      PODS,
      ", labels: { rbac.authorization.k8s.io/aggregate-to-edit: 'true' }",
    ),
    seen: ["added role edit app -→cluster app.yaml:3"],
  },
  {
    when: "it takes in other roles",
    head: `${role("ClusterRole", PODS)}aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: b } }] }\n`,
    seen: ["added app whatever roles are labelled for it -→cluster-write app.yaml:8"],
  },
])("of a cluster's role it is seen where $when", ({ head, seen }) => {
  expect(facts(role("ClusterRole", PODS), head)).toEqual(seen);
});

test.each([
  {
    when: "all resources of a group are narrowed to one",
    base: "- { apiGroups: [apps], resources: ['*'], verbs: ['*'] }\n",
    head: "- { apiGroups: [apps], resources: [deployments], verbs: [get, patch] }\n",
  },
  {
    when: "everything is narrowed to one subresource",
    base: "- { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }\n",
    head: "- { apiGroups: [''], resources: [pods/exec], verbs: [create] }\n",
  },
  {
    when: "every subresource is narrowed to one",
    base: "- { apiGroups: [apps], resources: ['*/scale'], verbs: [get] }\n",
    head: "- { apiGroups: [apps], resources: [deployments/scale], verbs: [get] }\n",
  },
])("nothing is gained where $when", ({ base, head }) => {
  const seen = facts(role("ClusterRole", base), role("ClusterRole", head));
  expect(seen.filter((fact) => !fact.startsWith("removed"))).toEqual([]);
});

test.each([
  { rule: "- { apiGroups: [''], resources: [secrets], verbs: [get] }", level: "takeover" },
  { rule: "- { apiGroups: [''], resources: [nodes/proxy], verbs: [get] }", level: "takeover" },
  { rule: "- { apiGroups: [batch], resources: [jobs], verbs: [create] }", level: "takeover" },
  { rule: "- { apiGroups: [batch], resources: [jobs], verbs: [delete] }", level: "write" },
  { rule: "- { apiGroups: [a.b], resources: [c], verbs: [bind] }", level: "takeover" },
  { rule: "- { apiGroups: [a.b], resources: ['*'], verbs: ['*'] }", level: "write" },
  { rule: "- { apiGroups: ['*'], resources: [secrets], verbs: [list] }", level: "takeover" },
  { rule: "- { apiGroups: [''], resources: [events], verbs: [create] }", level: "read" },
  { rule: "- { nonResourceURLs: [/metrics], verbs: [get] }", level: "read" },
  { rule: "- { nonResourceURLs: [/x], verbs: [post] }", level: "write" },
])("$rule is $level", ({ rule, level }) => {
  const [found = ""] = names(role("Role", `${rule}\n`));
  expect(found.split(" ").at(-1)).toBe(`namespace-${level}`);
});

const BOUND =
  "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nroleRef: { kind: ClusterRole, name: ROLE }\nsubjects:\n- { kind: KIND, name: WHO }\n";

test.each([
  { role: "view", kind: "User", who: "ann", level: "cluster" },
  { role: "cluster-admin", kind: "User", who: "ann", level: "cluster-admin" },
  { role: "view", kind: "Group", who: "system:unauthenticated", level: "everyone" },
  { role: "view", kind: "Group", who: "system:serviceaccounts:web", level: "everyone" },
])("a binding of $role to $who is of level $level", ({ role: bound, kind, who, level }) => {
  const text = BOUND.replace("ROLE", bound).replace("KIND", kind).replace("WHO", who);
  expect(names(text)).toEqual([`${bound} ${level}`]);
});

function pod(spec: string, container = ""): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: app }\nspec:\n${spec}  containers:\n  - name: main\n    image: a\n${container}`;
}

test.each([
  { what: "the host's network", spec: "  hostNetwork: true\n", level: "privileged" },
  { what: "the host's processes", spec: "  hostPID: yes\n", level: "node" },
  {
    what: "host path /var/run/docker.sock",
    spec: "  volumes: [{ name: v, hostPath: { path: /var/run/docker.sock } }]\n",
    level: "node",
  },
  {
    what: "host path /data",
    spec: "  volumes: [{ name: v, hostPath: { path: /data } }]\n",
    level: "privileged",
  },
  {
    what: "sysctl kernel.msgmax",
    spec: "  securityContext: { sysctls: [{ name: kernel.msgmax }] }\n",
    level: "privileged",
  },
  { what: "privileged", container: "    securityContext: { privileged: True }\n", level: "node" },
  {
    what: "capability SYS_ADMIN",
    container: "    securityContext: { capabilities: { add: [CAP_sys_admin] } }\n",
    level: "node",
  },
  {
    what: "capability CHOWN",
    container: "    securityContext: { capabilities: { add: [CHOWN] } }\n",
    level: "baseline",
  },
  {
    what: "an unmasked /proc",
    container: "    securityContext: { procMount: Unmasked }\n",
    level: "privileged",
  },
  {
    what: "no seccomp",
    container: "    securityContext: { seccompProfile: { type: Unconfined } }\n",
    level: "privileged",
  },
  { what: "host port 80", container: "    ports: [{ hostPort: 80 }]\n", level: "privileged" },
  {
    what: "a process of the host",
    container: "    securityContext: { windowsOptions: { hostProcess: true } }\n",
    level: "node",
  },
])("a pod that gets $what is of level $level", ({ what, spec = "", container = "", level }) => {
  expect(names(pod(spec, container))).toContain(`${what} ${level}`);
});

test("a host's folder that is only read gives no machine away", () => {
  const spec = "  volumes: [{ name: v, hostPath: { path: / } }]\n";
  const mount = "    volumeMounts: [{ name: v, readOnly: true }]\n";
  expect(facts(pod(spec, mount), pod(spec, mount.replace("true", "false")))).toEqual([
    "raised app host path / privileged→node app.yaml:5",
  ]);
});

test("a container that loses a brake is seen where it stood", () => {
  const held = "    securityContext:\n      allowPrivilegeEscalation: false\n";
  expect(facts(pod("", held), pod("", held.replace("false", "true")))).toEqual([
    "raised app/main container baseline→baseline app.yaml:8",
  ]);
});

test.each([
  {
    when: "a List",
    text: `apiVersion: v1\nkind: List\nitems:\n- ${role("Role", PODS).replaceAll("\n", "\n  ")}`,
  },
  {
    when: "JSON",
    text: JSON.stringify({
      apiVersion: "v1",
      kind: "Role",
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "delete"] }],
    }),
  },
  { when: "a second document", text: `a: 1\n---\n${role("Role", PODS)}` },
  {
    when: "a key in escapes",
    text: role("Role", PODS).replace("apiVersion", '"\\u0061piVersion"'),
  },
  {
    when: "a key over two lines",
    text: role("Role", PODS).replace("apiVersion", '? "api\\\n  Version"\n'),
  },
  {
    when: "merged maps",
    text: role("Role", PODS.replace("  verbs: [get, delete]", "  <<: { verbs: [get, delete] }")),
  },
  { when: "a byte order mark", text: `\uFEFF${role("Role", PODS)}` },
])("a role is read in $when", ({ text }) => {
  expect(names(text)).toEqual(["pods: read namespace-read", "pods: write namespace-write"]);
});

test("a role beside a definition of a type is read, and one that is dressed as such is not passed over", () => {
  const type = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {}\n";
  expect(names(`${type}---\n${role("Role", PODS)}`)).toHaveLength(2);
  const dressed = role("Role", PODS).replace(
    "metadata",
    'note: "\nkind: CustomResourceDefinition"\nmetadata',
  );
  expect(read(dressed)).toMatchObject({ unread: [{ code: "not-yaml" }] });
});

test("UTF-16 is not taken for a file without manifests", () => {
  const content = new Uint8Array(
    Array.from(role("Role", PODS)).flatMap((sign) => [sign.charCodeAt(0), 0]),
  );
  expect(kubernetes.read(PATH, content)).toMatchObject({ understood: false });
});

test("what cannot be a manifest is not parsed", () => {
  expect(read("a: [\n")).toEqual({ understood: true, capabilities: [] });
});

test("one strange document is told, and the others are read", () => {
  expect(
    read(`${role("Role", PODS)}---\napiVersion: [\n---\n${role("ClusterRole", PODS)}`),
  ).toMatchObject({
    capabilities: { length: 4 },
    unread: [{ code: "not-yaml", line: 10 }],
  });
});

const HELM = `{{- if .Values.rbac }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "a.name" . }}
  labels:
{{ include "a.labels" . | indent 4 }}
rules:
  - apiGroups: [""]
    resources:
    {{- if .Values.secrets }}
      - secrets
    {{- else }}
      - configmaps
    {{- end }}
    verbs: [get]
{{- end }}
`;

const AGGREGATED = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  labels:
    {{- if .Values.edit }}
    rbac.authorization.k8s.io/aggregate-to-edit: "true"
    {{- end }}
  name: app
`;

test("all branches of a template are read, at their lines", () => {
  const reading = read(HELM, TEMPLATE);
  expect(reading).toMatchObject({
    unread: [],
    capabilities: [
      {
        name: "secrets: read",
        line: 12,
        certainty: "heuristic",
        holder: '{{ include "a.name" . }}',
      },
      { name: "configmaps: read", line: 14, certainty: "heuristic" },
    ],
  });
});

test.each([
  {
    when: "a condition goes",
    head: HELM.replace("    {{- if .Values.secrets }}\n", "").replace(
      / {4}\{\{- else \}\}\n.*\n.*\n/,
      "",
    ),
    seen: [
      'raised {{ include "a.name" . }} secrets: read namespace-takeover→namespace-takeover app.yaml:12',
      'removed {{ include "a.name" . }} configmaps: read namespace-read→- app.yaml:14',
    ],
  },
  {
    when: "a label that puts it into another role loses its condition",
    base: AGGREGATED,
    head: AGGREGATED.replaceAll(/^ *\{\{.*\n/gm, ""),
    seen: ["raised role edit app cluster→cluster app.yaml:5"],
  },
  { when: "another comment stands in it", head: `{{/* a }} */}}${HELM}`, seen: [] },
  {
    when: "a label is added by a helper",
    head: HELM.replace("rules:", "{{ toYaml .x | nindent 2 }}\nrules:"),
    seen: [],
  },
])("of a template it is seen where $when", ({ base = HELM, head, seen }) => {
  expect(facts(base, head, TEMPLATE)).toEqual(seen);
});

test.each([
  { when: "an if does not end", text: `apiVersion: a\n{{ if .a }}\n` },
  { when: "an end has no if", text: `apiVersion: a\n{{ end }}\n` },
  { when: "an action does not end", text: `apiVersion: {{ "}}" \n` },
])("a template is not understood where $when", ({ text }) => {
  expect(read(text, TEMPLATE)).toMatchObject({ understood: false, code: "template" });
});

test.each([
  { value: "{{ true }}", given: true },
  { value: "{{ .Values.on | default true }}", given: true },
  { value: "{{ .Values.on }}", given: false },
])("privileged: $value is given: $given", ({ value, given }) => {
  const found = names(pod("", `    securityContext:\n      privileged: ${value}\n`), TEMPLATE);
  expect(found.includes("privileged node")).toBe(given);
});

test.each([
  {
    when: "a service",
    text: "apiVersion: v1\nkind: Service\nspec: { type: LoadBalancer, ports: [{ port: 80 }] }\n",
    seen: ["service public"],
  },
  {
    when: "an internal service",
    text: "apiVersion: v1\nkind: Service\nmetadata: { annotations: { networking.gke.io/load-balancer-type: Internal } }\nspec: { type: LoadBalancer }\n",
    seen: ["service internal"],
  },
  {
    when: "an ingress",
    text: "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: { rules: [{ host: a.example.org }, {}] }\n",
    seen: ["host * public", "host a.example.org public"],
  },
  {
    when: "a gateway",
    text: "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: { listeners: [{ port: 80 }] }\n",
    seen: ["host * public"],
  },
])("$when exposes what it names", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
});

test("a service that takes fewer addresses is lowered, and one that takes all is raised", () => {
  const open =
    "apiVersion: v1\nkind: Service\nspec:\n  type: LoadBalancer\n  ports: [{ port: 80 }]\n";
  const closed = `${open}  loadBalancerSourceRanges: [10.0.0.0/8]\n`;
  expect(facts(open, closed)).toEqual(["lowered  service public→public app.yaml:4"]);
  expect(facts(closed, open)).toEqual(["raised  service public→public app.yaml:5"]);
});

test.each([
  {
    text: "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: { validationFailureAction: Enforce, rules: [{ name: a, validate: {} }] }\n",
    seen: ["rule a enforce"],
  },
  {
    text: "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sA\nspec: { enforcementAction: dryrun }\n",
    seen: ["K8sA audit"],
  },
  {
    text: "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks: [{ name: a, failurePolicy: Ignore }]\n",
    seen: ["webhook a audit"],
  },
  {
    text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: {}, policyTypes: [Ingress] }\n",
    seen: ["ingress of all pods closed"],
  },
  {
    text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: {}, ingress: [{}] }\n",
    seen: [],
  },
  {
    text: "apiVersion: v1\nkind: Namespace\nmetadata: { labels: { pod-security.kubernetes.io/enforce: constructor } }\n",
    seen: [],
  },
])("a guard tells how much it holds: $seen", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
});

test("patches in a kustomization grant what they put into their targets", () => {
  const text = `patches:
- target: { kind: ClusterRole, name: app }
  patch: |-
    - op: add
      path: /rules/-
      value: { apiGroups: [''], resources: [secrets], verbs: [get] }
- patch: |-
    apiVersion: v1
    kind: Pod
    spec:
      hostPID: true
`;
  expect(read(text, "a/kustomization.yaml")).toMatchObject({
    capabilities: [
      { name: "secrets: read", holder: "app", level: "cluster-takeover", line: 6 },
      { name: "the host's processes", line: 11 },
    ],
  });
});

test.each([
  {
    path: "a/kustomization.yaml",
    text: "resources: ['github.com/acme/base//x?ref=v1']\n",
    seen: "kustomize github.com/acme/base v1 open",
  },
  {
    path: "a/kustomization.yaml",
    text: "resources: ['https://a.example.org/b.yaml']\n",
    seen: "kustomize a.example.org/b.yaml null open",
  },
  {
    path: "a/kustomization.yaml",
    text: "images: [{ name: a, newTag: '1' }]\n",
    seen: "docker a 1 bounded",
  },
  {
    path: "charts/a/Chart.yaml",
    text: "dependencies: [{ name: b, version: ^1.0.0, repository: 'https://a.example.org' }]\n",
    seen: "helm b ^1.0.0 bounded",
  },
  { path: PATH, text: pod(""), seen: "docker a null open" },
  {
    path: PATH,
    text: "apiVersion: argoproj.io/v1\nkind: Application\nspec: { source: { repoURL: 'https://a.example.org/b.git', targetRevision: HEAD } }\n",
    seen: "kustomize a.example.org/b HEAD open",
  },
])("what is taken in from elsewhere is told: $seen", ({ path, text, seen }) => {
  const reading = read(text, path);
  const all = reading.understood ? (reading.dependencies ?? []) : [];
  expect(
    all.map(
      ({ ecosystem, name, version, range }) =>
        `${ecosystem} ${name} ${version ?? "null"} ${range ?? ""}`,
    ),
  ).toEqual([seen]);
});

test.each([
  { path: "k8s/a.yaml", claim: "grants" },
  { path: "any/cluster-role.yml", claim: "grants" },
  { path: "x/kustomization.yaml", claim: "grants" },
  { path: "charts/a/templates/role.yaml", claim: "resembles" },
  { path: "k8s/testdata/a.yaml", claim: "resembles" },
  { path: "mkdocs.yml", claim: "resembles" },
  { path: "rbac/a.json", claim: "resembles" },
  { path: "tsconfig.json", claim: null },
  { path: "config/locales/en.yml", claim: null },
  { path: "k8s/readme.md", claim: null },
])("$path is claimed: $claim", ({ path, claim }) => {
  expect(kubernetes.claims(path)).toBe(claim);
});

test("what is too large is not understood", () => {
  expect(kubernetes.read(PATH, new Uint8Array(kubernetes.maxBytes + 1))).toMatchObject({
    code: "too-large",
  });
});

test.each([
  {
    what: "documents",
    path: PATH,
    text: `apiVersion: v1\nkind: Pod\na: [${"a,".repeat(40_000)}]\n---\n`.repeat(6),
  },
  {
    what: "branches of a template",
    path: TEMPLATE,
    text: `apiVersion: v1\n{{ if a }}\n{{ else if b }}\n{{ else if c }}\n{{ else }}\n{{ end }}\na: [${"a,".repeat(49_000)}]\nb: [${"c c c c,".repeat(500)}]\n${"#\n".repeat(50_000)}`,
  },
  {
    what: "patches that are one",
    path: "a/kustomization.yaml",
    text: `a: &a |\n  a: [${"a,".repeat(30_000)}]\npatches:\n${"- patch: *a\n".repeat(100)}`,
  },
])("what $what take together has an end", ({ path, text }) => {
  const reading = read(text, path);
  const unread = reading.understood ? (reading.unread ?? []) : [reading];
  expect(unread.map(({ code }) => code)).toContain("too-many-nodes");
});
