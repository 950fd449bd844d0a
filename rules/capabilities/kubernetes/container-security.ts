import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryAt } from "../data/data-node.ts";
import { printable } from "../printable.ts";
import type { Way } from "../reach.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import { conditionsOf, granted, isFalse, isTrue, type Manifest } from "./manifest.ts";
import { type Given, givenCapability, ofBoth, type PodLevel } from "./given.ts";
import type { Container, PodSpec } from "./pods.ts";

/** What one container is given, and which of the brakes of the `restricted` standard it lacks. */
export function containerSecurity(
  manifest: Manifest,
  pod: PodSpec,
  container: Container,
): Capability[] {
  const { map } = container;
  const given = [
    ...privileged(map),
    ...addedCapabilities(map),
    ...ofBoth(map),
    ...procMount(map),
    ...unconfined(pod, map),
    ...hostPorts(map),
  ];
  const lacking = unrestricted(manifest, pod, container);
  return [...given.map((one) => givenCapability(manifest, container, one)), lacking];
}

function privileged(map: DataMap): Given[] {
  const value = scalarAt(map, "securityContext", "privileged");
  return value && isTrue(value) ? [{ name: "privileged", level: "node", line: value.line }] : [];
}

/** Linux capabilities that containers have anyway, or that the baseline lets them have. */
const BASELINE_CAPABILITIES = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "SETFCAP"],
  ...["NET_BIND_SERVICE", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

/** Those that break out of a container. */
const NODE_CAPABILITIES = new Set([
  ...["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "BPF"],
  ...["DAC_READ_SEARCH", "PERFMON", "MAC_ADMIN", "MAC_OVERRIDE"],
]);

function addedCapabilities(map: DataMap): Given[] {
  return scalarsAt(map, "securityContext", "capabilities", "add").map(({ text, line }): Given => {
    const name = text.toUpperCase().replace(/^CAP_/, "");
    return { name: `capability ${name}`, level: capabilityLevel(name), line };
  });
}

/** How strong a Linux capability is, by its name without `CAP_`. */
export function capabilityLevel(name: string): PodLevel {
  if (NODE_CAPABILITIES.has(name)) return "node";
  return BASELINE_CAPABILITIES.has(name) ? "baseline" : "privileged";
}

function procMount(map: DataMap): Given[] {
  const value = scalarAt(map, "securityContext", "procMount");
  if (!value || value.text === "Default") return [];
  return [{ name: "an unmasked /proc", level: "privileged", line: value.line }];
}

/** `Unconfined` of seccomp or AppArmor, in the fields and in the annotations before them. */
function unconfined({ spec, annotations }: PodSpec, map: DataMap): Given[] {
  const profiles = [map, spec].flatMap((holder) =>
    (["seccompProfile", "appArmorProfile"] as const).flatMap((key): Given[] => {
      const type = scalarAt(holder, "securityContext", key, "type");
      if (type?.text !== "Unconfined") return [];
      const name = key === "seccompProfile" ? "no seccomp" : "no AppArmor";
      return [{ name, level: "privileged", line: type.line }];
    }),
  );
  const container = textAt(map, "name") ?? "";
  const annotated = (annotations?.entries ?? []).flatMap(({ key, value }): Given[] => {
    if (value.type !== "scalar" || value.text !== "unconfined") return [];
    if (key.text === `container.apparmor.security.beta.kubernetes.io/${container}`) {
      return [{ name: "no AppArmor", level: "privileged", line: value.line }];
    }
    if (!/^(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//.test(key.text)) return [];
    return [{ name: "no seccomp", level: "privileged", line: value.line }];
  });
  return [...profiles, ...annotated];
}

function hostPorts(map: DataMap): Given[] {
  return mapsAt(map, "ports").flatMap((port): Given[] => {
    const value = scalarAt(port, "hostPort");
    if (!value || value.text === "0") return [];
    return [{ name: `host port ${value.text}`, level: "privileged", line: value.line }];
  });
}

/** A brake of the `restricted` standard that a container lacks, and where that is written or would be. */
interface Lack {
  readonly what: string;
  readonly line: number;
}

/** One capability for all brakes, each that is lacking being a way: losing one is a raise. */
function unrestricted(
  manifest: Manifest,
  pod: PodSpec,
  { holder, map, content }: Container,
): Capability {
  const context = entryAt(map, ["securityContext"]);
  const place = context?.key.line ?? map.line;
  const lacks = leavesToValues(manifest, pod, map) ? [] : lacksOf(pod.spec, map, place);
  const reach = lacks.map(({ what, line }): Way => {
    return { cause: what, conditions: conditionsOf(manifest, line), line, guardLine: line };
  });
  return {
    kind: "k8s.pod-security",
    ...granted(manifest, { holder, name: "container" }),
    context: printable(lacks.map(({ what }) => what).join(", ")),
    level: lacks.length === 0 ? "restricted" : "baseline",
    line: map.line,
    reach,
    holderContent: content,
  };
}

/** A template may leave it all to the chart's user: nothing is known then. */
function leavesToValues({ certainty }: Manifest, { spec }: PodSpec, map: DataMap): boolean {
  return (
    certainty === "heuristic" &&
    [map, spec].some((owner) => {
      const value = entryAt(owner, ["securityContext"])?.value;
      return value?.type === "scalar";
    })
  );
}

function lacksOf(spec: DataMap, map: DataMap, place: number): Lack[] {
  const ofContainer = mapAt(map, "securityContext");
  const ofPod = mapAt(spec, "securityContext");
  const either = (...keys: string[]): DataScalar | undefined =>
    (ofContainer && scalarAt(ofContainer, ...keys)) ?? (ofPod && scalarAt(ofPod, ...keys));
  const own = (...keys: string[]): DataScalar | undefined =>
    ofContainer && scalarAt(ofContainer, ...keys);
  const dropped = ofContainer ? scalarsAt(ofContainer, "capabilities", "drop") : [];
  const user = either("runAsUser");
  const isRoot = user !== undefined && Number(user.text) === 0;
  const isSafe = {
    "may run as root": isTrue(either("runAsNonRoot")) && !isRoot,
    "may gain privileges": isFalse(own("allowPrivilegeEscalation")),
    "keeps Linux capabilities": dropped.some(({ text }) => /^(?:CAP_)?ALL$/i.test(text)),
    "has no seccomp profile": /^(?:RuntimeDefault|Localhost)$/.test(
      either("seccompProfile", "type")?.text ?? "",
    ),
  };
  const lacks = Object.entries(isSafe).flatMap(([what, safe]) =>
    safe ? [] : [{ what, line: place }],
  );
  return isRoot ? [...lacks, { what: "runs as root", line: user.line }] : lacks;
}
