/**
 * A repository whose every setting attacks who reads it. Each trap writes a marker file; the traps that
 * plain git falls into are sprung once, so that a test cannot pass because its trap never worked.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openChangeSource } from "../../git/change-source.ts";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { openRepository } from "../../git/repository.ts";
import { contentOf, type Listing } from "../../rules/change/listing.ts";
import { actionOn, collect, expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

let fixture: FixtureRepository;
let markers: string;
let base: string;
let head: string;

beforeEach(async () => {
  fixture = await createFixtureRepository();
  markers = await mkdtemp(join(tmpdir(), "bailiff-markers-"));
  base = await fixture.commit({ "a.txt": "harmless", shown: "1" });
  head = await fixture.commit({
    "a.txt": "hostile",
    shown: "2",
    ".gitattributes": "* -diff -text filter=trap diff=trap merge=trap ident export-subst\n",
  });
});

afterEach(async () => {
  await fixture.dispose();
  await rm(markers, { recursive: true });
});

function trap(name: string): string {
  return `touch ${join(markers, name)}; false`;
}

async function sprung(): Promise<string[]> {
  return (await readdir(markers)).sort();
}

async function plantConfiguration(): Promise<void> {
  const settings = {
    "core.fsmonitor": trap("fsmonitor"),
    "core.sshCommand": trap("ssh"),
    "core.pager": trap("pager"),
    "core.editor": trap("editor"),
    "core.askPass": trap("askpass"),
    "core.gitProxy": trap("proxy"),
    "core.alternateRefsCommand": trap("alternate-refs"),
    "core.hooksPath": join(fixture.gitDir, "trapped-hooks"),
    "credential.helper": `!${trap("credential")}`,
    "diff.external": trap("diff-external"),
    "diff.trap.command": trap("diff-command"),
    "diff.trap.textconv": trap("textconv"),
    "filter.trap.clean": trap("clean"),
    "filter.trap.smudge": trap("smudge"),
    "filter.trap.process": trap("process"),
    "merge.trap.driver": trap("merge"),
    "gpg.program": trap("gpg"),
    "commit.gpgSign": "true",
    "push.gpgSign": "true",
    "trailer.trap.command": trap("trailer"),
    "uploadpack.packObjectsHook": trap("pack-objects"),
    "remote.evil.url": fixture.gitDir,
    "remote.evil.promisor": "true",
    "remote.evil.uploadpack": trap("uploadpack"),
    "extensions.partialClone": "evil",
    "core.repositoryFormatVersion": "1",
    "include.path": join(markers, "..", "included"),
    "core.logAllRefUpdates": "always",
    "core.commitGraph": "true",
    "gc.auto": "1",
    "maintenance.auto": "true",
    "log.showSignature": "true",
  };
  for (const command of ["cat-file", "rev-parse", "merge-base", "update-ref", "fast-import"]) {
    await fixture.git("config", `alias.${command}`, `!${trap(command)}`);
  }
  for (const [key, value] of Object.entries(settings)) await fixture.git("config", key, value);
}

async function plantHooks(): Promise<void> {
  const names = [
    "reference-transaction",
    "post-update",
    "pre-auto-gc",
    "post-index-change",
    "fsmonitor-watchman",
  ];
  for (const folder of ["hooks", "trapped-hooks"]) {
    await mkdir(join(fixture.gitDir, folder), { recursive: true });
    for (const name of names) {
      const script = `#!/bin/sh\ntouch ${join(markers, `${folder}-${name}`)}\n`;
      await writeFile(join(fixture.gitDir, folder, name), script, { mode: 0o755 });
    }
  }
}

async function removeObject(oid: string): Promise<void> {
  await rm(join(fixture.gitDir, "objects", oid.slice(0, 2), oid.slice(2)));
}

/** Reads all that can be read and writes a ledger. */
async function useEverything(): Promise<Listing> {
  await using repository = await openRepository(fixture.directory);
  await repository.defaultBase();
  await repository.resolve("HEAD~1");
  await repository.readFileAt(head, ".gitattributes");
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(base, await repository.resolve("main")));
  const sides = ["base", "head"] as const;
  const wanted = listing.files.flatMap(({ path }) =>
    sides.map((side) => ({ path, side, maxBytes: 1_000 })),
  );
  await source.read(listing, wanted);
  await source.digest(listing).catch(() => undefined);
  await using ledger = await openLedgerBranch({ repository: fixture.directory });
  await ledger.advance(null, new Map([["checkpoint", Buffer.from("0")]]), "one");
  await ledger.advance(
    (await ledger.tip())?.commit ?? "",
    new Map([["a", Buffer.from("1")]]),
    "two",
  );
  await using clone = await openLedgerClone({ repository: fixture.directory });
  await collect(clone.readAll((await clone.files()).map(({ path }) => path)));
  await collect(clone.history());
  return listing;
}

test("no setting, attribute or hook of a repository is executed, whatever is done with it", async () => {
  const missing = await fixture.git("rev-parse", `${head}:shown`);
  await plantHooks();
  await plantConfiguration();
  await removeObject(missing);
  const listing = await useEverything();
  expect(listing.files.map(({ path }) => path)).toEqual([".gitattributes", "a.txt", "shown"]);
  expect(await sprung()).toEqual([]);
});

test("the traps work: plain git runs a hook on a moved ref and a command for a missing blob", async () => {
  const missing = await fixture.git("rev-parse", `${head}:shown`);
  await plantHooks();
  await plantConfiguration();
  await removeObject(missing);
  await fixture.git("update-ref", "refs/heads/x", head);
  await fixture.git("cat-file", "-p", missing).catch(() => undefined);
  const names = await sprung();
  expect(names).toContain("trapped-hooks-reference-transaction");
  expect(names).toContain("uploadpack");
});

test("a missing blob is reported as missing, and every other content is read", async () => {
  await plantConfiguration();
  await removeObject(await fixture.git("rev-parse", `${head}:shown`));
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  const listing = await source.list(actionOn(base, head));
  const wanted = ["a.txt", "shown"].map((path) => ({ path, side: "head" as const, maxBytes: 99 }));
  const contents = await source.read(listing, wanted);
  expect(contentOf(contents, "head", "a.txt")).toEqual(Buffer.from("hostile"));
  expect(contentOf(contents, "head", "shown")).toEqual({ unread: "missing-object" });
});

test("replace refs show nothing else: not a blob, not a tree, not a commit", async () => {
  await fixture.git("replace", `${head}:a.txt`, `${base}:a.txt`);
  await fixture.git("replace", `${head}^{tree}`, `${base}^{tree}`);
  await fixture.git("replace", head, base);
  expect(await fixture.git("show", `${head}:a.txt`)).toBe("harmless");
  await using repository = await openRepository(fixture.directory);
  expect(await repository.resolve("main")).toBe(head);
  expect(await repository.readFileAt(head, "a.txt")).toEqual(Buffer.from("hostile"));
  const listing = await openChangeSource({ repository }).list(actionOn(base, head));
  expect(listing.files.map(({ path }) => path)).toEqual([".gitattributes", "a.txt", "shown"]);
});

async function forked(): Promise<{ root: string; main: string; topic: string }> {
  const main = await fixture.commit({ "a.txt": "lowered" });
  const topic = await fixture.commit({ other: "x" }, { branch: "topic", parents: [head] });
  return { root: head, main, topic };
}

test("grafts do not move the merge base", async () => {
  const { root, main, topic } = await forked();
  await mkdir(join(fixture.gitDir, "info"), { recursive: true });
  await writeFile(join(fixture.gitDir, "info", "grafts"), `${topic} ${main}\n`);
  expect(await fixture.git("merge-base", main, topic)).toBe(main);
  await using repository = await openRepository(fixture.directory);
  const listing = await openChangeSource({ repository }).list(actionOn(main, topic));
  expect(listing.mergeBase).toBe(root);
});

test("a forged commit graph shows neither other parents nor another tree", async () => {
  const { root, main, topic } = await forked();
  const tip = await fixture.commit({ other: "y" }, { branch: "topic", parents: [topic] });
  const version = ["-c", "commitGraph.generationVersion=1"];
  await fixture.git(...version, "commit-graph", "write", "--reachable");
  const path = join(fixture.gitDir, "objects", "info", "commit-graph");
  const graph = await readFile(path);
  const trees = await fixture.git("rev-parse", ...[main, topic, tip].map((id) => `${id}^{tree}`));
  const [mainTree, topicTree, tipTree] = trees.split("\n").map((id) => Buffer.from(id, "hex"));
  if (!mainTree || !topicTree || !tipTree) throw new Error("a tree is missing");
  // An entry is a tree's id, two positions of parents among the sorted ids, and a generation.
  const [entry, tipEntry] = [graph.lastIndexOf(topicTree), graph.lastIndexOf(tipTree)];
  graph.writeUInt32BE([base, head, main, topic, tip].sort().indexOf(main), entry + 20);
  graph.writeUInt32BE(4 << 2, entry + 28);
  graph.writeUInt32BE(5 << 2, tipEntry + 28);
  graph.set(mainTree, entry);
  await rm(path);
  await writeFile(path, graph);
  expect(await fixture.git("merge-base", main, tip)).toBe(main);
  const shown = (await fixture.git("log", "-2", "--format=%T", tip)).split("\n");
  expect(shown[1]).toBe(mainTree.toString("hex"));
  await using repository = await openRepository(fixture.directory);
  const source = openChangeSource({ repository });
  expect((await source.list(actionOn(main, tip))).mergeBase).toBe(root);
  const listing = await source.list(actionOn(main, await repository.resolve(`${tip}~1`)));
  expect(listing.files.map(({ path: name }) => name)).toEqual(["other"]);
});

/** Writes a commit with other parents into the file of an object. */
async function forgeParents(oid: string, parents: readonly string[]): Promise<void> {
  const text = await fixture.git("cat-file", "commit", oid);
  const lines = text.split("\n").filter((line) => !line.startsWith("parent "));
  lines.splice(1, 0, ...parents.map((parent) => `parent ${parent}`));
  const content = `${lines.join("\n")}\n`;
  const path = join(fixture.gitDir, "objects", oid.slice(0, 2), oid.slice(2));
  await rm(path, { force: true });
  await writeFile(path, deflateSync(`commit ${Buffer.byteLength(content)}\0${content}`));
}

test("a forged commit between head and merge base does not move the merge base", async () => {
  await fixture.git("config", "fastimport.unpackLimit", "1000");
  const { root, main, topic } = await forked();
  const tip = await fixture.commit({ n: "1" }, { branch: "topic", parents: [topic] });
  expect(await mergeBaseOf(main, tip)).toBe(root);
  await forgeParents(topic, [base]);
  expect(await fixture.git("merge-base", main, tip)).toBe(base);
  await expectCode(mergeBaseOf(main, tip), "OBJECT_MISMATCH");
});

test("a forged commit below the merge base makes nothing older than it", async () => {
  await fixture.git("config", "fastimport.unpackLimit", "1000");
  const middle = await fixture.commit({ m: "1" });
  const root = await fixture.commit({ m: "2" });
  const main = await fixture.commit({ m: "3" });
  const side = await fixture.commit({ side: "1" }, { branch: "side", parents: [base] });
  const tip = await fixture.commit({ n: "1" }, { branch: "topic", parents: [root, side] });
  expect(await mergeBaseOf(main, tip)).toBe(root);
  await forgeParents(middle, [head, side]);
  await expectCode(mergeBaseOf(main, tip), "OBJECT_MISMATCH");
});

async function mergeBaseOf(from: string, to: string): Promise<string> {
  await using repository = await openRepository(fixture.directory);
  return (await openChangeSource({ repository }).list(actionOn(from, to))).mergeBase;
}

test("a forged shallow file hides nothing: what it cuts off is refused", async () => {
  const { main, topic } = await forked();
  await writeFile(join(fixture.gitDir, "shallow"), `${topic}\n`);
  await using repository = await openRepository(fixture.directory);
  const listed = openChangeSource({ repository }).list(actionOn(main, topic));
  await expectCode(listed, "SHALLOW_HISTORY");
});

test("a .git file that names another repository is read, and nothing of that one is executed", async () => {
  await plantHooks();
  await plantConfiguration();
  const folder = await mkdtemp(join(tmpdir(), "bailiff-pointer-"));
  await writeFile(join(folder, ".git"), `gitdir: ${fixture.gitDir}\n`);
  await using repository = await openRepository(folder);
  expect(await repository.resolve("HEAD")).toBe(head);
  expect(await sprung()).toEqual([]);
  await rm(folder, { recursive: true });
});

test("HEAD, a ref, the shallow file or the configuration as a pipe does not hang", async () => {
  const pipe = promisify(execFile);
  for (const name of ["shallow", "config", "FETCH_HEAD", "packed-refs.lock"]) {
    await rm(join(fixture.gitDir, name), { force: true });
    await pipe("mkfifo", [join(fixture.gitDir, name)]);
  }
  await using repository = await openRepository(fixture.directory);
  expect(await repository.resolve("HEAD")).toBe(head);
});

test("two refs of one name are told apart by their full names, and an id is never a ref", async () => {
  await fixture.git("update-ref", `refs/heads/${head}`, base);
  await fixture.git("update-ref", "refs/tags/main", base);
  await using repository = await openRepository(fixture.directory);
  expect(await repository.resolve(head)).toBe(head);
  expect(await repository.resolve("refs/heads/main")).toBe(head);
  await expectCode(repository.resolve("main"), "AMBIGUOUS_REVISION");
  expect(await repository.defaultBase()).toEqual({ branch: "main", commit: head });
});
