import { ApiError } from "../state/api-error.ts";
import type { World } from "../state/world.ts";
import { actingAccount, callerName } from "./callers.ts";
import { readBody, type Exchange } from "./exchange.ts";
import { identify } from "./tokens.ts";

/** Where an Enterprise Server has GraphQL. */
export const graphqlPath = "/api/graphql";

/** `{ viewer { login } }`, in any spacing: all that is answered here. */
const viewerQuery = /^(?:query)?\{viewer\{login\}\}$/;

/** Answers who asks, as GraphQL does: a bot's login with its `[bot]`. */
export async function answerGraphql(world: World, exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const method = request.method ?? "GET";
  const logged = { method, route: "/graphql", path: "/graphql", actor: "anonymous", status: 0 };
  const entry = { ...logged, at: world.now() };
  world.log.requests.push(entry);
  const body = await readBody(request);
  try {
    const caller = identify(world, request.headers.authorization);
    entry.actor = callerName(caller);
    const account = actingAccount(caller);
    if (account === null) throw new ApiError(401, "Bad credentials");
    const { query } = JSON.parse(String(body)) as { readonly query: string };
    const isKnown = viewerQuery.test(query.replaceAll(/\s/g, ""));
    const answer = isKnown
      ? { data: { viewer: { login: account.login } } }
      : { errors: [{ type: "undefinedField", message: "This is not emulated" }] };
    entry.status = send(exchange, 200, answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    entry.status = send(exchange, error.status, { message: error.message });
  }
}

function send({ response }: Exchange, status: number, body: unknown): number {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
  return status;
}
