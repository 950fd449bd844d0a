import { expect, test } from "vitest";
import { facts, names, TEMPLATE } from "./manifests.ts";

const service = (spec: string, more = ""): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: a${more} }\nspec: { ${spec} }\n`;

test.each([
  { text: service("type: NodePort"), seen: ["service node"] },
  { text: service("type: ClusterIP"), seen: [] },
  {
    text: service("type: LoadBalancer, externalIPs: [192.0.2.1]"),
    seen: ["address 192.0.2.1 public", "service public"],
  },
  { text: service("externalIPs: [192.0.2.1]"), seen: ["address 192.0.2.1 public"] },
  {
    text: service("type: LoadBalancer").replace("v1", "serving.knative.dev/v1"),
    seen: [],
  },
  {
    text: "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { annotations: { networking.gke.io/load-balancer-type: Internal } }\nspec: { listeners: [{ hostname: a.b }] }\n",
    seen: ["host a.b internal"],
  },
  {
    text: "apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: { listeners: [{ port: 80 }] }\n",
    seen: [],
  },
  {
    text: "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: { hostnames: [a.b] }\n",
    seen: ["host a.b public"],
  },
  {
    text: "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nspec: {}\n",
    seen: ["host * public"],
  },
  {
    text: "apiVersion: route.openshift.io/v1\nkind: Route\nspec: { host: a.b }\n",
    seen: ["host a.b public"],
  },
  {
    text: "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: { ingressClassName: internal, rules: [{ host: a.b }] }\n",
    seen: ["host a.b internal"],
  },
  {
    text: "apiVersion: extensions/v1beta1\nkind: Ingress\nspec: { backend: { serviceName: a } }\n",
    seen: ["host * public"],
  },
  {
    text: "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: { defaultBackend: {}, rules: [{}, { host: a.b }, { host: a.b }] }\n",
    seen: ["host * public", "host a.b public"],
  },
])("what is reached is told: $seen", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
});

test.each([
  {
    when: "one of its ranges is everybody",
    base: service("type: LoadBalancer, ports: [{ port: 80 }]"),
    head: service(
      "type: LoadBalancer, ports: [{ port: 80 }], loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0]",
    ),
    seen: [],
  },
  {
    when: "its protocol is written out",
    base: service("type: LoadBalancer, ports: [{ port: 80 }]"),
    head: service("type: LoadBalancer, ports: [{ port: 80, protocol: TCP }]"),
    seen: [],
  },
  {
    when: "the field comes to count instead of the annotation",
    base: service(
      "type: LoadBalancer, ports: [{ port: 80 }], loadBalancerSourceRanges: [10.0.0.0/8]",
    ),
    head: service(
      "type: LoadBalancer, ports: [{ port: 80 }], loadBalancerSourceRanges: [10.0.0.0/8]",
      ", annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 192.0.2.0/24 }",
    ),
    seen: [],
  },
])("a service reaches no further where $when", ({ base, head, seen }) => {
  expect(facts(base, head)).toEqual(seen);
});

test("a host that a pattern held is nothing new", () => {
  const route = (host: string): string =>
    `apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: a }\nspec: { host: '${host}' }\n`;
  expect(facts(route("*.b.c"), route("a.b.c"))).toEqual([
    "removed a host *.b.c public→- app.yaml:4",
  ]);
});

test("a service with too many ports and ranges is not compared", () => {
  const list = (count: number, item: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => item(n)).join();
  const ports = list(50, (n) => `{ port: ${n} }`);
  const ranges = list(50, (n) => `10.0.${n}.0/24`);
  const text = service(
    `type: LoadBalancer, ports: [${ports}], loadBalancerSourceRanges: [${ranges}]`,
  );
  expect(names(text)).toEqual(["unread too-many"]);
});

test.each([
  {
    what: "another product's",
    text: "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nspec: { ingress: [{}] }\n",
    seen: ["CiliumNetworkPolicy listed"],
  },
  {
    what: "one of both directions by its rules",
    text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] }\n",
    seen: ["egress of all pods listed", "ingress of all pods closed"],
  },
  {
    what: "one of named pods",
    text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: { matchLabels: { b: c, a: b } }, policyTypes: [Egress] }\n",
    seen: ["egress of a=b,b=c closed"],
  },
  {
    what: "one of pods by expressions",
    text: "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: { matchExpressions: [a] }, policyTypes: [Egress] }\n",
    seen: ['egress of {"matchExpressions":["a"]} closed'],
  },
])("a network policy that is $what is told: $seen", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
});

test("one more peer that pods may reach lowers a network policy", () => {
  const policy = (peers: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [${peers}] }] }\n`;
  expect(facts(policy("{ a: b }"), policy("{ a: b }, { a: c }"))).toEqual([
    "lowered  egress of all pods listed→listed app.yaml:3",
  ]);
});

test.each([
  { what: "one rule", rules: [50] },
  { what: "rules together", rules: [40, 40] },
])("a network policy that lets too much through by $what is not compared", ({ rules }) => {
  const list = (count: number): string =>
    Array.from({ length: count }, (_, n) => `{ a: ${n} }`).join();
  const all = rules.map((count) => `{ from: [${list(count)}], ports: [${list(count)}] }`).join();
  const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: { podSelector: {}, ingress: [${all}] }\n`;
  expect(names(text)).toEqual(["unread too-many"]);
});

test.each([
  {
    text: "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sA\nspec: {}\n",
    seen: ["K8sA enforce"],
  },
  {
    text: "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nspec: { validationActions: [Warn, Audit] }\n",
    seen: ["ValidatingAdmissionPolicyBinding audit"],
  },
  {
    text: "apiVersion: kyverno.io/v1\nkind: Policy\nspec: { validationFailureAction: Enforce, rules: [{ name: a, validate: { failureAction: Audit } }, { name: b, mutate: {} }] }\n",
    seen: ["rule a audit"],
  },
  {
    text: "apiVersion: a.b/v1\nkind: Namespace\nmetadata: { labels: { pod-security.kubernetes.io/enforce: baseline } }\n",
    seen: [],
  },
  {
    text: "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nspec: {}\n",
    seen: ["PodSecurityPolicy enforce"],
  },
])("what refuses objects is told: $seen", ({ text, seen }) => {
  expect(names(text)).toEqual(seen);
});

test("a selector without an entry narrows no webhook", () => {
  const webhook = (more: string): string =>
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks: [{ name: a${more} }]\n`;
  expect(facts(webhook(""), webhook(", namespaceSelector: {}"))).toEqual([]);
});

test.each([
  { value: "{{ .Release.Namespace }}", seen: [] },
  { value: '""', seen: [] },
])("the namespace $value is none", ({ value, seen }) => {
  const policy = (namespace: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: "{{ .a }}"${namespace} }\nspec: { podSelector: {} }\n`;
  expect(facts(policy(""), policy(`, namespace: ${value}`), TEMPLATE)).toEqual(seen);
});
