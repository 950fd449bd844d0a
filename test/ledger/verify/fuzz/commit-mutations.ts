import type { SeededRandom } from "../../seeded-random.ts";
import type { ModelBranch, ModelCommit, ModelFile } from "./branch-model.ts";
import { commitAt, straight, type Mutated } from "./mutation.ts";

/** The commit goes; those after it keep their files, or lose what it brought. */
export function dropCommit(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const keeps = random.chance(0.5);
  const line = branch.commits.filter((_, place) => place !== at);
  if (line.length === 0) return { branch, told: "nothing" };
  const dropped = broughtBy(branch, at);
  const commits = keeps ? line : line.map((commit) => without(commit, dropped));
  return { branch: straight(commits), told: `commit ${at} dropped${keeps ? "" : ", files too"}` };
}

export function repeatCommit(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const to = at + 1 + random.below(branch.commits.length - at);
  const line = branch.commits.toSpliced(to, 0, commitAt(branch, at));
  return { branch: straight(line), told: `commit ${at} again before ${to}` };
}

/** Two commits in each other's place, with the files that they then must have. */
export function swapCommits(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(Math.max(1, branch.commits.length - 1));
  const line = branch.commits;
  const [one, other] = [line[at], line[at + 1]];
  if (one === undefined || other === undefined) return { branch, told: "nothing" };
  const first = random.chance(0.5) ? without(other, broughtBy(branch, at)) : other;
  const heads = random.chance(0.5) ? headOf(one) : [];
  const second = { ...one, tree: new Map([...other.tree, ...heads]) };
  const swapped = line.toSpliced(at, 2, first, second);
  return { branch: straight(swapped), told: `commits ${at} and ${at + 1} swapped` };
}

export function emptyCommit(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = 1 + random.below(branch.commits.length);
  const { tree } = commitAt(branch, at - 1);
  const message = random.chance(0.5) ? Buffer.from("tidy up\n") : commitAt(branch, at - 1).message;
  const commit = { ...commitAt(branch, at - 1), tree, message };
  return { branch: straight(branch.commits.toSpliced(at, 0, commit)), told: `empty after ${at}` };
}

/** One commit does what two did. */
export function joinCommits(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const line = branch.commits;
  const next = line[at + 1];
  if (next === undefined) return { branch, told: "nothing" };
  const { message } = random.chance(0.5) ? commitAt(branch, at) : next;
  return {
    branch: straight(line.toSpliced(at, 2, { ...next, message })),
    told: `commits ${at} and ${at + 1} joined`,
  };
}

/** A commit brings its files in two: some of them before the others. */
export function splitCommit(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const commit = commitAt(branch, at);
  const late = broughtBy(branch, at).filter(() => random.chance(0.5));
  const early = { ...without(commit, late), message: random.pick(branch.commits).message };
  const line = branch.commits.toSpliced(at, 0, early);
  return { branch: straight(line), told: `commit ${at} split before ${late.join(" ")}` };
}

/** A commit on top puts older files back. */
export function goBack(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const line = branch.commits;
  return { branch: straight([...line, commitAt(branch, at)]), told: `back to ${at} on top` };
}

/** A commit gets a second parent: an older one, or a stranger. */
export function addParent(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = 1 + random.below(branch.commits.length);
  const stranger = { ...commitAt(branch, 0), message: Buffer.from("elsewhere"), parents: [] };
  const line = branch.commits;
  const shifted = line.slice(at).map((commit) => ({
    ...commit,
    parents: commit.parents.map((parent) => (parent >= at ? parent + 1 : parent)),
  }));
  const commits: ModelCommit[] = [...line.slice(0, at), stranger, ...shifted];
  const target = Math.min(at + 1 + random.below(3), commits.length - 1);
  const merged = random.chance(0.5) ? at : random.below(at);
  if (merged >= target) return { branch, told: "nothing" };
  const merge = commitAt({ commits, tip: null }, target);
  const parents = random.chance(0.7) ? [...merge.parents, merged] : [merged, ...merge.parents];
  commits[target] = { ...merge, parents: [...new Set(parents)] };
  return {
    branch: { commits, tip: commits.length - 1 },
    told: `commit ${target} also after ${merged}`,
  };
}

export function cutHistory(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  return { branch: straight(branch.commits.slice(at)), told: `history begins at ${at}` };
}

export function moveRef(branch: ModelBranch, random: SeededRandom): Mutated {
  const tip = random.below(branch.commits.length);
  return { branch: { ...branch, tip }, told: `ref at ${tip}` };
}

export function dropRef(branch: ModelBranch): Mutated {
  return { branch: { ...branch, tip: null }, told: "no ref" };
}

/** The paths that a commit added. */
function broughtBy(branch: ModelBranch, at: number): readonly string[] {
  const before = at === 0 ? new Map<string, ModelFile>() : commitAt(branch, at - 1).tree;
  return [...commitAt(branch, at).tree.keys()].filter((path) => !before.has(path));
}

function without(commit: ModelCommit, paths: readonly string[]): ModelCommit {
  const kept = [...commit.tree].filter(([path]) => !paths.includes(path));
  return { ...commit, tree: new Map(kept) };
}

/** The files that every commit replaces. */
function headOf({ tree }: ModelCommit): readonly (readonly [string, ModelFile])[] {
  return [...tree].filter(([path]) => path === "checkpoint" || path === "frontier");
}
