import { type SourceLevel, SOURCES } from "./source-table.ts";
import { type ExpressionPath, showPath } from "./yielded-paths.ts";

/** A value whose text people choose: where it stands, `github.event.issue.title`, and who they are. */
export interface Source {
  readonly path: string;
  readonly level: SourceLevel;
}

/**
 * The source at a path, null where its text is not of people's choosing. What holds a source is
 * one as well (`github.event`), of the strongest level in it.
 */
export function sourceAt(path: ExpressionPath): Source | null {
  let nodes = [(root ??= nodeOf(entriesOfAll()))];
  let open = 0;
  for (const key of path) {
    open += key === null ? 1 : 0;
    if (open > MAX_OPEN_KEYS) break;
    nodes = nodes.flatMap((node) => stepInto(node, key));
    if (nodes.length === 0) return null;
  }
  const level = nodes.some((node) => node.holdsOutsiders) ? "outsider" : "insider";
  return { path: showPath(path), level };
}

/** A path with more of them counts as all that the first two lead to. */
const MAX_OPEN_KEYS = 2;

/** A place in the table's paths. `holdsOutsiders`: a text at it or below it is an outsider's. */
interface Node {
  readonly isSource: boolean;
  readonly holdsOutsiders: boolean;
  readonly below: ReadonlyMap<string, Node>;
}

// What stands below a source is part of it.
function stepInto(node: Node, key: string | null): Node[] {
  if (node.isSource) return [node];
  if (key === null) return [...node.below.values()];
  const item = /^\d+$/.test(key) ? node.below.get("#") : undefined;
  return [node.below.get(key), node.below.get("*"), item].filter((next) => next !== undefined);
}

interface Entry {
  readonly keys: readonly string[];
  readonly level: SourceLevel;
}

/** Made of the table when a workflow first asks: most changes hold none. */
let root: Node | undefined;

function entriesOfAll(): Entry[] {
  return (["outsider", "insider"] as const).flatMap((level) =>
    SOURCES[level].flatMap((paths) => entriesOf(paths, level)),
  );
}

// `github.event.issue|discussion.title|body`
function entriesOf(paths: string, level: SourceLevel): Entry[] {
  let all: string[][] = [[]];
  for (const alternatives of paths.split(".")) {
    all = all.flatMap((keys) => alternatives.split("|").map((key) => [...keys, key]));
  }
  return all.map((keys) => ({ keys, level }));
}

function nodeOf(entries: readonly Entry[]): Node {
  const byKey = new Map<string, Entry[]>();
  for (const { keys, level } of entries) {
    const [key, ...rest] = keys;
    if (key === undefined) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), { keys: rest, level }]);
  }
  return {
    isSource: entries.some(({ keys }) => keys.length === 0),
    holdsOutsiders: entries.some(({ level }) => level === "outsider"),
    below: new Map([...byKey].map(([key, under]) => [key, nodeOf(under)])),
  };
}
