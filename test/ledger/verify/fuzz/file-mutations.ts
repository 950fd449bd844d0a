import type { SeededRandom } from "../../seeded-random.ts";
import type { ModelBranch, ModelCommit, ModelFile } from "./branch-model.ts";
import { byteEdits, lineEdits } from "./edits.ts";
import { commitAt, straight, type Mutated } from "./mutation.ts";

export function editBytes(branch: ModelBranch, random: SeededRandom): Mutated {
  const edit = random.pick(byteEdits);
  return inSomeFile(branch, random, (bytes) => edit(bytes, random));
}

export function editLines(branch: ModelBranch, random: SeededRandom): Mutated {
  const edit = random.pick(lineEdits);
  return inSomeFile(branch, random, (bytes) => edit(bytes, random));
}

/** Drops, copies, renames or swaps whole files. */
export function editFile(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const paths = materialPaths(commitAt(branch, at));
  const [path, other] = [random.pick(paths), random.pick(paths)];
  const name = random.chance(0.5) ? random.pick(STRANGERS) : neighbour(path, random);
  const act = random.pick(["dropped", "copied", "renamed", "swapped"]);
  return inTrees(branch, { random, at }, (tree) => {
    const [file, second] = [tree.get(path), tree.get(other)];
    if (file === undefined || second === undefined) return null;
    if (act === "swapped") {
      tree.set(path, second).set(other, file);
      return `${path} and ${other} swapped`;
    }
    if (act !== "copied") tree.delete(path);
    if (act !== "dropped") tree.set(name, file);
    return `${path} ${act}${act === "dropped" ? "" : ` to ${name}`}`;
  });
}

export function editMode(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const path = random.pick(materialPaths(commitAt(branch, at)));
  const mode = random.pick(["100755", "120000", "160000"] as const);
  return inTrees(branch, { random, at }, (tree) => {
    const file = tree.get(path);
    if (file === undefined) return null;
    const bytes = mode === "160000" ? SOME_COMMIT : file.bytes;
    tree.set(path, { mode, bytes });
    return `${path} is ${mode}`;
  });
}

export function editReadme(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  return inTrees(branch, { random, at }, (tree) => {
    const bytes = Buffer.from(`Ask the platform team ${random.below(1_000)} times.\n`);
    tree.set("README.md", { mode: "100644", bytes });
    return "README.md";
  });
}

function inSomeFile(
  branch: ModelBranch,
  random: SeededRandom,
  edit: (bytes: Buffer) => Buffer,
): Mutated {
  const at = random.below(branch.commits.length);
  const path = random.pick(materialPaths(commitAt(branch, at)));
  return inTrees(branch, { random, at }, (tree) => {
    const file = tree.get(path);
    if (file === undefined) return null;
    // A submodule's bytes are a commit's id: git takes no tree that has another form of one.
    const bytes = file.mode === "160000" ? OTHER_COMMIT : edit(file.bytes);
    tree.set(path, { ...file, bytes });
    return `bytes of ${path}`;
  });
}

const [SOME_COMMIT, OTHER_COMMIT] = [Buffer.from("1".repeat(40)), Buffer.from("2".repeat(40))];

const STRANGERS = [
  "notes.txt",
  "Checkpoint",
  "CHECKPOINT",
  "checkpoint.orig",
  "records/.gitattributes",
  "records/x000/000-1.jsonl",
  "records/999-1.jsonl",
  "policies/README.md",
  "trust/2.root.json",
  "cosig/x000/001/00",
  "caf\u00e9",
  "cafe\u0301",
];

/** A name that differs in one digit or letter. */
function neighbour(path: string, random: SeededRandom): string {
  const at = path.lastIndexOf("/") + 1;
  const place = at + random.below(path.length - at);
  const letter = random.pick("0123456789abcdefx".split(""));
  return `${path.slice(0, place)}${letter}${path.slice(place + 1)}`;
}

type Tree = Map<string, ModelFile>;
type TreeEdit = (tree: Tree) => string | null;

interface Place {
  readonly random: SeededRandom;
  readonly at: number;
}

/**
 * Edits the tree of the commit at `at`, of it and those after it, of all, or of a new one on top.
 *
 * `edit` gives null where a tree has not what it edits.
 */
function inTrees(branch: ModelBranch, { random, at }: Place, edit: TreeEdit): Mutated {
  const scope = random.pick(["here", "onward", "everywhere", "on top"] as const);
  const told = new Set<string>();
  const edited = (commit: ModelCommit): ModelCommit => {
    const tree = new Map(commit.tree);
    const what = edit(tree);
    if (what !== null) told.add(what);
    return { ...commit, tree };
  };
  const line = branch.commits;
  const commits =
    scope === "on top"
      ? [...line, ...line.slice(-1).map(edited)]
      : line.map((commit, place) => (isWithin(scope, place, at) ? edited(commit) : commit));
  return { branch: straight(commits), told: `${[...told].join(", ")}, commit ${at} ${scope}` };
}

function isWithin(scope: "here" | "onward" | "everywhere", place: number, at: number): boolean {
  if (scope === "here") return place === at;
  return scope === "everywhere" || place >= at;
}

function materialPaths({ tree }: ModelCommit): readonly string[] {
  return [...tree.keys()].filter((path) => path !== "README.md");
}
