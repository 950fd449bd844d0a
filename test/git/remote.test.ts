import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openRemote, type Remote } from "../../git/remote.ts";
import type { RemoteOptions } from "../../git/remote-cache.ts";
import { openRepository } from "../../git/repository.ts";
import { contentOf } from "../../rules/change/listing.ts";
import { actionOn, expectCode } from "./act.ts";
import { fixtureGit } from "./fixture-repository.ts";
import { createFixtureServer, type FixtureServer } from "./fixture-server.ts";

let server: FixtureServer;
let cacheDir: string;
let base: string;
let head: string;

beforeEach(async () => {
  server = await createFixtureServer();
  cacheDir = await mkdtemp(join(tmpdir(), "bailiff-cache-"));
  base = await server.repository.commit({ a: "1", b: "1", ".github/bailiff.yml": "version: 1\n" });
  head = await server.repository.commit(
    { a: "2", b: null, c: "3" },
    { branch: "topic", parents: [base] },
  );
  await server.repository.git("update-ref", "refs/pull/1/head", head);
  await server.repository.git("update-ref", "-d", "refs/heads/topic");
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(cacheDir, { recursive: true });
});

function open(options: Partial<RemoteOptions> = {}): Promise<Remote> {
  return openRemote({ url: server.url, cacheDir, ...options });
}

/** Fetches a commit and one of its files into the cache, and closes it. */
async function readOnce(commit: string, path: string, options: Partial<RemoteOptions> = {}) {
  await using remote = await open(options);
  return await remote.readFileAt(commit, path);
}

async function leftovers(): Promise<string[]> {
  const names = await readdir(cacheDir, { recursive: true });
  return names.filter((name) => name.includes("tmp_"));
}

/** Each fetch or listing starts with one such request. */
function conversations(): number {
  return server.requests.filter((request) => request.startsWith("GET")).length;
}

test("refs are resolved by their exact full names", async () => {
  await server.repository.git("update-ref", "refs/heads/refs/pull/2/head", base);
  await using remote = await open();
  expect(await remote.resolveRef("refs/pull/1/head")).toBe(head);
  expect(await remote.resolveRef("refs/heads/main")).toBe(base);
  expect(await remote.resolveRef("refs/pull/2/head")).toBeNull();
  expect(await remote.resolveRef("main")).toBeNull();
  expect(await remote.resolveRef("--upload-pack=touch x")).toBeNull();
  expect(await remote.defaultBranch()).toEqual({ branch: "main", commit: base });
});

test("a change of a fetched repository is the change of a whole clone", async () => {
  await using remote = await open();
  await using repository = await openRepository(server.repository.directory);
  const [far, near] = [openChangeSource({ remote }), openChangeSource({ repository })];
  const listing = await far.list(actionOn(base, head));
  expect(listing).toEqual(await near.list(actionOn(base, head)));
  expect(await far.digest(listing)).toBe(await near.digest(listing));
});

test("listing fetches no blob, and reading fetches the missing ones in one batch", async () => {
  await using remote = await open();
  const source = openChangeSource({ remote });
  const listing = await source.list(actionOn(base, head));
  expect(conversations()).toBe(1);
  const oids = listing.files
    .flatMap((file) => [file.base, file.head])
    .map((side) => side?.oid ?? "");
  const infos = await remote.store.objects.info(oids.filter((oid) => oid !== ""));
  expect(infos.every((info) => info === null)).toBe(true);
  const wanted = listing.files.flatMap(({ path }) => [
    { path, side: "base" as const, maxBytes: 100 },
    { path, side: "head" as const, maxBytes: 100 },
  ]);
  const contents = await source.read(listing, wanted);
  expect(contentOf(contents, "head", "a")).toEqual(Buffer.from("2"));
  expect(contentOf(contents, "base", "b")).toEqual(Buffer.from("1"));
  expect(conversations()).toBe(2);
  await source.read(listing, wanted);
  await source.digest(listing);
  expect(conversations()).toBe(2);
});

test("what another run fetched is not fetched again", async () => {
  for (const expected of [1, 1]) {
    await using remote = await open();
    await openChangeSource({ remote }).list(actionOn(base, head));
    expect(conversations()).toBe(expected);
  }
});

test("several runs may use one cache at once", async () => {
  const runs = Array.from({ length: 4 }, async () => {
    await using remote = await open();
    const source = openChangeSource({ remote });
    const listing = await source.list(actionOn(base, head));
    return await source.digest(listing);
  });
  expect(new Set(await Promise.all(runs)).size).toBe(1);
});

test("a commit that the remote does not have is an error", async () => {
  await using remote = await open();
  const listed = openChangeSource({ remote }).list(actionOn(base, "1".repeat(40)));
  await expectCode(listed, "FETCH_FAILED");
});

test("a policy is read at a commit of the default branch", async () => {
  await using remote = await open();
  const text = await remote.readFileAt(base, ".github/bailiff.yml");
  expect(text).toEqual(Buffer.from("version: 1\n"));
  expect(await remote.readFileAt(base, "absent")).toBeNull();
});

test("the token goes in a header of each request, and is in no file", async () => {
  await using remote = await open({ token: "ghs_secret" });
  await remote.readFileAt(base, "a");
  const basic = `Basic ${Buffer.from("x-access-token:ghs_secret").toString("base64")}`;
  expect(new Set(server.authorizations)).toEqual(new Set([basic]));
  const config = await readFile(join(remote.store.gitDir, "config"), "utf8");
  expect(config).not.toContain("secret");
  expect(config).not.toContain("Authorization");
});

test("a fetch that brings too much is stopped", async () => {
  const large = await server.repository.commit({ large: randomBytes(6_000_000) });
  server.pauseMs = 2_000;
  await expectCode(readOnce(large, "large", { maxFetchBytes: 1_000 }), "TOO_LARGE");
});

test("a fetch that was stopped for its size does not stop later ones, and leaves nothing", async () => {
  const large = await server.repository.commit({ large: randomBytes(12_000_000) });
  const innocent = await server.repository.commit({ a: randomBytes(2_000_000) });
  server.pauseMs = 1_000;
  await expectCode(readOnce(large, "large", { maxFetchBytes: 4_000_000 }), "TOO_LARGE");
  expect(await leftovers()).toEqual([]);
  const content = await readOnce(innocent, "a", { maxFetchBytes: 4_000_000 });
  expect(content).toHaveLength(2_000_000);
});

test("what a killed fetch left counts for no other, and is removed once it is old", async () => {
  await readOnce(base, "a");
  const [name = ""] = await readdir(cacheDir);
  const left = join(cacheDir, name, "objects/pack/tmp_pack_AbCdEf");
  await writeFile(left, Buffer.alloc(5_000_000));
  const innocent = await server.repository.commit({ a: randomBytes(2_000_000) });
  server.pauseMs = 1_000;
  const content = await readOnce(innocent, "a", { maxFetchBytes: 4_000_000 });
  expect(content).toHaveLength(2_000_000);
  expect(await leftovers()).toHaveLength(1);
  await utimes(left, 0, Date.now() / 1000 - 700);
  await readOnce(innocent, "a");
  expect(await leftovers()).toEqual([]);
});

test("a cache that outgrew its budget is begun anew", async () => {
  const large = await server.repository.commit({ large: randomBytes(6_000_000) });
  const options = { maxCacheBytes: 5_000_000 };
  await readOnce(large, "large", options);
  const [grown] = await readdir(cacheDir);
  expect(await readOnce(base, "a", options)).toEqual(Buffer.from("1"));
  expect(await readdir(cacheDir)).toEqual([grown]);
  await using remote = await open(options);
  expect(await remote.store.objects.info([large])).toEqual([null]);
});

test("a cache that somebody uses is not begun anew, however large it is", async () => {
  await using first = await open({ maxCacheBytes: 0 });
  await first.readFileAt(base, "a");
  await using second = await open({ maxCacheBytes: 0 });
  expect(await second.store.objects.info([base])).not.toEqual([null]);
});

test("many small fetches count as much as they cost", async () => {
  await readOnce(base, "a");
  await using remote = await open({ maxCacheBytes: 1_000_000 });
  expect(await remote.store.objects.info([base])).toEqual([null]);
});

test.each([
  { when: "names a command", url: "ext::sh -c 'touch /tmp/x'" },
  { when: "is of ssh", url: "ssh://git@example.invalid/x" },
  { when: "is a path", url: "/srv/repository" },
  { when: "is a file address that was not allowed", url: "file:///srv/repository" },
  { when: "is plain http to another machine", url: "http://example.invalid/x" },
  { when: "holds credentials", url: "https://user:word@example.invalid/x" },
  { when: "holds a query", url: "https://example.invalid/x?token=1" },
  { when: "holds a fragment", url: "https://example.invalid/x#y" },
  { when: "is an option", url: "--upload-pack=touch" },
])("an address is refused that $when", async ({ url }) => {
  await expectCode(openRemote({ url, cacheDir }), "REMOTE_ADDRESS_REFUSED");
});

test("a token that could end the header is refused", async () => {
  await expectCode(open({ token: "x\r\nHost: y" }), "REMOTE_ADDRESS_REFUSED");
});

test("a file address is read where it is allowed", async () => {
  const url = `file://${server.repository.directory}`;
  await using remote = await openRemote({ url, cacheDir, allow: ["file"] });
  const listing = await openChangeSource({ remote }).list(actionOn(base, head));
  expect(listing.files.map(({ path }) => path)).toEqual(["a", "b", "c"]);
});

test("what the remote redirects to is not followed", async () => {
  await using elsewhere = await createFixtureServer();
  const redirecting = createServer((request, response) => {
    response.writeHead(301, {
      location: `${elsewhere.url}${(request.url ?? "").replace("/r", "")}`,
    });
    response.end();
  });
  await new Promise<void>((resolve) => redirecting.listen(0, "127.0.0.1", resolve));
  const { port } = redirecting.address() as { port: number };
  await using remote = await openRemote({
    url: `http://127.0.0.1:${port}/r`,
    cacheDir,
    token: "ghs_x",
  });
  await expectCode(remote.resolveRef("refs/heads/main"), "FETCH_FAILED");
  expect(elsewhere.requests).toEqual([]);
  redirecting.close();
});

test("a cache can be removed between two runs", async () => {
  await (await open())[Symbol.asyncDispose]();
  await rm(cacheDir, { recursive: true });
  await using remote = await open();
  expect(await remote.readFileAt(base, "a")).toEqual(Buffer.from("1"));
  await fixtureGit(remote.store.gitDir, ["rev-parse", "--git-dir"]);
});
