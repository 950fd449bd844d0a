import type { Claim } from "../capability.ts";
import { FIXTURES, isInFolder } from "../in-folder.ts";

/** Folders in which manifests are kept, by the conventions of kubectl, Kustomize, kubebuilder, OLM, Argo CD and Flux. */
const MANIFESTS = [
  ...["k8s", "kube", "kubernetes", "kubernetes-manifests", "manifests", "manifest", "openshift"],
  ...["deploy", "deployment", "deployments", "release", "releases", "install", "installation"],
  ...["rbac", "kustomize", "kustomization", "base", "bases", "overlay", "overlays", "components"],
  ...["argocd", "argo-cd", "argo", "flux", "flux-system", "gitops", "cluster", "clusters"],
  ...["bundle", "operator", "operators", "addons", "charts", "chart", "helm", "infra"],
];

/** What is rendered before it is applied, and what is kept to be broken. */
const RENDERED = [...FIXTURES, "templates", "test", "tests"];

/** What is data by its nature, large, and never a manifest. */
const DATA = [
  ...["cassettes", "vcr_cassettes", "locales", "locale", "i18n", "translations"],
  ...["__snapshots__", "node_modules"],
];

/** Names that manifests have wherever they lie. */
const NAMED =
  /(?:^|[-_.])(?:cluster-?role(?:-?binding)?s?|role-?bindings?|rbac|daemon-?set|stateful-?set|network-?polic(?:y|ies)|kustomization)(?:[-_.]|$)/;

/**
 * How a path is claimed; see `claims.md` for why. A manifest by its folder or name grants; any other
 * YAML, and what is rendered or kept broken, resembles one. Null for what is no YAML, and for data.
 */
export function claimManifest(path: string): Claim | null {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/\.json$/.test(name)) return mayBeJsonManifest(path, name) ? "resembles" : null;
  if (isRendered(path, name)) return "resembles";
  if (isKustomization(path)) return isInFolder(path, RENDERED) ? "resembles" : "grants";
  if (!/\.ya?ml$/.test(name)) return null;
  if (isInFolder(path, RENDERED)) return "resembles";
  if (isInFolder(path, MANIFESTS) || NAMED.test(name)) return "grants";
  return isInFolder(path, DATA) ? null : "resembles";
}

/** kubectl and Kustomize take JSON where they take YAML, and Helm renders whatever lies with templates. */
function mayBeJsonManifest(path: string, name: string): boolean {
  return (isInFolder(path, MANIFESTS) || NAMED.test(name)) && !isInFolder(path, DATA);
}

/** Helm renders all that lies in a chart's `templates`, but for parts and notes. */
function isRendered(path: string, name: string): boolean {
  const isOther = /\.(?:tpl|txt|tmpl|gotmpl)$/.test(name) && !/^_|^notes\.txt$/.test(name);
  return isOther && isTemplate(path) && isInFolder(path, ["chart", "charts", "helm"]);
}

/** Whether Kustomize takes a file as its own by the name alone: it may lack `apiVersion` and `kind`. */
export function isKustomization(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Whether a file names the charts that a chart takes in: `apiVersion` is not in each of them. */
export function isChart(path: string): boolean {
  return /(?:^|\/)(?:Chart|requirements)\.yaml$/.test(path);
}

/** Whether Helm renders a file: then every action in it counts, also in comments. */
export function isTemplate(path: string): boolean {
  return isInFolder(path, ["templates"]);
}
