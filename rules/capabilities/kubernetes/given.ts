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
  /** What it is, where another one at the same place is a raise. */
  readonly cause?: string;
}

/** A capability of a pod or a container that was given something. */
export function givenCapability(
  manifest: Manifest,
  { holder, content }: Pick<PodSpec, "holder" | "content">,
  given: Given,
): Capability {
  const { name, level, line, asked = [], cause = "given" } = given;
  const conditions = [...asked, ...conditionsOf(manifest, line)].sort();
  return {
    kind: "k8s.pod-security",
    ...granted(manifest, { holder, name }),
    ...{ context: printable(asked.join(", ")), level, line },
    reach: [{ cause, conditions, line, guardLine: line }],
    holderContent: content,
  };
}

/** What a pod gives to its containers, or one of these has alone. */
export function ofBoth(map: DataMap): Given[] {
  return [...hostProcess(map), ...labelledProcess(map)];
}

/** Windows' privileged containers. */
function hostProcess(map: DataMap): Given[] {
  const value = scalarAt(map, "securityContext", "windowsOptions", "hostProcess");
  return value && isTrue(value)
    ? [{ name: "a process of the host", level: "node", line: value.line }]
    : [];
}

/** Labels of SELinux by which a container is held as one. */
const HELD = /^container_(?:t|init_t|kvm_t|engine_t)$/;

/** Another label of SELinux than a container's; `spc_t` is not held at all. */
function labelledProcess(map: DataMap): Given[] {
  const options = ["type", "user", "role"] as const;
  return options.flatMap((option): Given[] => {
    const value = scalarAt(map, "securityContext", "seLinuxOptions", option);
    if (!value || value.text === "" || (option === "type" && HELD.test(value.text))) return [];
    const level = value.text === "spc_t" ? "node" : "privileged";
    return [{ name: `SELinux ${option} ${value.text}`, level, line: value.line }];
  });
}
