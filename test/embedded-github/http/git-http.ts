import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { basename, dirname } from "node:path";
import { rulesForPush } from "../acts/rules.ts";
import { seePush } from "../acts/pushes.ts";
import { requireRepository } from "./access.ts";
import { actingAccount, callerName, type Caller } from "./callers.ts";
import { reset, waitOut, type Exchange } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import { identify } from "./tokens.ts";
import { ApiError } from "../state/api-error.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import { findRepository, renamedRepository, type World } from "../state/world.ts";
import { startGit } from "../git/git-process.ts";

/** The parts of `/{owner}/{name}.git/{path}`. */
export interface GitAddress {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
}

type StatusFault = Extract<Fault, { kind: "status" }>;

type Service = "git-upload-pack" | "git-receive-pack";

/** Reads an address that git would ask for, null for any other. */
export function gitAddressOf(path: string): GitAddress | null {
  const expression =
    /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;
  const [, owner, name, rest] = expression.exec(path) ?? [];
  if (owner === undefined || name === undefined || rest === undefined) return null;
  return { owner, name, path: rest };
}

/** Serves git's smart HTTP protocol from a repository on disk. */
export async function answerGit(
  world: World,
  exchange: Exchange,
  asked: GitAddress,
): Promise<void> {
  const { request } = exchange;
  const method = request.method ?? "GET";
  const service = serviceOf(exchange, asked);
  const name = `${asked.owner}/${asked.name}`;
  const logged = {
    repository: name,
    service: service ?? ("unknown" as const),
    method,
    actor: "anonymous",
    at: world.now(),
    status: 0,
  };
  world.log.gitRequests.push(logged);
  const fault = service === null ? null : world.faults.takeNamed(method, service);
  await waitOut(fault);
  if (fault?.kind === "reset") {
    reset(exchange);
    return;
  }
  try {
    if (fault?.kind === "echo") {
      logged.status = sendOrdered(exchange, echo(exchange, service ?? "", fault.status));
      return;
    }
    if (fault?.kind === "status") {
      logged.status = sendOrdered(exchange, fault);
      return;
    }
    if (service === null) throw new ApiError(403, "Please upgrade your git client.");
    const moved = renamedRepository(world, asked.owner, asked.name);
    if (moved !== undefined) {
      const location = `${world.url}/${fullName(moved)}.git/${asked.path}${exchange.address.search}`;
      logged.status = sendOrdered(exchange, { status: 301, headers: { location } });
      return;
    }
    const caller = identify(world, request.headers.authorization);
    logged.actor = callerName(caller);
    const repository = letIn(world, caller, asked, service);
    const isLost = fault?.kind === "lost-answer";
    logged.status = await serve(world, exchange, { repository, caller, path: asked.path, isLost });
  } catch (error) {
    logged.status = refuse(exchange, error);
  }
}

function serviceOf({ address }: Exchange, { path }: GitAddress): Service | null {
  const name = path === "info/refs" ? address.searchParams.get("service") : path;
  return name === "git-upload-pack" || name === "git-receive-pack" ? name : null;
}

function letIn(
  world: World,
  caller: Caller,
  { owner, name }: GitAddress,
  service: Service,
): Repository {
  const level = service === "git-upload-pack" ? "read" : "write";
  try {
    const named = findRepository(world, owner, name);
    return requireRepository(world, caller, named, { permission: "contents", level });
  } catch (error) {
    // git asks for a password only after a 401, also where it could not know that there is something to see.
    if (caller.kind !== "anonymous") throw error;
    throw new ApiError(401, "Authentication required", { cause: error });
  }
}

interface Served {
  readonly repository: Repository;
  readonly caller: Caller;
  readonly path: string;
  /** Whether the connection breaks once the work is done. */
  readonly isLost: boolean;
}

/** Runs git's own CGI program for one request, and answers the HTTP status. */
async function serve(world: World, exchange: Exchange, served: Served): Promise<number> {
  const { repository, caller, path, isLost } = served;
  const { request, response } = exchange;
  const child = startGit(
    repository.git.folder,
    ["http-backend"],
    environment(world, exchange, served),
  );
  child.stdin.on("error", () => undefined);
  response.on("close", () => child.kill());
  request.pipe(child.stdin);
  const output = await outputOf(child);
  const pusher = actingAccount(caller);
  if (path === "git-receive-pack" && pusher !== null) await seePush(world, repository, pusher);
  if (isLost) {
    reset(exchange);
    return 0;
  }
  const { status, headers, body } = parseCgi(output);
  // On a connection of its own curl does not silently try again what a fault broke.
  response.writeHead(status, { ...headers, connection: "close" });
  response.end(body);
  return status;
}

function environment(
  world: World,
  { request, address }: Exchange,
  { repository, caller, path }: Served,
): NodeJS.ProcessEnv {
  const { folder } = repository.git;
  const { headers } = request;
  const app = caller.kind === "installation" ? caller.installation.app.id : null;
  return {
    GIT_DIR: undefined,
    GIT_PROJECT_ROOT: dirname(folder),
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: `/${basename(folder)}/${path}`,
    QUERY_STRING: address.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: headers["content-type"],
    CONTENT_LENGTH: headers["content-length"],
    HTTP_CONTENT_ENCODING: headers["content-encoding"],
    GIT_PROTOCOL: [headers["git-protocol"] ?? ""].flat().join(":"),
    REMOTE_USER: callerName(caller),
    RULES: rulesForPush(repository, app),
    RULES_PAGE: `${world.url}/${fullName(repository)}/rules`,
  };
}

function outputOf(child: ChildProcessWithoutNullStreams): Promise<Buffer> {
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.resume();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

interface CgiAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** `Status: 200 OK\r\nName: value\r\n\r\nbody`, where the status may be missing. */
function parseCgi(output: Buffer): CgiAnswer {
  const end = output.indexOf("\r\n\r\n");
  if (end === -1) throw new Error("git http-backend answered nothing");
  const lines = output.subarray(0, end).toString("latin1").split("\r\n");
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const { status = "200", ...headers } = Object.fromEntries(fields) as Record<string, string>;
  return { status: Number.parseInt(status, 10), headers, body: output.subarray(end + 4) };
}

/** The headers that were sent, as the remote's own error where git asks for refs: that is what it prints. */
function echo({ request }: Exchange, service: string, status: number): Omit<StatusFault, "kind"> {
  const said = JSON.stringify(request.headers);
  if (request.method !== "GET") return { status, body: `error: ${said}` };
  const headers = { "content-type": `application/x-${service}-advertisement` };
  const body = `${packet(`# service=${service}\n`)}0000${packet(`ERR ${said}`)}`;
  return { status: 200, headers, body };
}

/** A pkt-line: its length in four hex digits, these included. */
function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, "0")}${text}`;
}

function sendOrdered(
  { request, response }: Exchange,
  { status, headers = {}, body = "Ordered by a test" }: Omit<StatusFault, "kind">,
): number {
  request.resume();
  response.writeHead(status, { "content-type": "text/plain", connection: "close", ...headers });
  response.end(`${typeof body === "string" ? body : JSON.stringify(body)}\n`);
  return status;
}

function refuse(exchange: Exchange, error: unknown): number {
  const { request, response } = exchange;
  const status = error instanceof ApiError ? error.status : 500;
  if (status === 500) console.error("embedded GitHub:", error);
  request.resume();
  if (response.headersSent || response.destroyed) return status;
  const challenge: Record<string, string> =
    status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
  response.writeHead(status, {
    "content-type": "text/plain",
    connection: "close",
    ...challenge,
  });
  response.end(error instanceof Error ? `${error.message}\n` : "");
  return status;
}
