import {
  type DataMap,
  type DataNode,
  type DataScalar,
  flowScalar,
  linesOfRows,
} from "../data/data-node.ts";
import { parseYamlDocuments } from "../data/yaml.ts";
import type { Limits, ManifestDocument } from "./documents.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt, textAt, valueAt } from "../data/values.ts";
import { placedNode } from "./placed-node.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * The manifests that a `kustomization.yaml` holds in itself: patches are parts of them, and the
 * values of a JSON patch stand where its paths put them.
 *
 * Source: kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches.
 */
export function inlinePatches(kustomization: ManifestDocument, limits: Limits): ManifestDocument[] {
  const { root } = kustomization;
  const targeted = ["patches", "patchesJson6902"].flatMap((list) =>
    mapsAt(root, list).flatMap((patch) => {
      const text = scalarAt(patch, "patch");
      const target = mapAt(patch, "target");
      return text ? parsedPatch(text, limits).flatMap((node) => patchManifests(node, target)) : [];
    }),
  );
  const merged = scalarsAt(root, "patchesStrategicMerge")
    .filter(({ text }) => text.includes("\n"))
    .flatMap((text) => parsedPatch(text, limits));
  return [...targeted, ...merged].map((node) => ({ ...kustomization, root: node }));
}

/** What a JSON patch in a file of its own puts into a target that another file names. */
export function patchedParts(file: ManifestDocument): ManifestDocument[] {
  if (file.root.type !== "list") return [];
  return patchManifests(file.root, undefined).map((root) => ({ ...file, root }));
}

function parsedPatch(scalar: DataScalar, limits: Limits): DataNode[] {
  const lineOf = (row: number): number =>
    Math.min(linesOfRows(scalar, row - 1).line, scalar.endLine);
  const { allowance, effort } = limits;
  const dialect = { maxBytes: MAX_BYTES, effort, tags: "kept", mergeKeys: "merged" } as const;
  return parseYamlDocuments(new TextEncoder().encode(scalar.text), dialect, allowance).map((node) =>
    placedNode(node, { lineOf, textOf: (own) => own }),
  );
}

function patchManifests(node: DataNode, target: DataMap | undefined): DataNode[] {
  if (node.type !== "list") return [node];
  return node.items.flatMap((operation) => {
    if (operation.type !== "map" || textAt(operation, "op") === "remove") return [];
    const path = scalarAt(operation, "path");
    const value = valueAt(operation, "value");
    return path && value ? [manifestOf(path, value, target)] : [];
  });
}

/** Steps of a JSON pointer that are followed; a manifest's own are fewer. */
const MAX_STEPS = 30;

/** `/spec/template/spec/containers/0` and a container: the manifest that has nothing else. */
function manifestOf(path: DataScalar, value: DataNode, target: DataMap | undefined): DataMap {
  const steps = path.text
    .split("/")
    .slice(1, MAX_STEPS)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const patched = steps.reduceRight<DataNode>((inner, step) => nested(step, inner), value);
  const { line, endLine } = path;
  const place = { line, column: path.column, endLine };
  const word = (text: string): DataScalar => ({ ...flowScalar("string", text), ...place });
  const name = { key: word("name"), value: word((target && textAt(target, "name")) ?? "") };
  const own = patched.type === "map" ? patched.entries : [];
  const [metadata] = own.filter(({ key }) => key.text === "metadata");
  const named = [name, ...(metadata?.value.type === "map" ? metadata.value.entries : [])];
  const entries = [
    { key: word("kind"), value: word((target && textAt(target, "kind")) ?? kindAt(path.text)) },
    { key: word("apiVersion"), value: word(`${(target && textAt(target, "group")) ?? ""}/v1`) },
    { key: word("metadata"), value: { type: "map", entries: named, ...place } as const },
    ...own.filter((entry) => entry !== metadata),
  ];
  return { type: "map", entries, ...place };
}

/** The kind of which an object is that has something at a path, where nothing else says it. */
function kindAt(path: string): string {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? "";
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^\/rules\b/, "ClusterRole"],
  [/^\/(?:roleRef|subjects)\b/, "ClusterRoleBinding"],
  [/^\/spec\/(?:type|externalIPs|loadBalancerSourceRanges)\b/, "Service"],
  [/^\/spec\/(?:template|jobTemplate)\b/, "Deployment"],
  [/^\/spec\b/, "Pod"],
];

function nested(step: string, inner: DataNode): DataNode {
  const { line, column, endLine } = inner;
  const place = { line, column, endLine };
  if (/^(?:-|\d+)$/.test(step)) return { type: "list", items: [inner], ...place };
  const key = { ...flowScalar("string", step), ...place };
  return { type: "map", entries: [{ key, value: inner }], ...place };
}
