import { expect, test } from "vitest";
import { facts, names, read, TEMPLATE } from "./manifests.ts";

const HELD =
  "{ runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault } }";

function pod(spec: string, container = "", annotations = ""): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: app, annotations: { ${annotations} } }\nspec:\n${spec}  containers:\n  - name: main\n    image: a\n${container}`;
}

function brakes(spec: string, container: string): string {
  const reading = read(pod(spec, container));
  const all = reading.understood ? reading.capabilities : [];
  return all.find(({ name }) => name === "container")?.context ?? "-";
}

const withContext = (context: string): string => `    securityContext: ${context}\n`;
const ofPod = (context: string): string => `  securityContext: ${context}\n`;

test.each([
  { what: "all brakes", spec: "", context: HELD, lacks: "" },
  {
    what: "brakes of its pod",
    spec: ofPod("{ runAsNonRoot: true, seccompProfile: { type: Localhost } }"),
    context: "{ allowPrivilegeEscalation: false, capabilities: { drop: [CAP_ALL] } }",
    lacks: "",
  },
  {
    what: "less than its pod",
    spec: ofPod("{ runAsNonRoot: true }"),
    context: HELD.replace("runAsNonRoot: true", "runAsNonRoot: false"),
    lacks: "may run as root",
  },
  {
    what: "root as its user",
    spec: "",
    context: HELD.replace("{ runAsNonRoot", "{ runAsUser: 0, runAsNonRoot"),
    lacks: "may run as root, runs as root",
  },
  {
    what: "another user",
    spec: "",
    context: HELD.replace("{ runAsNonRoot", "{ runAsUser: 1000, runAsNonRoot"),
    lacks: "",
  },
  {
    what: "some capabilities",
    spec: "",
    context: HELD.replace("[ALL]", "[CHOWN]"),
    lacks: "keeps Linux capabilities",
  },
])("a container with $what lacks: $lacks", ({ spec, context, lacks }) => {
  expect(brakes(spec, withContext(context))).toBe(lacks);
});

test("what a chart leaves to its values lacks nothing that is known", () => {
  const text = pod("", "    securityContext: {{ toYaml .Values.a }}\n");
  expect(names(text, TEMPLATE)).toContain("container restricted");
});

const APPARMOR = "container.apparmor.security.beta.kubernetes.io";

test.each([
  { what: "an ordinary /proc", container: withContext("{ procMount: Default }") },
  { what: "no host port", container: "    ports: [{ hostPort: 0 }]\n" },
  { what: "safe sysctls", spec: ofPod("{ sysctls: [{ name: net.ipv4.tcp_syncookies }] }") },
  { what: "another container's AppArmor", annotations: `${APPARMOR}/other: unconfined` },
  { what: "a profile of AppArmor", annotations: `${APPARMOR}/main: runtime/default` },
  { what: "another annotation", annotations: "a: unconfined" },
])("a pod with $what is given nothing", ({ spec = "", container = "", annotations = "" }) => {
  expect(names(pod(spec, container, annotations))).toEqual([
    "account baseline",
    "container baseline",
  ]);
});

test.each([
  { spec: ofPod("{ seccompProfile: { type: Unconfined } }"), seen: "no seccomp privileged" },
  { spec: ofPod("{ appArmorProfile: { type: Unconfined } }"), seen: "no AppArmor privileged" },
  { annotations: `${APPARMOR}/main: unconfined`, seen: "no AppArmor privileged" },
  {
    annotations: "seccomp.security.alpha.kubernetes.io/pod: unconfined",
    seen: "no seccomp privileged",
  },
])("a pod with $spec$annotations is told: $seen", ({ spec = "", annotations = "", seen }) => {
  expect(names(pod(spec, "", annotations))).toContain(seen);
});

test.each([
  { what: "one of two mounts writes", mounts: ["true", "false"], level: "node" },
  { what: "both mounts read", mounts: ["true", "true"], level: "privileged" },
  { what: "nothing mounts it", mounts: [], level: "node" },
])("a host's folder where $what is of level $level", ({ mounts, level }) => {
  const list = mounts.map((readOnly) => `{ name: v, readOnly: ${readOnly} }`).join();
  const text = pod(
    "  volumes: [{ name: v, hostPath: { path: /etc } }]\n",
    `    volumeMounts: [${list}]\n`,
  );
  expect(names(text)).toContain(`host path /etc ${level}`);
});

test.each(["containers", "initContainers", "ephemeralContainers"])(
  "%s of a pod are read",
  (list) => {
    const text = `apiVersion: v1\nkind: Pod\nspec: { ${list}: [{ name: a, securityContext: { privileged: true } }] }\n`;
    expect(names(text)).toContain("privileged node");
  },
);

const POD = "spec: { hostPID: true, containers: [{ name: a }] }";

test.each([
  { kind: "CronJob", body: `spec: { jobTemplate: { spec: { template: { ${POD} } } } }` },
  { kind: "PodTemplate", body: `template: { ${POD} }` },
  { kind: "Rollout", body: `spec: { template: { ${POD} } }` },
])("the pod of a $kind is read", ({ kind, body }) => {
  expect(names(`apiVersion: a/v1\nkind: ${kind}\n${body}\n`)).toContain(
    "the host's processes node",
  );
});

test("a patch of a workload that says nothing of its account leaves it", () => {
  const text =
    "apiVersion: apps/v1\nkind: Deployment\nspec: { template: { spec: { hostIPC: true } } }\n";
  expect(names(text)).toEqual(["the host's shared memory privileged"]);
});

test("a workload that runs something else was not renamed", () => {
  const running = (name: string, command: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { hostPID: true, containers: [{ image: a, ${command} }] }\n`;
  expect(facts(running("a", "command: [b]"), running("c", "command: [b]"))).toEqual([]);
  for (const key of ["command", "args"]) {
    const seen = facts(running("a", `${key}: [b]`), running("c", `${key}: [d]`));
    expect(seen).toContain("added c the host's processes -→node app.yaml:4");
  }
});
