import type { Capability } from "../capability.ts";
import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { mapAt, scalarsAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { guard } from "./guard.ts";
import type { Manifest } from "./manifest.ts";

/** The levels of `k8s.network-policy`, from weakest to strongest. */
export const NETWORK_LEVELS = ["listed", "closed"] as const;

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
