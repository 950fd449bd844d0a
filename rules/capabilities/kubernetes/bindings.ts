import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { contentDigest } from "../holder-content.ts";
import { mapAt, mapsAt, scalarAt, textAt } from "../data/values.ts";
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
      reach: [{ cause: "bound", conditions, line, guardLine: line }],
      holderContent: contentDigest(holder, name.text),
    };
  });
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
  const scope = isCluster ? "cluster" : "namespace";
  return ADMIN_ROLES.includes(role) ? `${scope}-admin` : scope;
}
