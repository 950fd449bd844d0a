import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSameHostFetch } from "../../github/same-host-fetch.ts";

interface Seen {
  readonly at: string;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let redirect: { status: number; location: string } | null = null;
let seen: Seen[] = [];
const servers: Server[] = [];
const ending = new AbortController();
const sameHostFetch = createSameHostFetch({ ending: ending.signal });
let here: string;
let elsewhere: string;

beforeAll(async () => {
  here = await serve("here");
  elsewhere = await serve("elsewhere");
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

beforeEach(() => {
  redirect = null;
  seen = [];
});

/** Redirects `/old` as `redirect` says, never ends `/endless`, and answers all else with `{}`. */
async function serve(name: string): Promise<string> {
  const server = createServer((request, response) => {
    const { method, headers, url } = request;
    void text(request).then((body) => {
      seen.push({ at: `${name}${url ?? ""}`, method, headers, body });
      if (url === "/old" && redirect !== null)
        response.writeHead(redirect.status, { location: redirect.location });
      if (url === "/endless") response.write("[");
      else response.end("{}");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const write = { method: "POST", body: '{"a":1}', headers: { authorization: "token secret" } };

test.each([301, 302, 307, 308])(
  "a redirect (%i) on the same host is followed with method, body and token",
  async (status) => {
    redirect = { status, location: "/repositories/99/new" };
    const response = await sameHostFetch(`${here}/old`, write);
    expect(response.status).toBe(200);
    expect(seen.at(-1)).toMatchObject({
      at: "here/repositories/99/new",
      method: "POST",
      body: write.body,
      headers: { authorization: "token secret" },
    });
  },
);

describe("a redirect that is not followed", () => {
  test.each([
    { where: "to another host", location: () => `${elsewhere}/new` },
    { where: "to another scheme", location: () => here.replace("http:", "https:") },
    { where: "to a data address", location: () => "data:application/json,{}" },
    { where: "to nowhere", location: () => "http://" },
  ])(
    "is one $where: nothing is sent there, and it is answered as refused",
    async ({ location }) => {
      redirect = { status: 307, location: location() };
      const response = await sameHostFetch(`${here}/old`, write);
      expect(response.status).toBe(403);
      expect(seen.map(({ at }) => at)).toEqual(["here/old"]);
    },
  );

  test("is one that leads in circles", async () => {
    redirect = { status: 301, location: "/old" };
    expect((await sameHostFetch(`${here}/old`, write)).status).toBe(403);
    expect(seen.length).toBeLessThan(6);
  });
});

test("an answer that is larger than any of GitHub's is refused", async () => {
  const limited = createSameHostFetch({ ending: ending.signal, maxAnswerBytes: 1 });
  const response = await limited(`${here}/new`, {});
  expect(response.status).toBe(400);
  expect(await response.text()).not.toBe("{}");
});

test("an answer that does not end in time is refused", async () => {
  const hasty = createSameHostFetch({ ending: ending.signal, timeoutMs: 100 });
  expect((await hasty(`${here}/endless`, {})).status).toBe(400);
});

test("an answer is given whole, with its status and headers", async () => {
  const response = await sameHostFetch(`${here}/new`, {});
  expect(response.headers.get("content-length")).toBe("2");
  expect(await response.json()).toEqual({});
});

test("where requests are to end, one that runs is given up, and none begins", async () => {
  const stop = new AbortController();
  const stopped = createSameHostFetch({ ending: stop.signal });
  const running = stopped(`${here}/endless`, {});
  setTimeout(() => {
    stop.abort();
  }, 50);
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  await expect(stopped(`${here}/new`, {})).rejects.toMatchObject({ name: "AbortError" });
  expect(seen.map(({ at }) => at)).toEqual(["here/endless"]);
});
