import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { printable } from "../printable.ts";
import { scalarAt } from "../data/values.ts";
import { conditionsOf, granted, isTrue, type Manifest } from "./manifest.ts";
import type { PodSpec } from "./pods.ts";

/**
 * The levels of `k8s.pod-security`, from weakest to strongest: what the Pod Security Standard of that
 * name allows, and `node` for what gives the machine as well.
 */
export const POD_LEVELS = ["restricted", "baseline", "privileged", "node"] as const;

export type PodLevel = (typeof POD_LEVELS)[number];

/** Something that a pod is given, and the value that gives it. */
export interface Given {
  readonly name: string;
  readonly level: PodLevel;
  readonly line: number;
  readonly asked?: readonly string[];
}

/** A capability of a pod or a container that was given something. */
export function givenCapability(
  manifest: Manifest,
  { holder, content }: Pick<PodSpec, "holder" | "content">,
  given: Given,
): Capability {
  const { name, level, line, asked = [] } = given;
  const conditions = [...asked, ...conditionsOf(manifest, line)].sort();
  return {
    kind: "k8s.pod-security",
    ...granted(manifest, { holder, name }),
    ...{ context: printable(asked.join(", ")), level, line },
    reach: [{ cause: "given", conditions, line, guardLine: line }],
    holderContent: content,
  };
}

/** Windows' privileged containers, for a pod or a container. */
export function hostProcess(map: DataMap): Given[] {
  const value = scalarAt(map, "securityContext", "windowsOptions", "hostProcess");
  return value && isTrue(value)
    ? [{ name: "a process of the host", level: "node", line: value.line }]
    : [];
}
