import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryAt } from "../data/data-node.ts";
import { printable } from "../printable.ts";
import { containerSecurity } from "./container-security.ts";
import { mapAt, mapsAt, scalarAt, textAt } from "../data/values.ts";
import { isFalse, isTrue, type Manifest } from "./manifest.ts";
import { type Given, givenCapability, ofBoth, type PodLevel } from "./given.ts";
import { containerMaps, containersOf, podsIn, type PodSpec } from "./pods.ts";

/**
 * What the pods of a workload may do beyond their own container, and what holds them in it.
 *
 * Source: kubernetes.io/docs/concepts/security/pod-security-standards.
 */
export function podSecurity(manifest: Manifest): Capability[] {
  const volume = manifest.kind === "PersistentVolume" ? mapAt(manifest.root, "spec") : undefined;
  const paths = volume ? hostPathOf(volume, []) : [];
  return [
    ...podsIn(manifest).flatMap((pod) => [
      ...givenToPod(pod).map((given) => givenCapability(manifest, pod, given)),
      ...accountOf(manifest, pod),
      ...containersOf(pod).flatMap((container) => containerSecurity(manifest, pod, container)),
    ]),
    ...paths.map((given) =>
      givenCapability(manifest, { holder: manifest.name, content: "" }, given),
    ),
  ];
}

const HOST_SHARES: readonly (readonly [string, string, PodLevel])[] = [
  ["hostNetwork", "the host's network", "privileged"],
  ["hostPID", "the host's processes", "node"],
  ["hostIPC", "the host's shared memory", "privileged"],
];

function givenToPod({ spec }: PodSpec): Given[] {
  const shares = HOST_SHARES.flatMap(([key, name, level]): Given[] => {
    const value = scalarAt(spec, key);
    return value && isTrue(value) ? [{ name, level, line: value.line }] : [];
  });
  return [...shares, ...hostPaths(spec), ...sysctls(spec), ...ofBoth(spec)];
}

function hostPaths(spec: DataMap): Given[] {
  const mounts = containerMaps(spec).flatMap((container) => mapsAt(container, "volumeMounts"));
  const mountsOf = Map.groupBy(mounts, (mount) => textAt(mount, "name"));
  return mapsAt(spec, "volumes").flatMap((volume) =>
    hostPathOf(volume, mountsOf.get(textAt(volume, "name")) ?? []),
  );
}

/** The host's folders that give the machine to whoever writes, or even reads, them, and what holds such folders. */
const NODE_PATHS =
  /^\/(?:$|(?:etc|root|home|proc|sys|dev|boot|usr|bin|sbin|lib|opt|var\/run|run|var\/lib\/(?:kubelet|docker|containers?|containerd|crio|etcd|rancher)|var\/log)(?:\/|$)|var(?:\/lib)?$)|\.sock$/;

/** Disks of Windows, and the pipes by which its services are ruled. */
const WINDOWS_PATHS = /^\/?[a-z]:[\\/]*(?:$|windows|programdata)|[\\/]pipe[\\/]/i;

function hostPathOf(volume: DataMap, mounts: readonly DataMap[]): Given[] {
  const path = scalarAt(volume, "hostPath", "path") ?? scalarAt(volume, "local", "path");
  if (!path) return [];
  const isReadOnly =
    mounts.length > 0 && mounts.every((mount) => isTrue(scalarAt(mount, "readOnly")));
  return [
    {
      name: `host path ${path.text}`,
      level: leadsToNode(path) && !isReadOnly ? "node" : "privileged",
      line: path.line,
      asked: isReadOnly ? ["read-only"] : [],
    },
  ];
}

function leadsToNode({ text }: DataScalar): boolean {
  const steps = text.split("/").filter((step) => step !== "" && step !== ".");
  return NODE_PATHS.test(`/${steps.join("/")}`) || WINDOWS_PATHS.test(text) || steps.includes("..");
}

/** A volume that brings in the account's token by itself. */
function tokenIn(spec: DataMap): DataMap | undefined {
  return mapsAt(spec, "volumes")
    .flatMap((volume) => mapsAt(volume, "projected", "sources"))
    .find((source) => mapAt(source, "serviceAccountToken"));
}

/** Kernel settings of the pod alone. */
const SAFE_SYSCTLS = new Set([
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies"],
  ...["net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time"],
  ...["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"],
]);

function sysctls(spec: DataMap): Given[] {
  return mapsAt(spec, "securityContext", "sysctls").flatMap((sysctl): Given[] => {
    const name = scalarAt(sysctl, "name");
    if (!name || SAFE_SYSCTLS.has(name.text)) return [];
    return [{ name: `sysctl ${name.text}`, level: "privileged", line: name.line }];
  });
}

/** The service account that the pod runs as, and whether its token lies in the pod; another one is a raise. */
function accountOf(manifest: Manifest, pod: PodSpec): Capability[] {
  const { spec } = pod;
  const named = scalarAt(spec, "serviceAccountName") ?? scalarAt(spec, "serviceAccount");
  const mounted = entryAt(spec, ["automountServiceAccountToken"]);
  const token = tokenIn(spec);
  const isOff = mounted?.value.type === "scalar" && isFalse(mounted.value);
  const isMounted = !isOff || token !== undefined;
  const line = (isMounted ? (named ?? token)?.line : undefined) ?? mounted?.key.line ?? spec.line;
  // A patch that says nothing of it leaves it as it is.
  if (!named && !mounted && containersOf(pod).length === 0) return [];
  const account = `account ${named?.text ?? "default"}`;
  const given = { name: "account", cause: account, line } as const;
  const level = isMounted ? "baseline" : "restricted";
  const context = printable(`${account}, its token is ${isMounted ? "" : "not "}mounted`);
  return [{ ...givenCapability(manifest, pod, { ...given, level }), context }];
}
