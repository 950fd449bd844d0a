import { payloadOfCheckRunEvent } from "../payloads/check-runs.ts";
import type { Account } from "../state/accounts.ts";
import { ApiError, notFound } from "../state/api-error.ts";
import type { App } from "../state/apps.ts";
import type { Annotation, CheckRun, CheckSuite } from "../state/check-runs.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { announce } from "../webhooks/announce.ts";
import type { AnnotationRequest, CheckRunRequest } from "./check-run-limits.ts";

/** Creates a check run on a commit; throws 422 where the commit is not there. */
export async function createCheckRun(
  world: World,
  repository: Repository,
  app: App,
  request: CheckRunRequest & { readonly name: string; readonly head_sha: string },
): Promise<CheckRun> {
  const headSha = request.head_sha;
  const isCommit =
    /^[0-9a-f]{40}$/.test(headSha) && (await repository.git.commit(headSha)) !== null;
  if (!isCommit) throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  const run: CheckRun = {
    id: world.newId(),
    suite: suiteOf(world, repository, app, headSha),
    app,
    headSha,
    name: request.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  repository.checkRuns.push(run);
  apply(world, run, request);
  announceRun(world, repository, run, { action: "created", sender: app.bot });
  if (run.status === "completed") announceCompleted(world, repository, run);
  return run;
}

/** Updates a check run of the App's own; annotations are added to those it has. */
export function updateCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  request: CheckRunRequest,
): void {
  const wasCompleted = run.status === "completed";
  apply(world, run, request);
  if (run.status === "completed" && !wasCompleted) announceCompleted(world, repository, run);
}

/** A check run by its id; throws 404. */
export function findCheckRun(repository: Repository, id: number): CheckRun {
  const run = repository.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}

/** A commit's check runs, newest first. */
export function checkRunsAt(repository: Repository, sha: string): CheckRun[] {
  return repository.checkRuns.filter(({ headSha }) => headSha === sha).reverse();
}

/** The newest of each name and App, which is what GitHub shows and requires. */
export function latestCheckRuns(repository: Repository, sha: string): CheckRun[] {
  const runs = checkRunsAt(repository, sha);
  return runs.filter(
    (run, index) =>
      runs.findIndex(({ name, app }) => name === run.name && app === run.app) === index,
  );
}

/** Tells the App that made a check run to run it again; the run itself stays as it is. */
export function rerequestCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  sender: Account,
): void {
  announceRun(world, repository, run, { action: "rerequested", sender, onlyTo: run.app });
}

function suiteOf(world: World, repository: Repository, app: App, headSha: string): CheckSuite {
  const known = repository.checkSuites.find(
    (suite) => suite.app === app && suite.headSha === headSha,
  );
  if (known !== undefined) return known;
  const pull = repository.pulls.find(
    ({ head }) => head.sha === headSha && head.repositoryId === repository.id,
  );
  const headBranch = pull?.head.branch ?? null;
  const suite = { id: world.newId(), app, headSha, headBranch, createdAt: world.now() };
  repository.checkSuites.push(suite);
  return suite;
}

function apply(world: World, run: CheckRun, request: CheckRunRequest): void {
  run.name = request.name ?? run.name;
  run.externalId = request.external_id ?? run.externalId;
  run.detailsUrl = request.details_url ?? run.detailsUrl;
  run.startedAt = request.started_at === undefined ? run.startedAt : new Date(request.started_at);
  applyState(world, run, request);
  const { output } = request;
  if (output === undefined) return;
  run.title = output.title ?? run.title;
  run.summary = output.summary;
  run.text = output.text ?? run.text;
  run.annotations.push(...(output.annotations ?? []).map(annotationOf));
}

/** A conclusion completes a run; another status takes the conclusion back. */
function applyState(world: World, run: CheckRun, request: CheckRunRequest): void {
  if (request.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = request.conclusion;
    run.completedAt =
      request.completed_at === undefined ? world.now() : new Date(request.completed_at);
  } else if (request.status !== undefined) {
    run.status = request.status;
    run.conclusion = null;
    run.completedAt = null;
  }
}

function annotationOf(request: AnnotationRequest): Annotation {
  return {
    path: request.path,
    startLine: request.start_line,
    endLine: request.end_line,
    startColumn: request.start_column ?? null,
    endColumn: request.end_column ?? null,
    level: request.annotation_level,
    message: request.message,
    title: request.title ?? null,
    rawDetails: request.raw_details ?? null,
  };
}

function announceCompleted(world: World, repository: Repository, run: CheckRun): void {
  announceRun(world, repository, run, { action: "completed", sender: run.app.bot });
}

function announceRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  { action, sender, onlyTo }: { action: string; sender: Account; onlyTo?: App },
): void {
  const body = { check_run: payloadOfCheckRunEvent(world, repository, run) };
  const only = onlyTo === undefined ? {} : { onlyTo };
  announce(world, { event: "check_run", action, repository, sender, body, ...only });
}
