import type { Dependency } from "../../dependencies/dependency.ts";
import {
  type DependencySource,
  fileAt,
  gitAt,
  localPath,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { rangeOf } from "../npm/spec.ts";
import { imageDependency } from "../container/image.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import { isAction, type Manifest } from "./manifest.ts";
import { containersOf, podsIn } from "./pods.ts";

/** The images that a workload's containers run. */
export function workloadImages(manifest: Manifest): Dependency[] {
  return podsIn(manifest)
    .flatMap((pod) => containersOf(pod))
    .flatMap(({ map }) => {
      const image = scalarAt(map, "image");
      if (!image || isAction(image)) return [];
      return imageDependency(image.text, { group: "", line: image.line }) ?? [];
    });
}

/** The charts that a `Chart.yaml` takes in. */
export function chartDependencies(root: DataNode): Dependency[] {
  return mapsAt(root, "dependencies").flatMap((chart) =>
    chartOf(chart, { name: "name", version: "version", repository: "repository" }),
  );
}

/** What a `kustomization.yaml` takes in from elsewhere: resources, images and charts. */
export function kustomizeDependencies(root: DataNode): Dependency[] {
  const lists = [
    ...["resources", "bases", "components", "crds", "patchesStrategicMerge"],
    ...["generators", "transformers", "validators", "configurations"],
  ];
  return [
    ...lists.flatMap((list) => scalarsAt(root, list).flatMap((item) => remoteResource(item, list))),
    ...["patches", "patchesJson6902"].flatMap((list) =>
      mapsAt(root, list).flatMap((patch) =>
        scalarsAt(patch, "path").flatMap((item) => remoteResource(item, list)),
      ),
    ),
    ...mapsAt(root, "images").flatMap(replacedImage),
    ...mapsAt(root, "helmCharts").flatMap((chart) =>
      chartOf(chart, { name: "name", version: "version", repository: "repo" }),
    ),
  ];
}

/** Where Argo CD and Flux fetch what they apply. */
export function appliedSources({ kind, group, root }: Manifest): Dependency[] {
  if (kind === "Application" && group === "argoproj.io") return applicationSources(root);
  if (kind === "ApplicationSet" && group === "argoproj.io") {
    const spec = mapAt(root, "spec", "template");
    return spec ? applicationSources(spec) : [];
  }
  if (/^(?:Helm|OCI)Repository$|^Bucket$/.test(kind) && group.startsWith("source.toolkit")) {
    const url = scalarAt(root, "spec", "url") ?? scalarAt(root, "spec", "endpoint");
    return url ? [servedFrom(url)] : [];
  }
  if (kind === "HelmChart" && group === "helm.cattle.io") {
    const spec = mapAt(root, "spec");
    return spec ? chartOf(spec, { name: "chart", version: "version", repository: "repo" }) : [];
  }
  if (kind === "GitRepository" && group.startsWith("source.toolkit.fluxcd.io")) {
    const url = scalarAt(root, "spec", "url");
    const ref = ["commit", "semver", "tag", "branch"].flatMap(
      (key) => scalarAt(root, "spec", "ref", key) ?? [],
    );
    return url ? [gitDependency(url, ref[0]?.text ?? null, "flux")] : [];
  }
  return [];
}

function applicationSources(root: DataMap): Dependency[] {
  const sources = mapsAt(root, "spec", "sources");
  const one = mapAt(root, "spec", "source");
  return [...(one ? [one] : []), ...sources].flatMap(argoSource);
}

/** Charts and manifests that Flux takes from an address, whichever of them. */
function servedFrom({ text, line }: DataScalar): Dependency {
  const source = registryAt(text.replace(/^oci:/i, "https:"), "helm", []);
  const name = text.replace(/^[a-z]+:\/\/(?:[^/@]*@)?/i, "");
  return { ecosystem: "helm", name, version: null, group: "flux", direct: true, source, line };
}

function argoSource(source: DataMap): Dependency[] {
  const keys = { name: "chart", version: "targetRevision", repository: "repoURL" };
  if (scalarAt(source, "chart")) return chartOf(source, keys);
  const url = scalarAt(source, "repoURL");
  return url ? [gitDependency(url, textAt(source, "targetRevision") ?? null, "argocd")] : [];
}

interface ChartKeys {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

function chartOf(chart: DataMap, keys: ChartKeys): Dependency[] {
  const name = scalarAt(chart, keys.name);
  if (!name) return [];
  const version = textAt(chart, keys.version) ?? null;
  const repository = textAt(chart, keys.repository) ?? "";
  return [
    {
      ...{ ecosystem: "helm", name: name.text, version, group: "", direct: true },
      range: version === null ? "open" : rangeOf(version),
      source: chartSource(repository, name.text),
      line: name.line,
    },
  ];
}

function chartSource(repository: string, name: string): DependencySource {
  if (repository === "") return localPath(`charts/${name}`);
  if (repository.startsWith("file:")) return localPath(repository.slice("file://".length));
  // `@stable` and `alias:stable` are names that each user's machine gives its repositories.
  if (/^(?:@|alias:)/.test(repository)) return ownRegistry("helm");
  return registryAt(repository, "helm", []);
}

/** `https://…/install.yaml`, `github.com/acme/base//config?ref=v1`, `git@host:acme/base.git` */
function remoteResource(item: DataScalar, group: string): Dependency[] {
  const { line } = item;
  const text = item.text.replace(/^gh:/i, "github.com/");
  const isAddress =
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(?:git::|git@|[^/]+@[^/]+:)/.test(text);
  const isHost =
    /^(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(text) || /[?&]ref=/.test(text);
  if (!isAddress && !isHost) return [];
  if (/^https?:[^?]*\.(?:ya?ml|json)(?:\?[^?]*)?$/i.test(text)) {
    const source = fileAt(text);
    const name = text.replace(/^[a-z]+:\/\/(?:[^/@]*@)?/i, "").replace(/\?.*$/s, "");
    const base = { ecosystem: "kustomize", name, version: null, group, direct: true } as const;
    return [{ ...base, range: rangeInAddress(text), source, line }];
  }
  const [, ref = null] = /[?&](?:ref|version)=([^&]*)/.exec(text) ?? [];
  const address = text.replace(/^git::/, "").replace(/\?.*$/s, "");
  const url = isAddress ? address : `https://${address.replace(/^([\w.]+):/, "$1/")}`;
  const repository = url.replace(/(?<!:)\/\/.*$/s, "");
  return [gitDependency({ ...item, text: repository }, ref, group)];
}

/** An address of a file that holds a commit's SHA names one content. */
function rangeInAddress(text: string): "exact" | "open" {
  return /\/[0-9a-f]{40}\//i.test(text) ? "exact" : "open";
}

function gitDependency({ text, line }: DataScalar, ref: string | null, group: string): Dependency {
  const source = gitAt(text);
  return {
    ...{
      ecosystem: "kustomize",
      name: source.text.replace(/^git:/, ""),
      version: ref,
      group,
      direct: true,
    },
    ...{ range: ref !== null && /^[0-9a-f]{40}$/i.test(ref) ? "exact" : "open", source, line },
  };
}

function replacedImage(image: DataMap): Dependency[] {
  const name = scalarAt(image, "newName") ?? scalarAt(image, "name");
  const tag = textAt(image, "newTag");
  const digest = textAt(image, "digest");
  const isReplaced =
    scalarAt(image, "newName") !== undefined || tag !== undefined || digest !== undefined;
  if (!name || !isReplaced) return [];
  const place = scalarAt(image, "newTag") ?? scalarAt(image, "digest") ?? name;
  const written = [
    name.text,
    ...(tag === undefined ? [] : [`:${tag}`]),
    ...(digest === undefined ? [] : [`@${digest}`]),
  ];
  return [imageDependency(written.join(""), { group: "images", line: place.line }) ?? []].flat();
}
