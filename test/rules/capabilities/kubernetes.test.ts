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
  { rule: "- { apiGroups: [''], resources: ['*/exec'], verbs: [create] }", level: "takeover" },
  { rule: "- { apiGroups: [''], resources: ['*/exec'], verbs: [get] }", level: "takeover" },
  { rule: "- { apiGroups: ['*'], resources: ['*/token'], verbs: [create] }", level: "takeover" },
  { rule: "- { apiGroups: [apps], resources: ['*/exec'], verbs: [create] }", level: "write" },
  {
    rule: "- { apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use] }",
    level: "takeover",
  },
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

test("a role of the cluster in the place of one of the namespace is seen", () => {
  const text = BOUND.replace("kind: ClusterRoleBinding", "kind: RoleBinding");
  const base = text.replace("kind: ClusterRole,", "kind: Role,");
  expect(facts(base, text)).toEqual(["raised KIND WHO ROLE namespace→namespace app.yaml:5"]);
});

test("subjects in OpenShift's older lists are told", () => {
  const text = BOUND.replace(
    /subjects:[^]*/,
    "userNames: [ann]\ngroupNames: ['system:authenticated']\n",
  );
  expect(names(text.replace("ROLE", "admin"))).toEqual(["admin cluster-admin", "admin everyone"]);
  expect(names(text.replace(/ClusterRoleBinding/, "RoleBinding"))).toEqual([
    "ROLE everyone",
    "ROLE namespace",
  ]);
});

test.each([
  {
    what: "OpenShift's constraints",
    text: "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata: { name: a }\nallowPrivilegedContainer: true\nallowHostDirVolumePlugin: true\nallowHostNetwork: false\nallowedCapabilities: ['*', CHOWN]\nusers: [ann]\ngroups: ['system:authenticated']\n",
    seen: [
      "SecurityContextConstraints enforce",
      "a cluster",
      "a everyone",
      "lets pods have capability * node",
      "lets pods have capability CHOWN baseline",
      "lets pods have hostPath node",
      "lets pods have privileged node",
    ],
  },
  {
    what: "a PodSecurityPolicy",
    text: "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: a }\nspec: { hostPID: true, hostNetwork: true, volumes: ['*'] }\n",
    seen: [
      "PodSecurityPolicy enforce",
      "lets pods have hostNetwork privileged",
      "lets pods have hostPID node",
      "lets pods have hostPath node",
    ],
  },
])("$what lets pods have $seen", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
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
    what: "host path /var/data",
    spec: "  volumes: [{ name: v, hostPath: { path: /var/data } }]\n",
    level: "privileged",
  },
  {
    what: "SELinux type spc_t",
    spec: "  securityContext: { seLinuxOptions: { type: spc_t } }\n",
    level: "node",
  },
  {
    what: "SELinux user a",
    container:
      "    securityContext: { seLinuxOptions: { type: container_t, user: a, role: '' } }\n",
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

test.each([
  ...["/", "/var", "/var/lib", "/./etc", "/var//run", "etc", "/a/../etc", "/var/lib/crio/a"],
  ...["C:\\", "c:/Windows", "\\\\.\\pipe\\docker_engine"],
])("the host's %s gives the machine", (path) => {
  const text = pod(`  volumes: [{ name: v, hostPath: { path: '${path}' } }]\n`);
  expect(names(text)).toContain(`host path ${path} node`);
});

test("a volume of the cluster that is a host's folder is told", () => {
  const volume = (source: string): string =>
    `apiVersion: v1\nkind: PersistentVolume\nspec: { ${source}: { path: /etc } }\n`;
  expect(names(volume("hostPath"))).toEqual(["host path /etc node"]);
  expect(names(volume("local"))).toEqual(["host path /etc node"]);
});

test.each([
  {
    when: "another account runs it",
    base: pod("  serviceAccountName: a\n"),
    head: pod("  serviceAccountName: b\n"),
    seen: ["raised app account baseline→baseline app.yaml:5"],
  },
  {
    when: "a volume brings in the account's token",
    base: pod("  automountServiceAccountToken: false\n"),
    head: pod(
      "  automountServiceAccountToken: false\n  volumes: [{ name: a, projected: { sources: [{ serviceAccountToken: {} }] } }]\n",
    ),
    seen: ["raised app account restricted→baseline app.yaml:6"],
  },
  {
    when: "its token is not mounted any more",
    base: pod("  serviceAccount: a\n"),
    head: pod("  serviceAccount: a\n  automountServiceAccountToken: false\n"),
    seen: ["lowered app account baseline→restricted app.yaml:6"],
  },
])("of a pod's account it is seen where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
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
  {
    when: "lists in lists",
    text: `kind: List\napiVersion: v1\nitems:\n${"- kind: List\n  apiVersion: v1\n  items:\n  "
      .repeat(1)
      .replace(/ {2}$/, "")}  - ${role("Role", PODS).replaceAll("\n", "\n    ")}`,
  },
  {
    when: "a list of roles",
    text: `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems:\n- ${role("Role", PODS)
      .replace(/^.*\n.*\n/, "")
      .replaceAll("\n", "\n  ")}`,
  },
  {
    when: "a template of OpenShift's",
    text: `apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- ${role("Role", PODS).replaceAll("\n", "\n  ")}`,
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

test.each([
  { what: "an object with items", kind: "ConfigMap", version: "v1" },
  {
    what: "the definition of a type with items",
    kind: "CustomResourceDefinition",
    version: "apiextensions.k8s.io/v1",
  },
])("$what, which kubectl takes for a list, is refused", ({ kind, version }) => {
  const text = `apiVersion: ${version}\nkind: ${kind}\nitems:\n  - ${role("Role", PODS).replaceAll("\n", "\n    ")}`;
  expect(read(text)).toMatchObject({ unread: [{ code: "list", line: 3 }] });
});

test.each([
  { what: "a key", text: role("Role", PODS).replace("apiVersion", "!!binary YXBpVmVyc2lvbg== ") },
  {
    what: "a key, by a tag in escapes",
    text: role("Role", PODS).replace("apiVersion", "!!%62inary YXBpVmVyc2lvbg== "),
  },
  {
    what: "a key, by the tag's whole name",
    text: role("Role", PODS).replace("apiVersion", "!<tag:yaml.org,2002:binary> YXBpVmVyc2lvbg== "),
  },
  { what: "a kind", text: role("!!binary Um9sZQ==", PODS) },
])("$what in base64 is refused", ({ text }) => {
  expect(read(text)).toMatchObject({ unread: [{ code: "tag" }] });
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

test("a service's annotation counts as its ranges", () => {
  const open =
    "apiVersion: v1\nkind: Service\nmetadata: { annotations: ANNOTATIONS }\nspec: { type: LoadBalancer, ports: [{ port: 80 }] }\n";
  const closed =
    "{ service.beta.kubernetes.io/load-balancer-source-ranges: '10.0.0.0/8, 192.0.2.0/24' }";
  const seen = facts(open.replace("ANNOTATIONS", closed), open.replace("ANNOTATIONS", "{}"));
  expect(seen).toEqual(["raised  service public→public app.yaml:4"]);
});

test.each([
  "nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8",
  "alb.ingress.kubernetes.io/inbound-cidrs: 10.0.0.0/8",
  "nginx.ingress.kubernetes.io/auth-url: https://a.example.org",
])("an ingress that loses %s is raised", (annotation) => {
  const ingress = (annotations: string, spec: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { annotations: { ${annotations} } }\nspec: { ${spec} }\n`;
  for (const spec of [
    "rules: [{ host: a.b, http: { paths: [{ path: / }] } }]",
    "defaultBackend: {}",
  ]) {
    const seen = facts(ingress(annotation, spec), ingress("", spec));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^raised .*public→public/);
    expect(facts(ingress("", spec), ingress("a: b", spec))).toEqual([]);
  }
});

const CONSTRAINT =
  "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sA\nmetadata: { name: a }\nspec:\n  parameters: { a: b }\n";
const POLICY_BINDING =
  "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: a }\nspec:\n  policyName: a\n  validationActions: [Deny]\n";
const NETWORK =
  "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: prod }\nspec:\n  podSelector: {}\n  ingress: [{ from: [PEERS] }]\n";
const KYVERNO =
  "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: a }\nspec:\n  validationFailureAction: Enforce\n  rules:\n  - name: r\n    validate: { message: m, pattern: p }\n";
const WEBHOOK =
  "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: a }\nwebhooks:\n- name: w\n  rules: [RULES]\n";
const ADMISSION =
  "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: a }\nspec:\n  validations: [{ expression: a, message: m }]\n";

test.each([
  {
    when: "another peer is let in instead",
    base: NETWORK.replace("PEERS", "{ podSelector: {} }"),
    head: NETWORK.replace("PEERS", "{ ipBlock: { cidr: 0.0.0.0/0 } }"),
    seen: ["lowered a ingress of all pods in prod listed→listed app.yaml:6"],
  },
  {
    when: "a peer less is let in",
    base: NETWORK.replace("PEERS", "{ podSelector: {} }, { podSelector: { a: b } }"),
    head: NETWORK.replace("PEERS", "{ podSelector: {} }"),
    seen: ["raised a ingress of all pods in prod listed→listed app.yaml:6"],
  },
  {
    when: "a policy goes to another namespace",
    base: NETWORK.replace("PEERS", "{ podSelector: {} }"),
    head: NETWORK.replace("PEERS", "{ podSelector: {} }").replace("prod", "test"),
    seen: [
      "added a ingress of all pods in test -→listed app.yaml:6",
      "removed a ingress of all pods in prod listed→- app.yaml:6",
    ],
  },
  {
    when: "a rule leaves something out",
    base: KYVERNO,
    head: `${KYVERNO}    exclude: { any: [] }\n`,
    seen: ["lowered a rule r enforce→enforce app.yaml:5"],
  },
  {
    when: "a rule checks something else",
    base: KYVERNO,
    head: KYVERNO.replace("pattern: p", "pattern: q"),
    seen: ["lowered a rule r enforce→enforce app.yaml:5"],
  },
  {
    when: "a rule says something else",
    base: KYVERNO,
    head: KYVERNO.replace("message: m", "message: n"),
    seen: [],
  },
  {
    when: "a webhook is asked of less",
    base: WEBHOOK.replace("RULES", "{ resources: [a] }, { resources: [b] }"),
    head: WEBHOOK.replace("RULES", "{ resources: [a] }"),
    seen: ["lowered a webhook w enforce→enforce app.yaml:5"],
  },
  {
    when: "a webhook is asked of more",
    base: WEBHOOK.replace("RULES", "{ resources: [a] }"),
    head: WEBHOOK.replace("RULES", "{ resources: [a] }, { resources: [b] }"),
    seen: ["raised a webhook w enforce→enforce app.yaml:5"],
  },
  {
    when: "a webhook is asked in other namespaces alone",
    base: WEBHOOK.replace("RULES", ""),
    head: `${WEBHOOK.replace("RULES", "")}  namespaceSelector: { matchLabels: { a: b } }\n`,
    seen: ["lowered a webhook w enforce→enforce app.yaml:5"],
  },
  {
    when: "a policy of the API server asks for something else",
    base: ADMISSION,
    head: ADMISSION.replace("expression: a", "expression: 'true'"),
    seen: ["lowered a ValidatingAdmissionPolicy enforce→enforce app.yaml:5"],
  },
  {
    when: "a policy of the API server says something else",
    base: ADMISSION,
    head: ADMISSION.replace("message: m", "message: n"),
    seen: [],
  },
  {
    when: "a constraint comes to match less",
    base: CONSTRAINT,
    head: CONSTRAINT.replace("spec:", "spec:\n  match: { namespaces: [a] }"),
    seen: ["lowered a K8sA enforce→enforce app.yaml:1"],
  },
  {
    when: "a policy's binding comes to match less",
    base: POLICY_BINDING,
    head: POLICY_BINDING.replace("spec:", "spec:\n  matchResources: { namespaceSelector: {} }"),
    seen: ["lowered a ValidatingAdmissionPolicyBinding enforce→enforce app.yaml:7"],
  },
  {
    when: "something is let past a rule",
    base: KYVERNO,
    head: `${KYVERNO}---\napiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: { name: e }\nspec: { exceptions: [{ policyName: a, ruleNames: [r] }], match: { any: [] } }\n`,
    seen: ["added e exception from a/r -→namespace-write app.yaml:13"],
  },
])("of a guard it is seen where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
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
    path: "/spec/template/spec/containers/0/securityContext/privileged",
    value: "true",
    seen: "privileged node",
  },
  { path: "/spec/template/spec/hostPID", value: "true", seen: "the host's processes node" },
  { path: "/spec/hostPID", value: "true", seen: "the host's processes node" },
  {
    path: "/rules/-",
    value: "{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }",
    seen: "*/*: * cluster-takeover",
  },
  { path: "/spec/type", value: "LoadBalancer", seen: "service public" },
])("a patch in a file of its own that sets $path grants it", ({ path, value, seen }) => {
  const text = `- op: add\n  path: ${path}\n  value: ${value}\n`;
  expect(names(text, "overlays/a/patch.yaml")).toContain(seen);
  expect(names(text.replace("op", '"\\x6fp"'), "overlays/a/patch.yaml")).toContain(seen);
  expect(names(text.replace("op: add", "op: remove"), "overlays/a/patch.yaml")).toEqual([]);
});

test.each([
  { written: '{{ "ClusterRole" }}', rules: PODS, seen: "cluster-read" },
  { written: '{{ ternary "ClusterRole" "Role" .Values.a }}', rules: PODS, seen: "cluster-read" },
])("a role whose kind is $written is read as one of the cluster", ({ written, rules, seen }) => {
  expect(names(role(written, rules), TEMPLATE)).toContain(`pods: read ${seen}`);
});

test("a binding whose kind an action chooses is read as one of the cluster", () => {
  const text = BOUND.replace("kind: ClusterRoleBinding", "kind: {{ .Values.kind }}");
  expect(names(text, TEMPLATE)).toEqual(["ROLE cluster"]);
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
    path: "a/kustomization.yaml",
    text: "patches: [{ path: 'https://a.example.org/p.yaml' }]\n",
    seen: "kustomize a.example.org/p.yaml null open",
  },
  {
    path: "a/kustomization.yaml",
    text: "transformers: ['https://a.example.org/p.yaml']\n",
    seen: "kustomize a.example.org/p.yaml null open",
  },
  ...["gh:acme/base", "github.com:acme/base"].map((written) => ({
    path: "a/kustomization.yaml",
    text: `resources: ['${written}']\n`,
    seen: "kustomize github.com/acme/base null open",
  })),
  {
    path: "charts/a/requirements.yaml",
    text: "dependencies: [{ name: b, version: 1.0.0, repository: 'https://a.example.org' }]\n",
    seen: "helm b 1.0.0 exact",
  },
  {
    path: PATH,
    text: "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: { template: { spec: { sources: [{ repoURL: 'https://a.example.org/b.git' }] } } }\n",
    seen: "kustomize a.example.org/b null open",
  },
  {
    path: PATH,
    text: "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nspec: { url: 'oci://a.example.org/b' }\n",
    seen: "helm a.example.org/b null ",
  },
  {
    path: PATH,
    text: "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec: { chart: a, version: 1.0.0, repo: 'https://a.example.org' }\n",
    seen: "helm a 1.0.0 exact",
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
  { path: "deploy/a.json", claim: "resembles" },
  { path: "any/cluster-role-binding.json", claim: "resembles" },
  { path: "k8s/locales/a.json", claim: null },
  { path: "charts/a/templates/role.txt", claim: "resembles" },
  { path: "charts/a/templates/NOTES.txt", claim: null },
  { path: "charts/a/templates/_helpers.tpl", claim: null },
  { path: "web/templates/mail.txt", claim: null },
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
