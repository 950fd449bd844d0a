import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerGraphql, graphqlPath } from "./graphql.ts";
import { answerGit, gitAddressOf } from "./git-http.ts";
import type { World } from "../state/world.ts";
import type { Exchange } from "./exchange.ts";
import { pageAt } from "./page.ts";
import { answerRest } from "./rest.ts";
import type { Router } from "./router.ts";

/** What follows the server's URL before a REST path, as on an Enterprise Server. */
export const apiBase = "/api/v3";

type Handler = (exchange: Exchange) => Promise<void>;

/** A server whose handler comes later, for its URL is known only once it listens. */
export interface ListeningServer {
  readonly url: string;
  serve(handler: Handler): void;
  /** Stops listening, and waits for the requests that run. */
  close(): Promise<void>;
}

export async function listen(): Promise<ListeningServer> {
  let handle: Handler | undefined;
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const done = run(request, response).finally(() => running.delete(done));
    running.add(done);
  });
  const url = `http://127.0.0.1:${await portOf(server)}`;
  return {
    url,
    serve(handler) {
      handle = handler;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await Promise.allSettled(running);
    },
  };

  async function run(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle?.({ request, response, address: new URL(request.url ?? "/", url) });
    } catch (error) {
      if (!response.destroyed) console.error("embedded GitHub:", error);
      response.destroy();
    }
  }
}

/** Sends each request to the API, to git or to the pages. */
export function handlerOf(world: World, router: Router): Handler {
  return async (exchange) => {
    const { pathname } = exchange.address;
    const { authorization } = exchange.request.headers;
    if (authorization !== undefined) world.log.authorizations.add(authorization);
    exchange.response.setHeader("date", world.now().toUTCString());
    const asked = gitAddressOf(pathname);
    if (pathname.startsWith(`${apiBase}/`)) {
      await answerRest(world, router, exchange, pathname.slice(apiBase.length));
    } else if (pathname === graphqlPath) {
      await answerGraphql(world, exchange);
    } else if (asked !== null) {
      await answerGit(world, exchange, asked);
    } else {
      answerPage(world, exchange, pathname);
    }
  };
}

function answerPage(world: World, { request, response }: Exchange, path: string): void {
  const page = request.method === "GET" ? pageAt(world, path) : null;
  request.resume();
  response.writeHead(page === null ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
  response.end(page ?? "Not Found\n");
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
