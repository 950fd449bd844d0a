import { randomUUID } from "node:crypto";
import { ApiError, notFound, type FieldError } from "../state/api-error.ts";
import { fullName } from "../state/repositories.ts";
import { findRepository, renamedRepository, type World } from "../state/world.ts";
import { requireApp, requireInstallation, requireMembers, requireRepository } from "./access.ts";
import { callerName, type Caller } from "./callers.ts";
import { readBody, reset, waitOut, type Exchange } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import { linkHeader } from "./paging.ts";
import type { Match, Router } from "./router.ts";
import type { Answer, Call } from "./routes.ts";
import { identify } from "./tokens.ts";

/** An answer with the headers that a fault orders. */
interface FullAnswer extends Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

const documentation = "https://docs.github.com/rest";
const secondaryLimit =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.";

/** Answers one REST request, and counts it. `path` is what follows the API's base. */
export async function answerRest(
  world: World,
  router: Router,
  exchange: Exchange,
  path: string,
): Promise<void> {
  const method = exchange.request.method ?? "GET";
  const match = router.find(method, pathByNames(world, path));
  const route = match?.operation.template ?? path;
  const fault = world.faults.take(method, route);
  const logged = { method, route, path, actor: "anonymous", at: world.now(), status: 0 };
  world.log.requests.push(logged);
  await waitOut(fault);
  if (fault?.kind === "reset") {
    reset(exchange);
    return;
  }
  const ordered = faultAnswer(fault, exchange);
  const body = await readBody(exchange.request);
  const answer = ordered ?? (await work(body));
  if (fault?.kind === "lost-answer") {
    reset(exchange);
    return;
  }
  logged.status = answer.status;
  send(exchange, answer);

  async function work(bytes: Buffer | null): Promise<FullAnswer> {
    try {
      const caller = identifyRequest(world, exchange);
      logged.actor = callerName(caller);
      if (match === null) throw notFound();
      return await answerCall(world, match, {
        caller,
        bytes,
        query: exchange.address.searchParams,
      });
    } catch (error) {
      return errorAnswer(error);
    }
  }
}

/** `/repositories/1042/pulls/7`, as redirects name it, is `/repos/acme/shop/pulls/7`. */
function pathByNames(world: World, path: string): string {
  const [, id = "", rest = ""] = /^\/repositories\/([0-9]+)(\/.*)?$/.exec(path) ?? [];
  const repository = world.repositories.get(Number(id));
  return repository === undefined ? path : `/repos/${fullName(repository)}${rest}`;
}

function identifyRequest(world: World, { request }: Exchange): Caller {
  if (request.headers["user-agent"] === undefined) {
    throw new ApiError(
      403,
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
    );
  }
  return identify(world, request.headers.authorization);
}

async function answerCall(
  world: World,
  match: Match,
  request: {
    readonly caller: Caller;
    readonly bytes: Buffer | null;
    readonly query: URLSearchParams;
  },
): Promise<FullAnswer> {
  const { operation, parameters } = match;
  const { caller, query } = request;
  const moved = movedTo(world, match, query);
  if (moved !== null) return moved;
  const run = letIn(world, match, caller);
  const body = parse(request.bytes);
  checkRequest(world, match, { parameters, query, body });
  const answer = await run({ world, caller, parameters, query, body: body ?? {} });
  const problem = world.description.responseProblem(operation, answer.status, answer.body);
  if (problem === null) return answer;
  const { method, template: route } = operation;
  world.log.violations.push({ method, route, problem: `the embedded GitHub's answer: ${problem}` });
  throw new ApiError(500, `embedded GitHub: answer of ${operation.id}: ${problem}`);
}

/** The redirect to where a repository is under its id, null where its names are its own. */
function movedTo(
  world: World,
  { operation, parameters, path }: Match,
  query: URLSearchParams,
): FullAnswer | null {
  const { owner = "", repo = "" } = parameters;
  const repository = renamedRepository(world, owner, repo);
  if (repository === undefined) return null;
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  const rest = path.split("/").slice(4).join("/");
  const url = `${world.apiUrl}/repositories/${repository.id}/${rest}${search}`;
  // As on GitHub: what is only read moved for good, what writes is to be repeated as it is.
  const [status, message] =
    operation.method === "GET" ? [301, "Moved Permanently"] : [307, "Temporary Redirect"];
  return {
    status,
    headers: { location: url },
    body: { message, url, documentation_url: documentation },
  };
}

/** Lets the caller in, and answers what it may then run; throws where it may not. */
function letIn(
  world: World,
  { route, parameters }: Match,
  caller: Caller,
): (call: Call) => Answer | Promise<Answer> {
  if (route.as === "app") {
    const app = requireApp(caller);
    return (call) => route.answer({ ...call, app });
  }
  if (route.as === "installation") {
    const installation = requireInstallation(caller);
    return (call) => route.answer({ ...call, caller: installation });
  }
  if (route.as === "organisation") {
    requireMembers(world, caller, parameters["org"] ?? "");
    return (call) => route.answer(call);
  }
  const named = findRepository(world, parameters["owner"] ?? "", parameters["repo"] ?? "");
  const repository = requireRepository(world, caller, named, route.needs);
  return (call) => route.answer({ ...call, repository });
}

function parse(bytes: Buffer | null): unknown {
  if (bytes === null) throw new ApiError(413, "Payload too large");
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new ApiError(400, "Problems parsing JSON", { cause });
  }
}

function checkRequest(
  world: World,
  { route, operation }: Match,
  parts: Pick<Call, "parameters" | "query" | "body">,
): void {
  const { method, template } = operation;
  const limits = route.limits?.(parts.body) ?? [];
  const described = world.description.requestProblem(operation, parts);
  const problem = limits[0]?.message ?? described;
  if (problem === null) return;
  world.log.violations.push({ method, route: template, problem });
  if (limits.length > 0) throw new ApiError(422, "Validation Failed", { errors: limits });
  throw new ApiError(422, `Invalid request.\n\n${problem}`);
}

function faultAnswer(fault: Fault | null, { request }: Exchange): FullAnswer | null {
  if (fault?.kind === "echo") {
    const { status } = fault;
    return { status, body: errorBody(status, JSON.stringify(request.headers)) };
  }
  if (fault?.kind === "status") {
    const { status, headers = {}, body = errorBody(status, "Ordered by a test") } = fault;
    return { status, headers, body };
  }
  if (fault?.kind !== "secondary-rate-limit") return null;
  const { status = 403, retryAfterSeconds } = fault;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return { status, headers, body: errorBody(status, secondaryLimit) };
}

function errorAnswer(error: unknown): FullAnswer {
  if (!(error instanceof ApiError)) {
    console.error("embedded GitHub:", error);
    return { status: 500, body: errorBody(500, `embedded GitHub: ${String(error)}`) };
  }
  const { status, message, errors } = error;
  return { status, body: errorBody(status, message, errors) };
}

function errorBody(
  status: number,
  message: string,
  errors?: readonly (FieldError | string)[],
): Record<string, unknown> {
  const details = errors === undefined ? {} : { errors };
  return { message, ...details, documentation_url: documentation, status: String(status) };
}

function send({ response, address }: Exchange, { status, body, pages, headers }: FullAnswer): void {
  const link = pages === undefined ? null : linkHeader(address, pages);
  if (link !== null) response.setHeader("link", link);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": randomUUID(),
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    ...headers,
  });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
