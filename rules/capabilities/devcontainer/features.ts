import { editorSettings } from "../autorun/editor-settings.ts";
import type { Capability } from "../capability.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import { fileAt, localPath, withoutUserAndQuery } from "../../dependencies/source.ts";
import { imageDependency } from "../container/image.ts";
import { type DataMap, type DataScalar, entryAt, entryOf } from "../data/data-node.ts";
import { plainGrant } from "../plain-grant.ts";

export const EXTENSION_KIND = "devcontainer.extension";

/** The image, and the features that are installed into it by their own scripts, as root. */
export function readFeatures(root: DataMap): Dependency[] {
  const image = entryOf(root, "image")?.value;
  const group = { group: "image", line: image?.line ?? root.line };
  const own = image?.type === "scalar" ? imageDependency(image.text, group) : null;
  const features = entryOf(root, "features")?.value;
  const entries = features?.type === "map" ? features.entries : [];
  return [...(own ? [own] : []), ...entries.flatMap(({ key }) => featureOf(key))];
}

// `ghcr.io/devcontainers/features/node:1`, `./own`, `https://acme.dev/feature.tgz`
function featureOf({ text, line }: DataScalar): Dependency[] {
  const base = { ecosystem: "oci", name: text, group: "features", direct: true, line } as const;
  if (/^\.{0,2}\//.test(text)) return [{ ...base, version: null, source: localPath(text) }];
  if (/^https?:\/\//.test(text)) {
    return [
      {
        ...base,
        name: withoutUserAndQuery(text),
        version: null,
        range: "open",
        source: fileAt(text),
      },
    ];
  }
  const image = imageDependency(text, { group: "features", line });
  return image ? [{ ...image, ecosystem: "oci" }] : [];
}

/** Extensions that the editor installs beside the container. */
export function readExtensions(root: DataMap): Capability[] {
  const found = [
    entryAt(root, ["customizations", "vscode", "extensions"])?.value,
    entryOf(root, "extensions")?.value,
  ];
  return found.flatMap((list) => {
    const items = list?.type === "list" ? list.items : [];
    return items.flatMap((item): Capability[] => {
      if (item.type !== "scalar" || item.text.startsWith("-")) return [];
      const name = item.text.toLowerCase();
      return [plainGrant({ kind: EXTENSION_KIND, name, holder: "vscode", line: item.line })];
    });
  });
}

/** Settings by which the editor runs something unasked; programs that they name are the container's. */
export function readEditorSettings(root: DataMap): Capability[] {
  return [entryAt(root, ["customizations", "vscode", "settings"]), entryOf(root, "settings")]
    .flatMap((entry) => (entry ? editorSettings(entry.value) : []))
    .filter(({ level }) => level === "automatic");
}
