import type { Dependency } from "../../dependencies/dependency.ts";
import {
  type DependencySource,
  fileAt,
  gitAt,
  ownRegistry,
  registryAt,
} from "../../dependencies/source.ts";
import { firstOfEach } from "../first-of-each.ts";
import { type DataMap, entryOf } from "../data/data-node.ts";
import { entriesAt, itemsAt, mapAt, mapsAt, scalarAt, textAt } from "../data/values.ts";
import { NotUnderstood } from "../not-understood.ts";
import { OWN_HOSTS } from "./indexes.ts";
import { packageOf } from "./requirement.ts";

/** What a lock file says of one package. */
interface Locked {
  readonly table: DataMap;
  /** Where its index, repository or address is told. */
  readonly sources: readonly DependencySource[];
  /** The files of it that may be fetched. */
  readonly files: readonly LockedFile[];
}

interface LockedFile {
  readonly line: number;
  readonly url: string | undefined;
  readonly hashes: readonly string[];
}

/**
 * The packages of `uv.lock`, `poetry.lock`, `pdm.lock` and `pylock.toml`. What is a folder of the
 * repository is left out: nothing is taken in.
 *
 * Source: packaging.python.org/en/latest/specifications/pylock-toml (PEP 751); the others have no
 * specification: docs.astral.sh/uv/concepts/projects/layout, python-poetry.org/docs/basic-usage.
 */
export function readPythonLock(root: DataMap): Dependency[] {
  const packages = [...mapsAt(root, "package"), ...mapsAt(root, "packages")];
  const direct = directNames(packages);
  const listed = filesByName(root);
  return packages
    .filter((table) => !isLocal(table))
    .flatMap((table) => {
      const more = listed.get(textAt(table, "name") ?? "") ?? [];
      return lockedPackage({
        table,
        sources: sourcesOf(table),
        files: [...filesOf(table), ...more.map(fileOf)],
      });
    })
    .map((item) => ({ ...item, direct: direct && direct.has(item.name) }));
}

/** Poetry's lock files of before version 2 keep the files of all packages in one table. */
function filesByName(root: DataMap): Map<string, readonly DataMap[]> {
  return new Map(
    entriesAt(root, "metadata", "files").map(({ key, value }) => [key.text, mapsAt(value)]),
  );
}

const LOCAL = ["path", "editable", "virtual", "directory"];

/** As uv, PDM and pylock, and as Poetry say that a package is a folder of the repository. */
function isLocal(table: DataMap): boolean {
  const source = mapAt(table, "source");
  if (LOCAL.some((key) => entryOf(table, key))) return true;
  if (!source) return false;
  const type = textAt(source, "type");
  return LOCAL.some((key) => entryOf(source, key)) || type === "directory" || type === "file";
}

/** The names that uv's lock file says the project itself asks for; null where a file does not tell. */
function directNames(packages: readonly DataMap[]): ReadonlySet<string> | null {
  const roots = packages.filter((table) => entryOf(table, "source") && isLocal(table));
  const lists = roots.flatMap((table) => [
    itemsAt(table, "dependencies"),
    ...["optional-dependencies", "dev-dependencies"].flatMap((key) =>
      entriesAt(table, key).map(({ value }) => itemsAt(value)),
    ),
  ]);
  if (lists.every((list) => list.length === 0)) return null;
  const names = lists.flat().flatMap((item) => textAt(item, "name") ?? []);
  return new Set(names.map((name) => packageOf(name, null).name));
}

/** What one package may come from: each of them is told with all of its digests. */
const MAX_SERVERS = 10;

function lockedPackage({ table, sources, files }: Locked): Dependency[] {
  const name = scalarAt(table, "name");
  if (!name) return [];
  const servers = files.flatMap(({ url, line }) =>
    url ? [{ source: registryAt(url, "pypi", OWN_HOSTS), line }] : [],
  );
  const integrity = files.flatMap(({ hashes }) => hashes);
  const foreign = firstOfEach(
    [...sources.map((source) => ({ source, line: name.line })), ...servers].filter(
      ({ source }) => source.origin !== null,
    ),
    ({ source }) => `${source.level} ${source.text}`,
  );
  if (foreign.length > MAX_SERVERS) {
    throw new NotUnderstood("too-many-servers", "one package from too many servers", name);
  }
  const isGit = sources.some(({ text }) => text.startsWith("git:"));
  const named = packageOf(name.text, (isGit ? commitOf(table) : textAt(table, "version")) ?? null);
  const own = { source: ownRegistry("pypi"), line: name.line };
  return (foreign.length > 0 ? foreign : [own]).map(({ source, line }) => ({
    ...{ ...named, source, group: "", direct: null },
    ...{ line: name.line, sourceLine: line, integrityLine: files[0]?.line ?? name.line },
    // The commit that a lock file names is the digest of what comes from a repository.
    ...(isGit ? {} : { integrity }),
  }));
}

/** `{ git = "…#0a1b…" }` of uv, and what Poetry, PDM and pylock call it. */
function commitOf(table: DataMap): string | undefined {
  return (
    textAt(table, "source", "git")?.split("#")[1] ??
    textAt(table, "source", "resolved_reference") ??
    textAt(table, "revision") ??
    textAt(table, "vcs", "commit-id")
  );
}

/** Where a package comes from, in the words of each of the four files. */
function sourcesOf(table: DataMap): DependencySource[] {
  const source = mapAt(table, "source");
  const index = textAt(table, "index");
  const git = textAt(table, "git") ?? textAt(table, "vcs", "url");
  const url = textAt(table, "url") ?? textAt(table, "archive", "url");
  return [
    ...(source ? sourceIn(source) : []),
    ...(index === undefined ? [] : [registryAt(index, "pypi", OWN_HOSTS)]),
    ...(git === undefined ? [] : [gitAt(git)]),
    ...(url === undefined ? [] : [fileAt(url)]),
  ];
}

/** `{ registry = "…" }`, `{ git = "…?rev=…#…" }` of uv; `{ type = "git", url = "…" }` of Poetry. */
function sourceIn(source: DataMap): DependencySource[] {
  const registry = textAt(source, "registry");
  if (registry !== undefined) {
    return /^[a-z]+:/i.test(registry) ? [registryAt(registry, "pypi", OWN_HOSTS)] : [];
  }
  const git = textAt(source, "git");
  if (git !== undefined) return [gitAt(git)];
  const url = textAt(source, "url");
  if (url === undefined) return [];
  const type = textAt(source, "type");
  if (type === "git") return [gitAt(url)];
  return [type === "legacy" ? registryAt(url, "pypi", OWN_HOSTS) : fileAt(url)];
}

const FILES = ["wheels", "files"];
const FILE = ["sdist", "archive"];

function filesOf(table: DataMap): LockedFile[] {
  const alone = FILE.flatMap((key) => mapAt(table, key) ?? []);
  return [...alone, ...FILES.flatMap((key) => mapsAt(table, key))].map(fileOf);
}

/** `{ url = "…", hash = "sha256:…" }`, or with `hashes = { sha256 = "…" }`. */
function fileOf(file: DataMap): LockedFile {
  const hash = textAt(file, "hash");
  const hashes = entriesAt(file, "hashes").map(
    ({ key, value }) => `${key.text}:${textAt(value) ?? ""}`,
  );
  return {
    line: file.line,
    url: textAt(file, "url"),
    hashes: hash === undefined ? hashes : [hash, ...hashes],
  };
}

/** The packages of `Pipfile.lock`, in each of its groups. */
export function readPipfileLock(root: DataMap): Dependency[] {
  const indexes = new Map(
    mapsAt(root, "_meta", "sources").map((source) => [
      textAt(source, "name"),
      textAt(source, "url"),
    ]),
  );
  return root.entries
    .filter(({ key }) => key.text !== "_meta")
    .flatMap(({ key: group, value }) =>
      entriesAt(value).flatMap(({ key, value: table }): Dependency[] => {
        if (table.type !== "map" || isLocal(table)) return [];
        const index = indexes.get(textAt(table, "index") ?? "");
        const git = textAt(table, "git");
        const file = textAt(table, "file");
        const [source = ownRegistry("pypi")] = [
          ...(git === undefined ? [] : [gitAt(git)]),
          ...(file === undefined ? [] : [fileAt(file)]),
          ...(index === undefined ? [] : [registryAt(index, "pypi", OWN_HOSTS)]),
        ];
        const version = git === undefined ? textAt(table, "version") : textAt(table, "ref");
        const hashes = itemsAt(table, "hashes").map((hash) => textAt(hash) ?? "");
        return [
          {
            ...packageOf(key.text, version ?? null),
            ...{ source, group: group.text, direct: null, line: key.line },
            ...(git === undefined ? { integrity: hashes } : {}),
          },
        ];
      }),
    );
}
