import { expect, test } from "vitest";
import { facts, names, TEMPLATE } from "./manifests.ts";

const RBAC = "apiVersion: rbac.authorization.k8s.io/v1\n";
const PODS = "{ apiGroups: [''], resources: [pods], verbs: [get] }";

function role(kind: string, metadata: string, rules = `[${PODS}]`): string {
  return `${RBAC}kind: ${kind}\nmetadata: { ${metadata} }\nrules: ${rules}\n`;
}

test.each([
  { what: "a label of a Role", kind: "Role", value: "'true'" },
  { what: "a label that says no", kind: "ClusterRole", value: "'false'" },
])("$what puts it into no other role", ({ kind, value }) => {
  const labels = `labels: { rbac.authorization.k8s.io/aggregate-to-edit: ${value} }`;
  expect(names(role(kind, `name: a, ${labels}`))).toHaveLength(1);
});

test.each([
  {
    what: "a role of one namespace becomes one of any",
    base: role("Role", "name: a, namespace: b"),
    head: role("Role", "name: a"),
    delta: ["raised a pods: read namespace-read→namespace-read app.yaml:4"],
  },
  {
    what: "a role's namespace is another one",
    base: role("Role", "name: a, namespace: b"),
    head: role("Role", "name: a, namespace: c"),
    delta: ["raised a pods: read namespace-read→namespace-read app.yaml:4"],
  },
  {
    what: "a role is renamed",
    base: role("Role", "name: a, namespace: b, labels: { x: y }"),
    head: role("Role", "generateName: c, namespace: b, labels: { x: y }"),
    delta: [],
  },
  {
    what: "an address of the API server is one of many that were allowed",
    base: role("ClusterRole", "name: a", "[{ nonResourceURLs: ['*'], verbs: [get] }]"),
    head: role("ClusterRole", "name: a", "[{ nonResourceURLs: [/a], verbs: [get] }]"),
    delta: ["removed a *: read cluster-read→- app.yaml:4"],
  },
])("where $what, the facts are $delta", ({ base, head, delta }) => {
  expect(facts(base, head)).toEqual(delta);
});

const rules = (groups: number, resources: number, verbs: number): string => {
  const list = (count: number): string => Array.from({ length: count }, (_, n) => `x${n}`).join();
  return `[{ apiGroups: [${list(groups)}], resources: [${list(resources)}], verbs: [${list(verbs)}] }]`;
};
const objects = (count: number): string =>
  `{ apiGroups: [a], resources: [b], verbs: [get], resourceNames: [${Array.from({ length: count }, (_, n) => `o${n}`).join()}] }`;

test.each([
  { what: "one rule that allows too much", all: rules(30, 30, 30) },
  { what: "rules that allow too much together", all: `[${Array(11).fill(objects(1_000)).join()}]` },
  { what: "one resource in too many ways", all: `[${objects(1_001)}]` },
])("$what is not compared", ({ all }) => {
  expect(names(role("Role", "name: a", all))).toEqual(["unread too-many"]);
});

test("the strongest of a resource's verbs counts, wherever it stands", () => {
  const all = "[{ apiGroups: [''], resources: [pods], verbs: [delete, create] }]";
  expect(names(role("Role", "name: a", all))).toEqual(["pods: write namespace-takeover"]);
});

test.each([
  { rule: "apiGroups: [''], resources: ['*'], verbs: [create]", level: "takeover" },
  { rule: "apiGroups: [''], resources: ['*'], verbs: [delete]", level: "write" },
  { rule: "apiGroups: ['*'], resources: ['*'], verbs: [get]", level: "takeover" },
  { rule: "apiGroups: [apps], resources: ['*'], verbs: [get]", level: "read" },
  { rule: "apiGroups: [a.b], resources: [c], verbs: ['*']", level: "write" },
  { rule: "apiGroups: [''], resources: [events], verbs: ['*']", level: "write" },
])("{ $rule } is $level", ({ rule, level }) => {
  const [found = ""] = names(role("Role", "name: a", `[{ ${rule} }]`));
  expect(found.split(" ").at(-1)).toBe(`namespace-${level}`);
});

test("what an operator is granted is told, in its namespace and in the cluster", () => {
  const text = `apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: { name: a }
spec:
  install:
    spec:
      permissions: [{ serviceAccountName: a, rules: [${PODS}] }]
      clusterPermissions: [{ serviceAccountName: a, rules: [${PODS.replace("pods", "nodes")}] }]
      deployments:
        - name: a
          spec: { template: { spec: { hostPID: true, containers: [{ name: b, image: c }] } } }
`;
  expect(names(text)).toEqual([
    "account baseline",
    "container baseline",
    "nodes: read cluster-read",
    "pods: read namespace-read",
    "the host's processes node",
  ]);
});

function binding(kind: string, metadata: string, subject: string, ref = "name: view"): string {
  return `${RBAC}kind: ${kind}\nmetadata: { ${metadata} }\nroleRef: { ${ref} }\nsubjects:\n- { ${subject} }\n`;
}

test.each([
  {
    what: "a binding of a namespace counts everywhere",
    base: binding("RoleBinding", "name: a", "kind: User, name: b"),
    head: binding("ClusterRoleBinding", "name: a", "kind: User, name: b"),
    delta: ["raised User b view namespace→cluster app.yaml:6"],
  },
  {
    what: "one that counted everywhere counts in a namespace",
    base: binding("ClusterRoleBinding", "name: a", "kind: User, name: b"),
    head: binding("RoleBinding", "name: a", "kind: User, name: b"),
    delta: ["lowered User b view cluster→namespace app.yaml:6"],
  },
  {
    what: "its namespace is another one",
    base: binding("RoleBinding", "name: a, namespace: b", "kind: User, name: b"),
    head: binding("RoleBinding", "name: a, namespace: c", "kind: User, name: b"),
    delta: ["raised User b view namespace→namespace app.yaml:6"],
  },
  {
    what: "the account is another namespace's",
    base: binding("RoleBinding", "name: a", "kind: ServiceAccount, name: b, namespace: c"),
    head: binding("RoleBinding", "name: a", "kind: ServiceAccount, name: b, namespace: d"),
    delta: [
      "added ServiceAccount d/b view -→namespace app.yaml:6",
      "removed ServiceAccount c/b view namespace→- app.yaml:6",
    ],
  },
])("where $what, the facts are $delta", ({ base, head, delta }) => {
  expect(facts(base, head)).toEqual(delta);
});

test("an account is no group, whatever it is called", () => {
  const text = binding(
    "RoleBinding",
    "name: a",
    "kind: ServiceAccount, name: 'system:authenticated'",
  );
  expect(names(text)).toEqual(["view namespace"]);
});

test("the namespace that a chart is installed to is none", () => {
  const subject = (namespace: string): string =>
    binding("RoleBinding", "name: a", `kind: ServiceAccount, name: b${namespace}`);
  const seen = facts(
    subject(", namespace: {{ .Release.Namespace }}"),
    subject("").replace("name: a", "name: {{ .a }}"),
    TEMPLATE,
  );
  expect(seen).toEqual([]);
});

test("what a template asks for a binding's role is a condition of it", () => {
  const text = (role: string): string =>
    `${RBAC}kind: RoleBinding\nmetadata: { name: a }\nroleRef:\n${role}subjects:\n- { kind: User, name: b }\n`;
  const seen = facts(
    text("{{- if .a }}\n  name: view\n{{- end }}\n"),
    text("  name: view\n"),
    TEMPLATE,
  );
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^raised User b view/);
});
