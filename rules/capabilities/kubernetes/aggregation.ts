import type { Capability } from "../capability.ts";
import { entryOf } from "../data/data-node.ts";
import { mapAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { type Way, wayTo } from "../reach.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

const AGGREGATE = /^rbac\.authorization\.k8s\.io\/aggregate-to-(.+)$/;

/** A role that takes in others by their labels, and one that is taken in. */
export function aggregation(manifest: Manifest, holderContent: string): Capability[] {
  if (manifest.kind !== "ClusterRole") return [];
  const rule = entryOf(manifest.root, "aggregationRule");
  const taken = rule && rule.value.type === "map" ? [rule] : [];
  const labels = mapAt(manifest.root, "metadata", "labels")?.entries ?? [];
  return [
    ...taken.map(({ key, value }): Capability => ({
      kind: "k8s.rule",
      ...granted(manifest, { holder: manifest.name, name: "whatever roles are labelled for it" }),
      ...{ context: "", level: "cluster-write", line: key.line, holderContent },
      reach: [wayAt(manifest, `labels ${contentDigest(canonicalText(value))}`, key.line)],
    })),
    ...labels.flatMap(({ key, value }): Capability[] => {
      const [, into] = AGGREGATE.exec(key.text) ?? [];
      if (into === undefined || value.type !== "scalar" || value.text !== "true") return [];
      return [
        {
          kind: "k8s.binding",
          ...granted(manifest, { holder: `role ${into}`, name: manifest.name }),
          ...{ context: "aggregated", level: "cluster", line: key.line },
          reach: [wayAt(manifest, "aggregated", key.line)],
          holderContent: contentDigest(into, manifest.name),
        },
      ];
    }),
  ];
}

function wayAt(manifest: Manifest, cause: string, line: number): Way {
  return { ...wayTo(cause, line), conditions: conditionsOf(manifest, line).sort() };
}
