import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

/** What keeps something away from a cluster's objects: it hurts when it goes. */
interface Guard {
  readonly kind: string;
  readonly name: string;
  readonly level: string;
  readonly line: number;
  readonly conditions?: readonly string[];
  /** What it stops, each by itself. */
  readonly causes?: readonly string[];
}

/** A guard as a capability, of which any loss counts as lowered. */
export function guard(
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
