import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";
import { rewritten } from "./rewritten.ts";

const PATH = "deploy/app.yaml";

function pair(base: string, head: string, path = PATH) {
  return { base: { [path]: base }, head: { [path]: head } };
}

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: app
rules:
  - apiGroups: ["", apps]
    resources: [pods, deployments]
    verbs: [get, list]
  - nonResourceURLs: [/metrics]
    verbs: [get]
`;

const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: app
  namespace: web
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: ServiceAccount, name: app, namespace: web }
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      serviceAccountName: app
      securityContext:
        runAsNonRoot: true
      containers:
        - name: main
          image: registry.example.org/app:1.2.3
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL] }
            seccompProfile: { type: RuntimeDefault }
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  type: ClusterIP
  selector: { app: app }
  ports:
    - port: 80
`;

const NETWORK = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: app
spec:
  podSelector: { matchLabels: { app: app } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
      ports: [{ port: 80 }]
`;

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: app
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;

const KUSTOMIZATION = `resources:
  - app.yaml
  - https://github.com/acme/base//config?ref=v1
images:
  - name: app
    newTag: 1.2.3
`;

const TEMPLATE = `{{- if .Values.rbac.create }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "app.name" . }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
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

export const kubernetesSamples: FormatSamples = {
  reader: "kubernetes",
  files: [
    { path: PATH, text: ROLE, movedTo: "manifests/role.yml" },
    { path: "rbac/binding.yaml", text: BINDING, movedTo: PATH },
    { path: PATH, text: DEPLOYMENT, movedTo: "anywhere/app.yaml" },
    { path: "service.yaml", text: SERVICE },
    { path: "network.yaml", text: NETWORK, movedTo: PATH },
    { path: "namespace.yaml", text: NAMESPACE, movedTo: PATH },
    { path: "overlays/prod/kustomization.yaml", text: KUSTOMIZATION },
    { path: PATH, text: [ROLE, DEPLOYMENT, SERVICE].join("---\n"), movedTo: "manifests/all.yml" },
    {
      path: "charts/app/templates/role.yaml",
      text: TEMPLATE,
      movedTo: "charts/app/templates/rbac.yaml",
    },
  ],
  gains: [
    {
      what: "a role may delete pods",
      kind: "k8s.rule",
      ...pair(ROLE, ROLE.replace("[get, list]", "[get, list, delete]")),
    },
    {
      what: "a template's role loses its condition",
      kind: "k8s.rule",
      base: { "charts/a/templates/role.yaml": TEMPLATE },
      head: {
        "charts/a/templates/role.yaml": TEMPLATE.replace(
          "{{- if .Values.rbac.create }}\n",
          "",
        ).replace(/\{\{- end \}\}\n$/, ""),
      },
    },
    {
      what: "a binding comes to count everywhere",
      kind: "k8s.binding",
      ...pair(BINDING, BINDING.replace("kind: RoleBinding", "kind: ClusterRoleBinding")),
    },
    {
      what: "a container becomes privileged",
      kind: "k8s.pod-security",
      ...pair(
        DEPLOYMENT,
        DEPLOYMENT.replace("capabilities:", "privileged: true\n            capabilities:"),
      ),
    },
    {
      what: "a container may run as root again",
      kind: "k8s.pod-security",
      ...pair(DEPLOYMENT, DEPLOYMENT.replace("runAsNonRoot: true", "runAsNonRoot: false")),
    },
    {
      what: "a service is reached from outside",
      kind: "k8s.exposure",
      ...pair(SERVICE, SERVICE.replace("ClusterIP", "LoadBalancer")),
    },
  ],
  losses: [
    {
      what: "a network policy lets one more peer in",
      kind: "k8s.network-policy",
      ...pair(
        NETWORK,
        NETWORK.replace(
          "      ports:",
          "        - podSelector: { matchLabels: { app: other } }\n      ports:",
        ),
      ),
    },
    {
      what: "a network policy goes",
      kind: "k8s.network-policy",
      ...pair(NETWORK, SERVICE),
    },
    {
      what: "a namespace enforces a weaker level",
      kind: "k8s.admission",
      ...pair(NAMESPACE, NAMESPACE.replace("restricted", "baseline")),
    },
  ],
  nothing: [
    {
      what: "a rule is taken apart, and its verbs are written in another order",
      ...pair(
        ROLE,
        `${ROLE.replace('["", apps]', '[""]').replace("[get, list]", "[list, get]")}  - apiGroups: [apps]
    resources: [deployments, pods]
    verbs: [get]
  - apiGroups: [apps]
    resources: [pods, deployments]
    verbs: [list]
  - apiGroups: [""]
    resources: [deployments]
    verbs: [get, list]
`,
      ),
    },
    {
      what: "a verb is named that a wider rule has had already",
      ...pair(
        ROLE.replace("[get, list]", '["*"]'),
        `${ROLE.replace("[get, list]", '["*"]')}  - { apiGroups: [apps], resources: [deployments], verbs: [delete] }\n`,
      ),
    },
    {
      what: "a workload is renamed",
      ...pair(
        DEPLOYMENT.replace("runAsNonRoot: true", "runAsNonRoot: false"),
        DEPLOYMENT.replace("runAsNonRoot: true", "runAsNonRoot: false").replace(
          "name: main",
          "name: other",
        ),
      ),
    },
  ],
  // A template is no YAML that could be written in another way.
  rewrite: (text, hand) =>
    text.includes("{{")
      ? text.replaceAll("\n", hand.lineBreak)
      : rewritten({ path: PATH, text }, hand, {}),
  adversaries: [
    ...[
      {
        what: "a role with very many resources",
        write: (bytes: number) =>
          `apiVersion: v1\nkind: Role\nrules:\n- apiGroups: [a]\n  verbs: [get]\n  resources: [${numbered(bytes, (n) => `r${n},`)}z]\n`,
      },
      {
        what: "roles, one a document",
        write: (bytes: number) =>
          numbered(bytes, (n) => `apiVersion: v1\nkind: Role\nmetadata: {name: r${n}}\n---\n`),
      },
      {
        what: "a pod with very many volumes and mounts",
        write: (bytes: number) =>
          `apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n${numbered(bytes / 2, (n) => `  - {name: v${n}, hostPath: {path: /a}}\n`)}  containers:\n  - volumeMounts:\n${numbered(bytes / 2, (n) => `    - {name: v${n}}\n`)}`,
      },
      {
        what: "a pod with very many containers",
        write: (bytes: number) =>
          `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${numbered(bytes, (n) => `  - {name: c${n}, image: a}\n`)}`,
      },
      {
        what: "a network policy with very many peers",
        write: (bytes: number) =>
          `apiVersion: v1\nkind: NetworkPolicy\nspec:\n  ingress:\n  - from:\n${numbered(bytes, (n) => `    - {ipBlock: ${n}}\n`)}`,
      },
      {
        what: "lists of very many words",
        write: (bytes: number) =>
          fill(`apiVersion: v1\nkind: Pod\na: [${fill("a,", 40_000)}]\n---\n`, bytes),
      },
      {
        what: "empty lines",
        write: (bytes: number) => `apiVersion: v1\n${fill("\n", bytes)}`,
      },
      {
        what: "separators",
        write: (bytes: number) => `apiVersion: v1\n${fill("---\n", bytes)}`,
      },
    ].map((one) => ({ ...one, path: PATH })),
    ...[
      {
        what: "actions",
        write: (bytes: number) => `apiVersion: {{\n}}\n${fill("{{ .a }}", bytes)}`,
      },
      {
        what: "ifs that never end",
        write: (bytes: number) => `apiVersion: {{ a }}\n${fill("{{ if a }}", bytes)}`,
      },
      {
        what: "ifs with an else, one after the other",
        write: (bytes: number) =>
          `apiVersion: {{ a }}\n${fill("{{ if a }}b{{ else }}c{{ end }}\n", bytes)}`,
      },
      {
        what: "quotes in an action",
        write: (bytes: number) => `apiVersion: {{ ${fill('"', bytes)}`,
      },
      {
        what: "apostrophes in an action",
        write: (bytes: number) => `apiVersion: {{ ${fill("'\\", bytes)}`,
      },
      {
        what: "an action that never ends",
        write: (bytes: number) => `apiVersion: {{ ${fill("a ", bytes)}`,
      },
      {
        what: "comments in a template",
        write: (bytes: number) => `apiVersion: ${fill("{{/* ", bytes)}`,
      },
      {
        what: "spaces in an action",
        write: (bytes: number) => `apiVersion: {{ a ${fill(" ", bytes)}- }}`,
      },
    ].map((one) => ({
      what: `a template with ${one.what}`,
      write: one.write,
      path: "templates/a.yaml",
    })),
    {
      what: "very many patches that are one",
      path: "kustomization.yaml",
      write: (bytes: number) =>
        `a: &a |\n  a: [${fill("a,", bytes / 2)}]\npatches:\n${fill("- patch: *a\n", bytes / 2)}`,
    },
    {
      what: "escapes without a key",
      path: "a.yaml",
      write: (bytes: number) => fill("\\u0061", bytes),
    },
    {
      what: "broken lines without a key",
      path: "a.yaml",
      write: (bytes: number) => fill("\\\n \t", bytes),
    },
    {
      what: "an edge of a document that is spaces",
      path: "a.yaml",
      write: (bytes: number) => `apiVersion: a\n${fill(" \n", bytes)}`,
    },
  ],
};
