import { checkRunProblems, type CheckRunRequest } from "../acts/check-run-limits.ts";
import {
  checkRunsAt,
  createCheckRun,
  findCheckRun,
  latestCheckRuns,
  rerequestCheckRun,
  updateCheckRun,
} from "../acts/check-runs.ts";
import { listAnswer, pageOf } from "../http/paging.ts";
import {
  actor,
  callingApp,
  numberIn,
  type Answer,
  type RepositoryCall,
  type RepositoryRoute,
  type Route,
} from "../http/routes.ts";
import { payloadOfAnnotation, payloadOfCheckRun } from "../payloads/check-runs.ts";
import { ApiError } from "../state/api-error.ts";
import type { CheckRun } from "../state/check-runs.ts";

const readChecks = { permission: "checks", level: "read" } as const;
const writeChecks = { permission: "checks", level: "write", role: "nobody" } as const;

const create: RepositoryRoute = {
  as: "repository",
  operation: "checks/create",
  needs: writeChecks,
  limits: checkRunProblems,
  answer: async (call) => {
    const request = call.body as CheckRunRequest & { name: string; head_sha: string };
    const run = await createCheckRun(call.world, call.repository, callingApp(call), request);
    return answerWith(call, run, 201);
  },
};

const update: RepositoryRoute = {
  as: "repository",
  operation: "checks/update",
  needs: writeChecks,
  limits: checkRunProblems,
  answer: (call) => {
    const run = ownRunIn(call);
    updateCheckRun(call.world, call.repository, run, call.body as CheckRunRequest);
    return answerWith(call, run, 200);
  },
};

const get: RepositoryRoute = {
  as: "repository",
  operation: "checks/get",
  needs: readChecks,
  answer: (call) => answerWith(call, runIn(call), 200),
};

const listAnnotations: RepositoryRoute = {
  as: "repository",
  operation: "checks/list-annotations",
  needs: readChecks,
  answer: (call) => {
    const { world, repository } = call;
    const run = runIn(call);
    return listAnswer(call, run.annotations, (annotation) =>
      payloadOfAnnotation(world, repository, run, annotation),
    );
  },
};

const rerequest: RepositoryRoute = {
  as: "repository",
  operation: "checks/rerequest-run",
  needs: writeChecks,
  answer: (call) => {
    rerequestCheckRun(call.world, call.repository, ownRunIn(call), actor(call));
    return { status: 201, body: {} };
  },
};

const listForRef: RepositoryRoute = {
  as: "repository",
  operation: "checks/list-for-ref",
  needs: readChecks,
  answer: async (call) => {
    const { world, repository, parameters, query } = call;
    const ref = parameters["ref"] ?? "";
    const sha = (await repository.git.commit(ref)) ?? (await repository.git.commit(`refs/${ref}`));
    if (sha === null) throw new ApiError(422, `No commit found for SHA: ${ref}`);
    const list = query.get("filter") === "all" ? checkRunsAt : latestCheckRuns;
    const found = list(repository, sha).filter((run) => isAskedFor(run, query));
    const { items, pages } = pageOf(call, found);
    const runs = items.map((run) => payloadOfCheckRun(world, repository, run));
    return { status: 200, body: { total_count: found.length, check_runs: runs }, pages };
  },
};

export const checkRunRoutes: readonly Route[] = [
  create,
  update,
  get,
  listAnnotations,
  rerequest,
  listForRef,
];

function runIn(call: RepositoryCall): CheckRun {
  return findCheckRun(call.repository, numberIn(call, "check_run_id"));
}

/** Only the App that made a check run may touch it. */
function ownRunIn(call: RepositoryCall): CheckRun {
  const run = runIn(call);
  if (run.app === callingApp(call)) return run;
  throw new ApiError(
    403,
    `Invalid app_id \`${callingApp(call).id}\` - check run can only be modified by the GitHub App that created it.`,
  );
}

function isAskedFor({ name, status, app }: CheckRun, query: URLSearchParams): boolean {
  const [wantedName, wantedStatus] = [query.get("check_name"), query.get("status")];
  const wantedApp = query.get("app_id");
  return (
    (wantedName === null || wantedName === name) &&
    (wantedStatus === null || wantedStatus === status) &&
    (wantedApp === null || wantedApp === String(app.id))
  );
}

function answerWith(
  { world, repository }: RepositoryCall,
  run: CheckRun,
  status: 200 | 201,
): Answer {
  return { status, body: payloadOfCheckRun(world, repository, run) };
}
