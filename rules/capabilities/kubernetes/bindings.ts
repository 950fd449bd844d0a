import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { contentDigest } from "../holder-content.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

/** The levels of `k8s.binding`, from weakest to strongest. */
export const BINDING_LEVELS = [
  "namespace",
  "cluster",
  "namespace-admin",
  "cluster-admin",
  "everyone",
] as const;

/** Roles of Kubernetes itself that hold nearly everything. */
const ADMIN_ROLES = ["cluster-admin", "admin", "edit", "system:masters"];

/** Groups and users that are everybody, or whoever has any account. */
const EVERYONE = [
  ...["system:authenticated", "system:unauthenticated", "system:anonymous"],
  ...["system:serviceaccounts", "system:masters"],
];

/**
 * Who gets which role by a RoleBinding or ClusterRoleBinding: one capability for each subject.
 *
 * Source: kubernetes.io/docs/reference/access-authn-authz/rbac#rolebinding-and-clusterrolebinding.
 */
export function bindings(manifest: Manifest): Capability[] {
  const role = mapAt(manifest.root, "roleRef");
  const name = role && scalarAt(role, "name");
  if (!name) return [];
  const isCluster = manifest.kind === "ClusterRoleBinding";
  return mapsAt(manifest.root, "subjects").map((subject): Capability => {
    const holder = subjectName(subject);
    const line = (scalarAt(subject, "name") ?? subject).line;
    const { namespace } = manifest;
    const conditions = [
      ...(isCluster ? [] : ["namespaced", ...(namespace ? [`namespace ${namespace.text}`] : [])]),
      ...conditionsOf(manifest, line, name.line, subject.line),
    ].sort();
    return {
      kind: "k8s.binding",
      ...granted(manifest, { holder, name: name.text }),
      context: isCluster ? "everywhere" : "in a namespace",
      level: levelOf(subject, name.text, isCluster),
      line,
      // A Role and a ClusterRole of one name are two.
      reach: [{ cause: `to a ${textAt(role, "kind") ?? ""}`, conditions, line, guardLine: line }],
      holderContent: contentDigest(holder, name.text),
    };
  });
}

/**
 * Whom OpenShift's older lists name: `users` and `groups` of constraints of pods, and `userNames` and
 * `groupNames` of a binding.
 */
export function listedSubjects(manifest: Manifest): Capability[] {
  const { kind, root } = manifest;
  const isBinding = kind === "RoleBinding" || kind === "ClusterRoleBinding";
  if (!isBinding && kind !== "SecurityContextConstraints") return [];
  const role = isBinding ? (textAt(root, "roleRef", "name") ?? "") : manifest.name;
  const scope = kind === "RoleBinding" ? "namespace" : "cluster";
  return LISTS.flatMap(([subject, ...lists]) =>
    scalarsAt(root, lists[isBinding ? 0 : 1]).map(({ text, line }): Capability => {
      const level = EVERYONE.includes(text) ? "everyone" : scopedLevel(role, scope);
      const conditions = conditionsOf(manifest, line).sort();
      return {
        kind: "k8s.binding",
        ...granted(manifest, { holder: `${subject} ${text}`, name: role }),
        ...{ context: "listed", level, line },
        reach: [{ cause: "listed", conditions, line, guardLine: line }],
        holderContent: contentDigest(text, role),
      };
    }),
  );
}

const LISTS = [
  ["User", "userNames", "users"],
  ["Group", "groupNames", "groups"],
] as const;

function scopedLevel(role: string, scope: "namespace" | "cluster"): string {
  return ADMIN_ROLES.includes(role) ? `${scope}-admin` : scope;
}

/** `ServiceAccount monitoring/prometheus`, `Group admins` */
function subjectName(subject: DataMap): string {
  const namespace = textAt(subject, "namespace");
  const isInstalled =
    namespace === undefined || /^\{\{ \$?\.Release\.Namespace.*\}\}$/.test(namespace);
  const place = isInstalled ? "" : `${namespace}/`;
  return `${textAt(subject, "kind") ?? ""} ${place}${textAt(subject, "name") ?? ""}`.trim();
}

function levelOf(subject: DataMap, role: string, isCluster: boolean): string {
  const name = textAt(subject, "name") ?? "";
  const isAccount = textAt(subject, "kind") === "ServiceAccount";
  const isEveryone = EVERYONE.includes(name) || name.startsWith("system:serviceaccounts:");
  if (!isAccount && isEveryone) return "everyone";
  return scopedLevel(role, isCluster ? "cluster" : "namespace");
}
