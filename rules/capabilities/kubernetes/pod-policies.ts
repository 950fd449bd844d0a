import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { capabilityLevel } from "./container-security.ts";
import { type Given, givenCapability, type PodLevel } from "./given.ts";
import { isTrue, type Manifest } from "./manifest.ts";

/** `allowPrivilegedContainer` of OpenShift's constraints is `privileged` of a PodSecurityPolicy. */
const LETS: readonly (readonly [string, string, PodLevel])[] = [
  ["allowPrivilegedContainer", "privileged", "node"],
  ["allowHostPID", "hostPID", "node"],
  ["allowHostIPC", "hostIPC", "privileged"],
  ["allowHostNetwork", "hostNetwork", "privileged"],
  ["allowHostPorts", "hostPorts", "privileged"],
  ["allowHostDirVolumePlugin", "hostPath", "node"],
];

/**
 * What a policy of pods lets them have, to whom it is given: such a policy holds pods, and gives
 * more to those that may use it.
 *
 * Source: docs.openshift.com, managing security context constraints; PodSecurityPolicy, v1beta1.
 */
export function letsPods(manifest: Manifest): Capability[] {
  const { kind, root, name } = manifest;
  if (kind === "SecurityContextConstraints") return told(manifest, given(root, 0), name);
  if (kind !== "PodSecurityPolicy") return [];
  const spec = valueAt(root, "spec");
  return spec?.type === "map" ? told(manifest, given(spec, 1), name) : [];
}

function told(manifest: Manifest, all: readonly Given[], holder: string): Capability[] {
  return all.map((one) => givenCapability(manifest, { holder, content: "" }, one));
}

function given(map: DataMap, spelling: 0 | 1): Given[] {
  const shares = LETS.flatMap(([...spellings]): Given[] => {
    const value = scalarAt(map, spellings[spelling]);
    if (!value || !isTrue(value)) return [];
    return [{ name: `lets pods have ${spellings[1]}`, level: spellings[2], line: value.line }];
  });
  const capabilities = scalarsAt(map, "allowedCapabilities").map(({ text, line }): Given => {
    const name = text.toUpperCase().replace(/^CAP_/, "");
    const level = name === "*" ? "node" : capabilityLevel(name);
    return { name: `lets pods have capability ${name}`, level, line };
  });
  const volumes = scalarsAt(map, "volumes")
    .filter(({ text }) => text === "*" || text === "hostPath")
    .map(({ line }): Given => ({ name: "lets pods have hostPath", level: "node", line }));
  return [...shares, ...capabilities, ...volumes.slice(0, 1)];
}
