import type { DataMap } from "../data/data-node.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { mapAt, mapsAt, textAt } from "../data/values.ts";
import { type Manifest } from "./manifest.ts";

/** What is run in one pod of a workload. */
export interface PodSpec {
  /** The workload's name. */
  readonly holder: string;
  /** Annotations of the pod, where AppArmor and seccomp used to be set. */
  readonly annotations: DataMap | undefined;
  readonly spec: DataMap;
  /** What it runs: equal where the workload was renamed. */
  readonly content: string;
}

export interface Container {
  /** `WORKLOAD/CONTAINER` */
  readonly holder: string;
  readonly map: DataMap;
  readonly content: string;
}

/** Where workloads hold a pod's template: those of Kubernetes, and others that are built like them. */
const TEMPLATES = [
  ["spec", "template"],
  ["spec", "jobTemplate", "spec", "template"],
  ["template"],
] as const;

/** Kinds of which a patch may hold a pod's settings without its containers. */
const WORKLOADS = new Set([
  ...[
    "Pod",
    "PodTemplate",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "Job",
    "CronJob",
  ],
  "ReplicationController",
]);

/** The pods that a manifest makes, whatever its kind. */
export function podsIn(manifest: Manifest): PodSpec[] {
  const { root, name } = manifest;
  if (manifest.kind === "ClusterServiceVersion") return operatorPods(root);
  const isKnown = WORKLOADS.has(manifest.kind);
  const templates = manifest.kind === "Pod" ? [root] : templatesIn(root);
  return templates
    .flatMap((template) => podOf(template, name))
    .filter((pod) => isKnown || containersOf(pod).length > 0);
}

function templatesIn(root: DataMap): DataMap[] {
  return TEMPLATES.flatMap((keys) => mapAt(root, ...keys) ?? []);
}

function operatorPods(root: DataMap): PodSpec[] {
  const deployments = mapsAt(root, "spec", "install", "spec", "deployments");
  return deployments.flatMap((deployment) =>
    templatesIn(deployment).flatMap((template) =>
      podOf(template, textAt(deployment, "name") ?? ""),
    ),
  );
}

function podOf(template: DataMap, holder: string): PodSpec[] {
  const spec = mapAt(template, "spec");
  if (!spec) return [];
  const content = contentDigest(...containerMaps(spec).map(contentOf));
  return [{ holder, annotations: mapAt(template, "metadata", "annotations"), spec, content }];
}

/** All containers of a pod, those that start it and those that are put into it among them. */
export function containersOf({ spec, holder }: PodSpec): Container[] {
  return containerMaps(spec).map((map) => ({
    holder: `${holder}/${textAt(map, "name") ?? ""}`,
    map,
    content: contentDigest(contentOf(map)),
  }));
}

export function containerMaps(spec: DataMap): DataMap[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((list) =>
    mapsAt(spec, list),
  );
}

/** Less its name, its grants, and what says how it is run. */
function contentOf(container: DataMap): string {
  const runs = container.entries.filter(({ key }) =>
    ["image", "command", "args"].includes(key.text),
  );
  return canonicalText({ ...container, entries: runs });
}
