import { itemsAt, textAt } from "../data/values.ts";
import type { Capability, Certainty } from "../capability.ts";
import {
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
  entryOf,
} from "../data/data-node.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import type { ManifestDocument } from "./documents.ts";

/** One object of the Kubernetes API, as a document or as an item of a list. */
export interface Manifest {
  readonly kind: string;
  /** The group of `apiVersion`, "" for the core's. */
  readonly group: string;
  /** `metadata.name` or `generateName`. */
  readonly name: string;
  /** Null where none is named, or only the one that Helm installs to. */
  readonly namespace: DataScalar | null;
  readonly root: DataMap;
  readonly certainty: Certainty;
  conditionsAt(line: number): readonly string[];
}

/**
 * The objects of a document: itself, or the items of a list or of OpenShift's `Template`, however
 * deep lists stand in lists. Throws `NotUnderstood` for an object of another kind that has items:
 * kubectl applies them and not the object, others do the reverse.
 */
export function manifestsIn(document: ManifestDocument): Manifest[] {
  return objectsIn(document.root, NO_TYPE).flatMap(({ root, kind, version }) => {
    if (kind === undefined) return [];
    return [
      {
        kind: impliedKind(kind, root),
        group: groupOf(version ?? ""),
        name: textAt(root, "metadata", "name") ?? textAt(root, "metadata", "generateName") ?? "",
        namespace: namespaceOf(root),
        root,
        certainty: document.certainty,
        conditionsAt: (line) => document.conditionsAt(line),
      },
    ];
  });
}

interface ObjectType {
  readonly kind: string | undefined;
  readonly version: string | undefined;
}

const NO_TYPE: ObjectType = { kind: undefined, version: undefined };

/** `implied`: what an item is that says neither kind nor version, as in a `RoleList`. */
function objectsIn(node: DataNode, implied: ObjectType): (ObjectType & { root: DataMap })[] {
  if (node.type === "list") return node.items.flatMap((item) => objectsIn(item, implied));
  if (node.type === "scalar") return [];
  const own = { kind: textAt(node, "kind"), version: textAt(node, "apiVersion") };
  const type = own.kind === undefined && own.version === undefined ? implied : own;
  const { kind = "", version } = type;
  if (kind === "Template") {
    return itemsAt(node, "objects").flatMap((item) => objectsIn(item, NO_TYPE));
  }
  const items = entryOf(node, "items");
  if (items?.value.type !== "list") return [{ root: node, ...type }];
  if (!kind.endsWith("List") && version !== undefined) {
    throw new NotUnderstood("list", "an object with items, which not everybody applies", items.key);
  }
  const ofItems = { kind: kind.replace(/List$/, "") || undefined, version };
  return items.value.items.flatMap((item) => objectsIn(item, ofItems));
}

/** A template may choose the kind by an action: what only one kind has tells it. */
function impliedKind(kind: string, root: DataMap): string {
  if (!kind.includes("{{ ")) return kind;
  if (entryOf(root, "roleRef")) return "ClusterRoleBinding";
  return entryOf(root, "rules") && !entryOf(root, "spec") ? "ClusterRole" : kind;
}

/** `apps/v1` is of `apps`; Helm may choose the version by an action. */
function groupOf(version: string): string {
  const slash = version.lastIndexOf("/");
  return slash === -1 ? "" : version.slice(0, slash);
}

function namespaceOf(root: DataMap): DataScalar | null {
  const value = entryAt(root, ["metadata", "namespace"])?.value;
  if (value?.type !== "scalar" || value.text === "") return null;
  return /^\{\{ (?:\.Values\.namespace \| default )?\$?\.Release\.Namespace(?: \| quote)? \}\}$/.test(
    value.text,
  )
    ? null
    : value;
}

/**
 * Whether a boolean is true for whoever reads the manifest: kubectl's parser takes the words of YAML
 * 1.1. An action counts where no value of the chart's user decides it, or its default is true.
 */
export function isTrue(scalar: DataScalar | undefined): boolean {
  if (!scalar) return false;
  if (/^(?:y|yes|true|on)$/i.test(scalar.text)) return true;
  return isAction(scalar) && (/\btrue\b/.test(scalar.text) || !/[.$]/.test(scalar.text));
}

export function isFalse(scalar: DataScalar | undefined): boolean {
  return scalar !== undefined && /^(?:n|no|false|off)$/i.test(scalar.text);
}

/** Whether a template decides a value by an action. */
export function isAction({ text }: DataScalar): boolean {
  return text.includes("{{ ");
}

/** What every capability of a manifest has in common. */
export function granted(
  { certainty }: Manifest,
  { holder, name }: { readonly holder: string; readonly name: string },
): Pick<Capability, "holder" | "name" | "certainty"> {
  return { holder: printable(holder), name: printable(name), certainty };
}

/** Conditions in the form that ways have them. */
export function conditionsOf(manifest: Manifest, ...lines: readonly number[]): string[] {
  const all = lines.flatMap((line) => manifest.conditionsAt(line));
  return [...new Set(all)].map((condition) => `if ${condition}`);
}
