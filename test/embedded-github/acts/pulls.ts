import { payloadOfLabel } from "../payloads/pulls.ts";
import type { Account } from "../state/accounts.ts";
import { type ApiError, invalid, notFound } from "../state/api-error.ts";
import type { Pull } from "../state/pulls.ts";
import type { Repository } from "../state/repositories.ts";
import { repositoryById, type World } from "../state/world.ts";
import { announcePull, refreshPull } from "./pull-heads.ts";

export interface NewPull {
  readonly author: Account;
  readonly title: string;
  readonly body: string | null;
  readonly draft: boolean;
  readonly headRepository: Repository;
  readonly head: string;
  readonly base: string;
}

export interface PullChanges {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly base?: string | undefined;
}

/** Opens a pull request; throws 422 where GitHub would. */
export async function openPull(world: World, base: Repository, wanted: NewPull): Promise<Pull> {
  const headSha = await wanted.headRepository.git.commit(`refs/heads/${wanted.head}`);
  const baseSha = await base.git.commit(`refs/heads/${wanted.base}`);
  if (headSha === null) throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  if (baseSha === null) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  refuseSecond(base, wanted);
  const pull = newPull(world, base, { ...wanted, headSha, baseSha });
  await refreshPull(world, base, pull);
  if (pull.size.commits === 0)
    throw refusal(`No commits between ${wanted.base} and ${wanted.head}`);
  base.pulls.push(pull);
  announcePull(world, base, pull, { action: "opened", sender: wanted.author });
  return pull;
}

/** A pull request by its number; throws 404. */
export function findPull(repository: Repository, number: number): Pull {
  const pull = repository.pulls.find((one) => one.number === number);
  if (pull === undefined) throw notFound();
  return pull;
}

export async function editPull(
  world: World,
  repository: Repository,
  pull: Pull,
  { sender, changes }: { readonly sender: Account; readonly changes: PullChanges },
): Promise<void> {
  const { title = pull.title, body = pull.body, base = pull.base.branch } = changes;
  const before: Record<string, unknown> = {};
  if (title !== pull.title) before["title"] = { from: pull.title };
  if (body !== pull.body) before["body"] = { from: pull.body ?? "" };
  if (base !== pull.base.branch) {
    before["base"] = await rebase(world, repository, pull, { sender, branch: base });
  }
  pull.title = title;
  pull.body = body;
  pull.updatedAt = world.now();
  if (Object.keys(before).length === 0) return;
  announcePull(world, repository, pull, { action: "edited", sender, body: { changes: before } });
}

export function closePull(world: World, repository: Repository, pull: Pull, sender: Account): void {
  if (pull.state === "closed") return;
  pull.state = "closed";
  pull.closedAt = world.now();
  pull.updatedAt = world.now();
  announcePull(world, repository, pull, { action: "closed", sender });
}

export async function reopenPull(
  world: World,
  repository: Repository,
  pull: Pull,
  sender: Account,
): Promise<void> {
  if (pull.mergedAt !== null) throw refusal("The pull request was merged");
  if (pull.state === "open") return;
  const { git } = repositoryById(world, pull.head.repositoryId);
  const sha = await git.commit(`refs/heads/${pull.head.branch}`);
  if (sha === null) throw refusal(`The ${pull.head.branch} branch has been deleted`);
  pull.head = { ...pull.head, sha };
  pull.state = "open";
  pull.closedAt = null;
  await refreshPull(world, repository, pull);
  announcePull(world, repository, pull, { action: "reopened", sender });
}

export function setDraft(
  world: World,
  repository: Repository,
  pull: Pull,
  { sender, draft }: { readonly sender: Account; readonly draft: boolean },
): void {
  if (pull.draft === draft) return;
  pull.draft = draft;
  pull.updatedAt = world.now();
  const action = draft ? "converted_to_draft" : "ready_for_review";
  announcePull(world, repository, pull, { action, sender });
}

export function setLabel(
  world: World,
  repository: Repository,
  pull: Pull,
  {
    sender,
    name,
    isOn,
  }: { readonly sender: Account; readonly name: string; readonly isOn: boolean },
): void {
  const held = pull.labels.find((label) => label.name === name);
  if ((held !== undefined) === isOn) return;
  const label = held ?? labelOf(world, repository, name);
  const others = pull.labels.filter((one) => one !== held);
  pull.labels = isOn ? [...others, label] : others;
  pull.updatedAt = world.now();
  const body = { label: payloadOfLabel(world, repository, label) };
  announcePull(world, repository, pull, { action: isOn ? "labeled" : "unlabeled", sender, body });
}

function refuseSecond(base: Repository, { headRepository, head, base: branch }: NewPull): void {
  const isThere = base.pulls.some(
    (pull) =>
      pull.state === "open" &&
      pull.head.repositoryId === headRepository.id &&
      pull.head.branch === head &&
      pull.base.branch === branch,
  );
  const label = `${headRepository.owner.login}:${head}`;
  if (isThere) throw refusal(`A pull request already exists for ${label}.`);
}

function newPull(
  world: World,
  base: Repository,
  wanted: NewPull & { readonly headSha: string; readonly baseSha: string },
): Pull {
  const { author, title, body, draft, headRepository, headSha, baseSha } = wanted;
  return {
    id: world.newId(),
    number: base.pulls.length + 1,
    author,
    title,
    body,
    state: "open",
    draft,
    labels: [],
    head: { repositoryId: headRepository.id, branch: wanted.head, sha: headSha },
    base: { repositoryId: base.id, branch: wanted.base, sha: baseSha },
    retargets: [],
    size: { commits: 0, files: 0, additions: 0, deletions: 0 },
    testMerge: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
  };
}

/** Points the pull request at another branch, and answers what the event says of the old one. */
async function rebase(
  world: World,
  repository: Repository,
  pull: Pull,
  { sender, branch }: { readonly sender: Account; readonly branch: string },
): Promise<Record<string, unknown>> {
  const sha = await repository.git.commit(`refs/heads/${branch}`);
  if (sha === null) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  const from = { ref: { from: pull.base.branch }, sha: { from: pull.base.sha } };
  pull.base = { ...pull.base, branch, sha };
  pull.retargets.push({ id: world.newId(), actor: sender, at: world.now() });
  await refreshPull(world, repository, pull);
  return from;
}

/** Labels are a repository's: one name is one label in every pull request. */
function labelOf(world: World, repository: Repository, name: string): Pull["labels"][number] {
  const known = repository.pulls.flatMap(({ labels }) => labels);
  return known.find((label) => label.name === name) ?? { id: world.newId(), name };
}

function refusal(message: string): ApiError {
  return invalid({ resource: "PullRequest", code: "custom", message });
}
