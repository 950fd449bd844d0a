import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRemoteLedgerBranch } from "../../git/remote-ledger-branch.ts";
import { openRemote } from "../../git/remote.ts";

const TOKEN = `ghs_1003_eyJhbGciOiJIUzI1NiJ9.${"payload/+".repeat(6)}.c2lnbmF0dXJl`;
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");

let cacheDir: string;
let server: Server;
let url: string;

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  server = createServer((request, response) => {
    request.resume();
    const service = new URL(request.url ?? "", "http://x").searchParams.get("service") ?? "";
    const sent = request.headers.authorization ?? "";
    const token = Buffer.from(sent.replace("Basic ", ""), "base64").toString("utf8").slice(15);
    response.setHeader("content-type", `application/x-${service}-advertisement`);
    // What git tells as the remote's own error.
    const said = `ERR ${sent} ${token} ${encodeURIComponent(token)}`;
    response.end(`${packet(`# service=${service}\n`)}0000${packet(said)}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/repository`;
});

afterEach(async () => {
  server.close();
  await rm(cacheDir, { recursive: true });
});

/** A pkt-line: its length in four hex digits, these included. */
function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, "0")}${text}`;
}

async function messageOf(asking: () => Promise<unknown>): Promise<string> {
  const error: unknown = await asking().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message : "nothing was thrown";
}

test.each([
  {
    what: "a read",
    ask: async () => {
      await using remote = await openRemote({ url, token: TOKEN, cacheDir });
      return await remote.resolveRef("refs/heads/main");
    },
  },
  {
    what: "a push",
    ask: async () => {
      await using branch = await openRemoteLedgerBranch({ url, token: TOKEN, cacheDir });
      return await branch.advance(null, new Map([["README.md", Buffer.from("a")]]), "a");
    },
  },
])("a token that a server says back to $what is not in the error", async ({ ask }) => {
  const message = await messageOf(ask);
  expect(message).toContain("[token]");
  for (const form of [TOKEN, BASIC, encodeURIComponent(TOKEN)])
    for (let at = 0; at + 16 <= form.length; at += 16)
      expect(message).not.toContain(form.slice(at, at + 16));
});
