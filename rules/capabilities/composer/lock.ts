import type { Dependency } from "../../dependencies/dependency.ts";
import {
  type DependencySource,
  fileAt,
  gitAt,
  localPath,
  ownRegistry,
} from "../../dependencies/source.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { mapsAt, scalarAt, textAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";

/**
 * Reads a `composer.lock`: every package with the version that was chosen for it and where its
 * content is.
 *
 * Source: getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control,
 * and what Composer writes.
 */
export function readComposerLock(root: DataNode): Given {
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  return {
    dependencies: ["packages", "packages-dev"].flatMap((group) =>
      mapsAt(root, group).flatMap((locked) => packageOf(locked, group)),
    ),
  };
}

function packageOf(locked: DataMap, group: string): Dependency[] {
  const name = scalarAt(locked, "name");
  if (!name) return [];
  const version = scalarAt(locked, "version");
  const commits = commitsOf(locked);
  const isBranch = /^dev-|-dev$/.test(version?.text ?? "");
  const source = sourceOf(locked, name.text.toLowerCase());
  const digest = textAt(locked, "dist", "shasum") ?? "";
  const held = isBranch ? [] : commits.map((commit) => `commit:${commit}`);
  return [
    {
      ...{ ecosystem: "composer", name: name.text.toLowerCase(), group, direct: null, source },
      // The same branch stands for one commit after the other.
      version: version ? version.text + (isBranch ? `#${commits.join()}` : "") : null,
      ...(!source.text.startsWith("path:") && {
        integrity: digest === "" ? held : [`sha1:${digest.toLowerCase()}`],
      }),
      line: version?.line ?? name.line,
    },
  ];
}

/** Archives that a forge makes of a repository's commits: `https://api.github.com/repos/a/b/zipball/0a1b…` */
const ARCHIVES = [
  /^https:\/\/api\.github\.com\/repos\/([^/]+\/[^/]+)\/zipball\/([^/]+)$/,
  /^https:\/\/codeload\.github\.com\/([^/]+\/[^/]+)\/(?:legacy\.)?zip\/([^/]+)$/,
];

interface Archive {
  readonly repository: string;
  readonly reference: string;
}

function archiveOf(locked: DataMap): Archive | null {
  const url = textAt(locked, "dist", "url") ?? "";
  const match = ARCHIVES.map((pattern) => pattern.exec(url)).find((found) => found !== null);
  const [, path = "", reference = ""] = match ?? [];
  return path === "" ? null : { repository: `https://github.com/${path}`, reference };
}

/** Composer takes the archive, or clones if it is told to: each commit once. */
function commitsOf(locked: DataMap): string[] {
  const references = [archiveOf(locked)?.reference, textAt(locked, "source", "reference")];
  return [...new Set(references.flatMap((reference) => reference?.toLowerCase() ?? []))];
}

/**
 * Packagist lists repositories of others. Whoever owns one is told only where that is not the owner
 * of the package by its name, whether it is cloned or taken as an archive.
 */
function sourceOf(locked: DataMap, name: string): DependencySource {
  const url = textAt(locked, "dist", "url");
  if (textAt(locked, "dist", "type") === "path") return localPath(url ?? "");
  const archive = archiveOf(locked);
  if (url !== undefined && !archive) return fileAt(url);
  const origins = [archive?.repository, textAt(locked, "source", "url")];
  const sources = origins.flatMap((origin) => (origin ? [gitAt(origin)] : []));
  const [first] = sources;
  if (!first) return ownRegistry("composer");
  const isListed = textAt(locked, "notification-url")?.startsWith(PACKAGIST) ?? false;
  if (!isListed) return first;
  const [owner = ""] = name.split("/");
  const other = sources.find((source) => ownerOf(source) !== `git:github.com/${owner}`);
  return other ? { ...other, origin: ownerOf(other) } : { ...first, origin: null };
}

const PACKAGIST = "https://packagist.org/";

/** `git:github.com/acme` of `git:github.com/acme/lib`; all of it where anyone between decides. */
function ownerOf({ text, level }: DependencySource): string {
  return level === "plain" ? text : text.toLowerCase().replace(/\/[^/]*$/, "");
}
