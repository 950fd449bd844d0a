/** How much power a verb on a resource is: see `strengthOf`. */
export type Strength = "read" | "write" | "takeover";

/** What stands for every group, resource and verb. */
export const ANY = "*";

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete", "deletecollection"];

/** `read`, `write`, `*`, or a verb that is a power of its own. */
export function verbClass(verb: string): string {
  if (READ.includes(verb)) return "read";
  return WRITE.includes(verb) ? "write" : verb;
}

/** By these verbs alone more can be had than one has. */
const TAKEOVER_VERBS = ["escalate", "bind", "impersonate", "approve", "sign", ANY];

/** What runs as somebody else, or hands out or checks who one is, whatever the verb: by group and resource. */
const TAKEOVER_ANY = new Set([
  ...["/pods/exec", "/pods/attach", "/nodes/proxy", "/pods/ephemeralcontainers"],
  ...["/secrets", "/serviceaccounts/token"],
  ...["security.openshift.io/securitycontextconstraints", "policy/podsecuritypolicies"],
]);

/** What whoever writes it can make more out of: workloads, roles, webhooks, what checks requests. */
const TAKEOVER_WRITE = new Set([
  ...["/pods", "/replicationcontrollers", "/serviceaccounts", "/nodes", "/nodes/status"],
  ...["/persistentvolumes", "/podtemplates", "/namespaces"],
  ...["apps/deployments", "apps/daemonsets", "apps/statefulsets", "apps/replicasets"],
  ...["extensions/deployments", "extensions/daemonsets", "extensions/replicasets"],
  ...["batch/jobs", "batch/cronjobs"],
  ...["rbac.authorization.k8s.io/roles", "rbac.authorization.k8s.io/clusterroles"],
  ...["rbac.authorization.k8s.io/rolebindings", "rbac.authorization.k8s.io/clusterrolebindings"],
  ...["admissionregistration.k8s.io/mutatingwebhookconfigurations"],
  ...["admissionregistration.k8s.io/validatingwebhookconfigurations"],
  ...["admissionregistration.k8s.io/validatingadmissionpolicies"],
  ...["admissionregistration.k8s.io/validatingadmissionpolicybindings"],
  ...["admissionregistration.k8s.io/mutatingadmissionpolicies"],
  ...["certificates.k8s.io/certificatesigningrequests/approval"],
  ...["apiregistration.k8s.io/apiservices", "apiextensions.k8s.io/customresourcedefinitions"],
]);

/** Groups of which some resource is a takeover, so that all of them are. */
const TAKEOVER_GROUPS = new Set([...TAKEOVER_WRITE, ANY].map((one) => one.split("/")[0] ?? ""));

/** Deleting what runs stops it, and makes nothing run. */
const DELETING = ["delete", "deletecollection"];

/**
 * How much power a verb on a resource is. `takeover`: more can be had by it than it says, such as
 * other accounts' rights, secrets, or the machines. Events only tell, so that writing them counts
 * for no more than reading.
 *
 * Source: kubernetes.io/docs/concepts/security/rbac-good-practices, "privilege escalation risks".
 */
export function strengthOf(group: string, resource: string, verb: string): Strength {
  const kind = verbClass(verb);
  if (kind === "read") return readsMore(group, resource) ? "takeover" : "read";
  if (verb !== ANY && resource === "events") return "read";
  if (DELETING.includes(verb)) return "write";
  if (resource === ANY && TAKEOVER_GROUPS.has(group)) return "takeover";
  if (TAKEOVER_VERBS.includes(verb) && verb !== ANY) return "takeover";
  const named = `${group}/${resource}`;
  const all = [...TAKEOVER_WRITE, ...TAKEOVER_ANY];
  const isTakeover =
    TAKEOVER_WRITE.has(named) ||
    TAKEOVER_ANY.has(named) ||
    (group === ANY && all.some((one) => one.endsWith(`/${resource}`))) ||
    all.some((one) => isOfEvery(resource, one, group));
  return isTakeover ? "takeover" : "write";
}

/** `pods/exec`, written for every resource at once, is that part of every resource of a group. */
function isOfEvery(resource: string, named: string, group: string): boolean {
  if (!resource.startsWith(`${ANY}/`)) return false;
  return (group === ANY || named.startsWith(`${group}/`)) && named.endsWith(resource.slice(1));
}

function readsMore(group: string, resource: string): boolean {
  const isOfCore = group === "" || group === ANY;
  return (
    isOfCore &&
    (resource === ANY ||
      TAKEOVER_ANY.has(`/${resource}`) ||
      [...TAKEOVER_ANY].some((one) => isOfEvery(resource, one, "")))
  );
}
