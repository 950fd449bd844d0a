import type { Annotation, CheckRun, CheckSuite } from "../state/check-runs.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfApp } from "./apps.ts";
import { nodeId, timeText } from "./notation.ts";
import { payloadOfMinimalPull } from "./pulls.ts";
import { payloadOfRepository } from "./repositories.ts";

export function payloadOfCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
): Record<string, unknown> {
  const html = `${world.url}/${fullName(repository)}/runs/${run.id}`;
  const url = `${world.apiUrl}/repos/${fullName(repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.headSha,
    name: run.name,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: timeText(run.startedAt),
    completed_at: run.completedAt === null ? null : timeText(run.completedAt),
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: payloadOfApp(world, run.app),
    pull_requests: pullsAt(world, repository, run.headSha),
  };
}

/** A check run as webhooks carry it: with its whole suite. */
export function payloadOfCheckRunEvent(
  world: World,
  repository: Repository,
  run: CheckRun,
): Record<string, unknown> {
  const suite = payloadOfSuite(world, repository, run.suite);
  return { ...payloadOfCheckRun(world, repository, run), check_suite: suite };
}

export function payloadOfAnnotation(
  world: World,
  repository: Repository,
  run: CheckRun,
  annotation: Annotation,
): Record<string, unknown> {
  const blob = `${world.url}/${fullName(repository)}/blob/${run.headSha}`;
  return {
    path: annotation.path,
    blob_href: `${blob}/${annotation.path.split("/").map(encodeURIComponent).join("/")}`,
    start_line: annotation.startLine,
    start_column: annotation.startColumn,
    end_line: annotation.endLine,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  };
}

function payloadOfSuite(
  world: World,
  repository: Repository,
  suite: CheckSuite,
): Record<string, unknown> {
  const runs = repository.checkRuns.filter((run) => run.suite === suite);
  const isCompleted = runs.length > 0 && runs.every(({ status }) => status === "completed");
  const url = `${world.apiUrl}/repos/${fullName(repository)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: isCompleted ? "completed" : runs.length === 0 ? "queued" : "in_progress",
    conclusion: isCompleted ? worstConclusion(runs) : null,
    url,
    before: null,
    after: suite.headSha,
    pull_requests: pullsAt(world, repository, suite.headSha),
    app: payloadOfApp(world, suite.app),
    repository: payloadOfRepository(world, repository),
    created_at: timeText(suite.createdAt),
    updated_at: timeText(suite.createdAt),
  };
}

/** Worst first. */
const conclusions = ["failure", "timed_out", "action_required", "cancelled", "stale"];

function worstConclusion(runs: readonly CheckRun[]): string {
  const found = conclusions.find((name) => runs.some(({ conclusion }) => conclusion === name));
  return found ?? (runs.some(({ conclusion }) => conclusion === "success") ? "success" : "neutral");
}

/** Pull requests from the repository's own branches; those of forks are left out, as GitHub does. */
function pullsAt(world: World, repository: Repository, sha: string): Record<string, unknown>[] {
  return repository.pulls
    .filter(({ state, head }) => state === "open" && head.sha === sha)
    .filter(({ head }) => head.repositoryId === repository.id)
    .map((pull) => payloadOfMinimalPull(world, repository, pull));
}
