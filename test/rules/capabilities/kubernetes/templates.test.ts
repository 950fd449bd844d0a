import { expect, test } from "vitest";
import { facts, names, read, TEMPLATE } from "./manifests.ts";

const ROLE =
  "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: a }\nrules:\n- { apiGroups: [''], resources: [pods], verbs: [get] }\n";
const READ = ["pods: read namespace-read"];

test.each([
  {
    what: "an action in a comment counts where Helm renders",
    text: `# {{ if }} {{ "\n${ROLE}`,
    path: TEMPLATE,
    seen: ["template"],
  },
  {
    what: "an action in a comment is none elsewhere",
    text: `# {{ if }} {{ "\n${ROLE}`,
    path: "k8s/a.yaml",
    seen: READ,
  },
  {
    what: "a template is read wherever it lies",
    text: `{{ if .a }}\n${ROLE}{{ end }}\n`,
    path: "k8s/a.yaml",
    seen: READ,
  },
  {
    what: "a block of its own is read",
    text: `{{ block "a" . }}\n${ROLE}{{ end }}\n`,
    path: TEMPLATE,
    seen: READ,
  },
  {
    what: "an action within a comment of Go's is none",
    text: `{{/* {{ if }} */}}\n${ROLE}`,
    path: TEMPLATE,
    seen: READ,
  },
  {
    what: "helpers may write lines of any depth",
    text: ROLE.replace("rules:", '  {{ include "a" . | nindent 2 }} \nrules:'),
    path: TEMPLATE,
    seen: READ,
  },
  { what: "an else needs an if", text: `{{ else }}\n${ROLE}`, path: TEMPLATE, seen: ["template"] },
  {
    what: "private-use characters are refused",
    text: `{{ .a }}\uE000\n${ROLE}`,
    path: TEMPLATE,
    seen: ["template"],
  },
  {
    what: "too many branches are refused",
    text: `{{ if .a }}\n${"{{ else if .b }}\n".repeat(6)}{{ end }}\n${ROLE}`,
    path: TEMPLATE,
    seen: ["template"],
  },
  {
    what: "too deep nesting is refused",
    text: `${"{{ if .a }}\n".repeat(41)}${"{{ end }}\n".repeat(41)}${ROLE}`,
    path: TEMPLATE,
    seen: ["template"],
  },
  {
    what: "too many documents are refused",
    text: `${ROLE}${"---\n".repeat(5_000)}`,
    path: "k8s/a.yaml",
    seen: ["too-many"],
  },
])("$what", ({ text, path, seen }) => {
  expect(names(text, path)).toEqual(seen);
});

test("trimming, and which words an else repeats, say nothing", () => {
  const written = (open: string, other: string): string =>
    `${open}\n${ROLE}${other}\n${ROLE.replace("name: a", "name: b")}{{ end }}\n`;
  const base = written("{{ if .a }}", "{{ else if .b }}");
  expect(facts(base, written("{{-  if   .a -}}", "{{- else if .b }}"), TEMPLATE)).toEqual([]);
  expect(facts(base, written("{{ if .a }}", "{{ else with .b }}"), TEMPLATE)).toEqual([]);
});

test("an else asks that its if does not hold", () => {
  const base = `{{ if .a }}\n{{ else }}\n${ROLE}{{ end }}\n`;
  const seen = facts(base, ROLE, TEMPLATE);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^raised a pods: read/);
});

test("keys that an action writes keep its words", () => {
  const text = ROLE.replace("{ name: a }", '{ "{{ .a }}": b, name: "{{ .b }}" }');
  expect(read(text, TEMPLATE)).toMatchObject({ capabilities: [{ holder: "{{ .b }}" }] });
  expect(
    facts(text, text.replace("{{ .a }}", "{{ .c }}").replace("{{ .b }}", "{{ .d }}"), TEMPLATE),
  ).toHaveLength(2);
});

test.each([
  {
    list: "patches",
    text: "- target: { kind: Role }\n  patch: |-\n    - { op: add, path: /rules/-, value: RULE }\n",
  },
  {
    list: "patchesJson6902",
    text: "- target: { kind: Role }\n  patch: |-\n    - { op: add, path: /rules/-, value: RULE }\n",
  },
  {
    list: "patchesStrategicMerge",
    text: "- |-\n  kind: Role\n  apiVersion: a/v1\n  rules: [RULE]\n- other.yaml\n",
  },
])("what $list hold is read", ({ list, text }) => {
  const rule = "{ apiGroups: [''], resources: [pods], verbs: [get] }";
  const all = `${list}:\n${text.replace("RULE", rule)}`;
  expect(names(all, "a/kustomization.yaml")).toEqual(READ);
});

test("a path of a patch may hold slashes in its steps", () => {
  const path = "/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-edit";
  const text = `patches:\n- target: { kind: ClusterRole, name: a }\n  patch: |-\n    - { op: add, path: ${path}, value: 'true' }\n`;
  expect(names(text, "a/kustomization.yaml")).toEqual(["a cluster"]);
});

test("a document that does not define a type alone is read", () => {
  const type = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";
  expect(names(`  ${ROLE.trimEnd().replaceAll("\n", "\n  ")}\n`)).toEqual(READ);
  expect(names(`${type}kind: Role\n${ROLE.slice(ROLE.indexOf("rules"))}`)).toHaveLength(1);
});
