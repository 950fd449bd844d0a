import type { Capability } from "../capability.ts";
import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt } from "../data/values.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

/** The levels of `k8s.network-policy`, from weakest to strongest. */
export const NETWORK_LEVELS = ["listed", "closed"] as const;

/** The levels of `k8s.admission`, from weakest to strongest. */
export const ADMISSION_LEVELS = ["audit", "baseline", "enforce"] as const;

/** Pairs of peers and ports that one policy may name: more than anybody can have meant. */
const MAX_LET_THROUGH = 2_000;

/** Other products' network policies, of which only that they are there is told. */
const OTHER_NETWORK_GROUPS = [
  "cilium.io",
  "projectcalico.org",
  "crd.projectcalico.org",
  "policy.networking.k8s.io",
];

/**
 * What a NetworkPolicy keeps away from pods, in each direction: a guard, which hurts when it goes.
 * What it lets through is its condition, so that one more of that lowers it.
 *
 * Source: kubernetes.io/docs/concepts/services-networking/network-policies.
 */
export function networkPolicies(manifest: Manifest): Capability[] {
  const { kind, group, root } = manifest;
  const spec = mapAt(root, "spec");
  if (!/NetworkPolic(?:y|ySet)$/.test(kind) || !spec) return [];
  if (OTHER_NETWORK_GROUPS.includes(group)) {
    return [
      guard(manifest, { kind: "k8s.network-policy", name: kind, level: "listed", line: root.line }),
    ];
  }
  return (["ingress", "egress"] as const).flatMap((direction) =>
    directionOf(manifest, spec, direction),
  );
}

function directionOf(
  manifest: Manifest,
  spec: DataMap,
  direction: "ingress" | "egress",
): Capability[] {
  const types = scalarsAt(spec, "policyTypes").map(({ text }) => text.toLowerCase());
  const rules = entryOf(spec, direction);
  const isMeant =
    types.length > 0 ? types.includes(direction) : direction === "ingress" || rules !== undefined;
  if (!isMeant) return [];
  const items = rules?.value.type === "list" ? rules.value.items : [];
  if (items.some(isOpen)) return [];
  const through = items.flatMap((rule) => letThrough(rule));
  if (through.length > MAX_LET_THROUGH) {
    throw new NotUnderstood("too-many", "a network policy that lets too much through", rules?.key);
  }
  const line = rules?.key.line ?? spec.line;
  const selector = mapAt(spec, "podSelector");
  return [
    guard(manifest, {
      kind: "k8s.network-policy",
      name: `${direction} of ${selectorText(selector)}${inNamespace(manifest)}`,
      level: through.length === 0 ? "closed" : "listed",
      line,
      conditions: through,
    }),
  ];
}

/** In another namespace it guards other pods. */
function inNamespace({ namespace }: Manifest): string {
  return namespace ? ` in ${namespace.text}` : "";
}

/** A rule that names no peers lets all of them through, on its ports. */
function isOpen(rule: DataNode): boolean {
  return (
    rule.type === "map" &&
    rule.entries.every(({ value }) => value.type === "list" && value.items.length === 0)
  );
}

/** Every peer on every port that one rule lets through. */
function letThrough(rule: DataNode): string[] {
  if (rule.type !== "map") return [];
  const listed = (key: string): readonly DataNode[] => {
    const value = entryOf(rule, key)?.value;
    return value?.type === "list" && value.items.length > 0 ? value.items : [];
  };
  const peers = [...listed("from"), ...listed("to")].map((peer) => canonicalText(peer));
  const ports = listed("ports").map((port) => canonicalText(port));
  if (peers.length * ports.length > MAX_LET_THROUGH) {
    throw new NotUnderstood("too-many", "a network policy that lets too much through", rule);
  }
  const all = (texts: readonly string[]): readonly string[] => (texts.length > 0 ? texts : ["any"]);
  return all(peers).flatMap((peer) =>
    all(ports).map((port) => `lets ${contentDigest(peer, port)}`),
  );
}

function selectorText(selector: DataMap | undefined): string {
  if (!selector || selector.entries.length === 0) return "all pods";
  const labels = mapAt(selector, "matchLabels")?.entries ?? [];
  if (selector.entries.length > 1 || labels.length === 0) return canonicalText(selector);
  return labels
    .map(({ key, value }) => `${key.text}=${value.type === "scalar" ? value.text : ""}`)
    .sort()
    .join(",");
}

/** Groups whose objects refuse what breaks a rule of the cluster. */
const GATEKEEPER = ["constraints.gatekeeper.sh", "templates.gatekeeper.sh"];

/**
 * What refuses objects when they are created: admission policies and webhooks, Kyverno, Gatekeeper,
 * and the Pod Security level that a namespace enforces. A guard, too.
 */
export function admissionGuards(manifest: Manifest): Capability[] {
  const { kind, group, root } = manifest;
  const named = { kind: "k8s.admission", line: root.line, name: kind };
  if (kind === "Namespace" && group === "") return namespaceGuards(manifest);
  if (group === "kyverno.io" && /^(?:Cluster)?Policy$/.test(kind)) return kyvernoGuards(manifest);
  if (GATEKEEPER.includes(group)) {
    const action = scalarAt(root, "spec", "enforcementAction");
    const isDenying = action === undefined || action.text === "deny";
    return [
      guard(manifest, {
        ...named,
        level: isDenying ? "enforce" : "audit",
        line: action?.line ?? root.line,
        causes: [checked(mapAt(root, "spec"), "match", "enforcementAction")],
        conditions: narrowed(mapAt(root, "spec"), "match"),
      }),
    ];
  }
  if (kind === "ValidatingAdmissionPolicyBinding") {
    const actions = scalarsAt(root, "spec", "validationActions");
    const isDenying = actions.some(({ text }) => text === "Deny");
    return [
      guard(manifest, {
        ...named,
        level: isDenying ? "enforce" : "audit",
        line: actions[0]?.line ?? root.line,
        causes: [checked(mapAt(root, "spec"), "matchResources", "validationActions")],
        conditions: narrowed(mapAt(root, "spec"), "matchResources"),
      }),
    ];
  }
  if (kind === "ValidatingAdmissionPolicy") {
    const spec = mapAt(root, "spec") ?? root;
    const validations = mapsAt(spec, "validations").map((one) =>
      checked(one, "message", "messageExpression", "reason"),
    );
    return [failing(manifest, spec, { name: kind, causes: validations })];
  }
  if (kind === "ValidatingWebhookConfiguration") {
    return mapsAt(root, "webhooks").map((webhook) => {
      const name = `webhook ${scalarAt(webhook, "name")?.text ?? ""}`;
      return failing(manifest, webhook, {
        name,
        causes: mapsAt(webhook, "rules").map((rule) => checked(rule)),
      });
    });
  }
  const isOlder = kind === "PodSecurityPolicy" || kind === "SecurityContextConstraints";
  return isOlder ? [guard(manifest, { ...named, level: "enforce" })] : [];
}

/** What Kyverno lets past its rules: a grant to whatever it matches. */
export function admissionExceptions(manifest: Manifest): Capability[] {
  const { kind, group, root, name: holder } = manifest;
  if (kind !== "PolicyException" || group !== "kyverno.io") return [];
  return mapsAt(root, "spec", "exceptions").flatMap((exception) => {
    const policy = scalarAt(exception, "policyName");
    const rules = scalarsAt(exception, "ruleNames").map(({ text }) => text);
    const line = policy?.line ?? exception.line;
    const narrowing = narrowed(mapAt(root, "spec"), "conditions");
    const conditions = [...narrowing, ...conditionsOf(manifest, line)].sort();
    return rules.map((rule): Capability => {
      const name = `exception from ${policy?.text ?? ""}/${rule}`;
      const cause = checked(mapAt(root, "spec", "match"));
      return {
        kind: "k8s.rule",
        ...granted(manifest, { holder, name }),
        ...{ context: "", level: "namespace-write", line },
        reach: [{ cause, conditions, line, guardLine: line }],
        holderContent: contentDigest(kind, name),
      };
    });
  });
}

/** What lets objects in while it fails itself only tells. */
function failing(
  manifest: Manifest,
  map: DataMap,
  { name, causes }: { readonly name: string; readonly causes: readonly string[] },
): Capability {
  const policy = scalarAt(map, "failurePolicy");
  return guard(manifest, {
    ...{ kind: "k8s.admission", name, line: policy?.line ?? map.line },
    level: policy?.text === "Ignore" ? "audit" : "enforce",
    conditions: narrowed(map, "namespaceSelector", "objectSelector", "matchConditions"),
    ...(causes.length > 0 && { causes }),
  });
}

/** What the Pod Security level of a namespace counts as; `privileged` guards nothing. */
const POD_SECURITY: ReadonlyMap<string, (typeof ADMISSION_LEVELS)[number]> = new Map([
  ["restricted", "enforce"],
  ["baseline", "baseline"],
]);

function namespaceGuards(manifest: Manifest): Capability[] {
  const label = scalarAt(manifest.root, "metadata", "labels", "pod-security.kubernetes.io/enforce");
  const level = POD_SECURITY.get(label?.text ?? "");
  if (!label || level === undefined) return [];
  return [
    guard(manifest, { kind: "k8s.admission", name: "pod security", level, line: label.line }),
  ];
}

function kyvernoGuards(manifest: Manifest): Capability[] {
  const spec = mapAt(manifest.root, "spec");
  if (!spec) return [];
  const general = scalarAt(spec, "validationFailureAction");
  return mapsAt(spec, "rules").flatMap((rule) => {
    const validate = mapAt(rule, "validate");
    if (!validate) return [];
    const action = scalarAt(validate, "failureAction") ?? general;
    const level = /^enforce$/i.test(action?.text ?? "") ? "enforce" : "audit";
    const name = `rule ${scalarAt(rule, "name")?.text ?? ""}`;
    return [
      guard(manifest, {
        ...{ kind: "k8s.admission", name, level, line: action?.line ?? rule.line },
        causes: [checked(validate, "message", "failureAction", "failureActionOverrides")],
        conditions: [
          ...narrowed(rule, "match", "exclude", "preconditions", "celPreconditions"),
          ...narrowed(validate, "failureActionOverrides"),
          ...narrowed(spec, "validationFailureActionOverrides"),
        ],
      }),
    ];
  });
}

/** Parts of a guard as conditions: with one more of them, or another one, it stops less. */
function narrowed(map: DataMap | undefined, ...keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = map && entryOf(map, key)?.value;
    const isEmpty = !value || (value.type === "map" && value.entries.length === 0);
    return isEmpty ? [] : [`${key} ${contentDigest(canonicalText(value))}`];
  });
}

/** What a guard checks, as the cause by which it stops something; what it tells people does not count. */
function checked(map: DataMap | undefined, ...told: readonly string[]): string {
  return map ? `checks ${contentDigest(canonicalText(map, told))}` : "guards";
}

interface Guard {
  readonly kind: string;
  readonly name: string;
  readonly level: string;
  readonly line: number;
  readonly conditions?: readonly string[];
  /** What it stops, each by itself. */
  readonly causes?: readonly string[];
}

function guard(
  manifest: Manifest,
  { kind, name, level, line, conditions = [], causes = ["guards"] }: Guard,
): Capability {
  const all = [...conditions, ...conditionsOf(manifest, line)].sort();
  return {
    kind,
    ...granted(manifest, { holder: manifest.name, name }),
    ...{ context: "", level, line, isGuard: true },
    reach: causes.map((cause) => ({ cause, conditions: all, line, guardLine: line })),
    holderContent: contentDigest(kind, name, manifest.namespace?.text ?? ""),
  };
}
