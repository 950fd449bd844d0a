/** A repository served over git's smart HTTP on loopback, with what its clients sent. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createFixtureRepository,
  fixtureGit,
  type FixtureRepository,
} from "./fixture-repository.ts";

export interface FixtureServer extends AsyncDisposable {
  readonly repository: FixtureRepository;
  readonly url: string;
  /** The `Authorization` header of each request, in order. */
  readonly authorizations: (string | undefined)[];
  /** One entry a request: `GET /repository/info/refs?service=git-upload-pack`. */
  readonly requests: string[];
  /** How long the second half of a large answer waits. */
  pauseMs: number;
}

export async function createFixtureServer(): Promise<FixtureServer> {
  const repository = await createFixtureRepository({ bare: true });
  await repository.git("config", "uploadpack.allowFilter", "true");
  await repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
  await repository.git("config", "http.receivepack", "true");
  const execPath = await fixtureGit(repository.directory, ["--exec-path"]);
  const authorizations: (string | undefined)[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const backend = startBackend(execPath, repository.directory, request);
    const chunks: Buffer[] = [];
    backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    backend.on("close", () => {
      answer(Buffer.concat(chunks), response, fixture.pauseMs);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const fixture: FixtureServer = {
    repository,
    pauseMs: 0,
    url: `http://127.0.0.1:${port}/repository`,
    authorizations,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await repository.dispose();
    },
  };
  return fixture;
}

const LARGE_BYTES = 1_000_000;

function startBackend(
  execPath: string,
  directory: string,
  request: IncomingMessage,
): ChildProcessWithoutNullStreams {
  const url = new URL(request.url ?? "/", "http://localhost");
  const backend = spawn(`${execPath}/git-http-backend`, [], {
    env: {
      PATH: process.env["PATH"] ?? "",
      GIT_PROJECT_ROOT: directory.replace(/\/[^/]+$/, ""),
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: request.headers["git-protocol"]?.toString() ?? "",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? "",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      REMOTE_USER: "fixture",
    },
  });
  backend.stdin.on("error", () => undefined);
  request.pipe(backend.stdin);
  return backend;
}

/** CGI: headers, an empty line, the body. */
function answer(output: Buffer, response: ServerResponse, pauseMs: number): void {
  const end = output.indexOf("\r\n\r\n");
  const headers = output.toString("latin1", 0, Math.max(end, 0)).split("\r\n");
  for (const header of headers) {
    const [name = "", value = ""] = header.split(": ");
    if (name === "Status") response.statusCode = Number.parseInt(value, 10);
    else if (name !== "") response.setHeader(name, value);
  }
  const body = output.subarray(end + 4);
  if (body.length < LARGE_BYTES) {
    response.end(body);
    return;
  }
  const half = body.length / 2;
  response.write(body.subarray(0, half));
  setTimeout(() => response.end(body.subarray(half)), pauseMs);
}
