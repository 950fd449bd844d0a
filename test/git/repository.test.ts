import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRepository } from "../../git/repository.ts";
import { expectCode } from "./act.ts";
import {
  createFixtureRepository,
  fixtureGit,
  type FixtureRepository,
} from "./fixture-repository.ts";

let fixture: FixtureRepository;
let elsewhere: string;
let first: string;
let second: string;
let topic: string;

beforeAll(async () => {
  fixture = await createFixtureRepository();
  elsewhere = await mkdtemp(join(tmpdir(), "bailiff-elsewhere-"));
  first = await fixture.commit({ "a.txt": "one", "docs/guide.md": "guide" });
  second = await fixture.commit({ "a.txt": "two" });
  topic = await fixture.commit({ "a.txt": "three" }, { branch: "topic/x", parents: [second] });
  await fixture.git("tag", "light", first);
  await fixture.git("tag", "-m", "annotated", "v1", second);
  await fixture.git("update-ref", "refs/heads/--upload-pack=x", topic);
  await fixture.git("pack-refs", "--all");
  await fixture.git("update-ref", "refs/remotes/origin/trunk", first);
  await fixture.git("worktree", "add", "--no-checkout", join(elsewhere, "linked"), "topic/x");
});

afterAll(async () => {
  await fixture.dispose();
  await rm(elsewhere, { recursive: true });
});

test("a revision of every usual spelling names its commit", async () => {
  await using repository = await openRepository(fixture.directory);
  const named = {
    HEAD: second,
    "HEAD~1": first,
    "main^": first,
    "refs/heads/main": second,
    "topic/x": topic,
    light: first,
    v1: second,
    "origin/trunk": first,
    [first]: first,
    [topic.slice(0, 12)]: topic,
    "--upload-pack=x": topic,
  };
  for (const [revision, commit] of Object.entries(named)) {
    expect(await repository.resolve(revision), revision).toBe(commit);
  }
});

test.each([
  { when: "nothing has that name", revision: "nowhere" },
  { when: "it is empty", revision: "" },
  { when: "it is an option", revision: "--all" },
  { when: "it is a range", revision: "main..topic/x" },
  { when: "it is a file", revision: "main:a.txt" },
  { when: "it is a search", revision: ":/change" },
  { when: "it holds a line break", revision: "main\nflush" },
  { when: "it holds a space", revision: "main topic/x" },
  { when: "it is very long", revision: "a".repeat(2_000) },
  { when: "it is an id that is not here", revision: "1".repeat(40) },
])("a revision is unknown where $when", async ({ revision }) => {
  await using repository = await openRepository(fixture.directory);
  await expectCode(repository.resolve(revision), "UNKNOWN_REVISION");
});

test("a tree and a blob are no revision", async () => {
  await using repository = await openRepository(fixture.directory);
  const ids = [
    await fixture.git("rev-parse", "main:docs"),
    await fixture.git("rev-parse", "main:a.txt"),
  ];
  for (const id of ids) await expectCode(repository.resolve(id), "UNKNOWN_REVISION");
});

test("the empty tree stands for itself", async () => {
  await using repository = await openRepository(fixture.directory);
  const id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  expect(repository.emptyTree).toBe(id);
  expect(await repository.resolve(id)).toBe(id);
});

test("a folder below a work tree, a linked work tree and a bare clone are the repository", async () => {
  const below = join(fixture.directory, "docs");
  await mkdir(below, { recursive: true });
  const bare = join(elsewhere, "bare.git");
  await fixture.git("clone", "-q", "--bare", ".", bare);
  const heads = { [below]: second, [join(elsewhere, "linked")]: topic, [bare]: second };
  for (const [directory, head] of Object.entries(heads)) {
    await using repository = await openRepository(directory);
    expect(await repository.resolve("HEAD"), directory).toBe(head);
    expect(await repository.resolve("light"), directory).toBe(first);
  }
});

test("the branch that HEAD names is known, also of a linked work tree, and none where it is detached", async () => {
  await using main = await openRepository(fixture.directory);
  expect(main.headBranch).toBe("main");
  await using linked = await openRepository(join(elsewhere, "linked"));
  expect(linked.headBranch).toBe("topic/x");
  const detached = join(elsewhere, "detached");
  await fixture.git("worktree", "add", "-q", "--detach", "--no-checkout", detached, first);
  await using repository = await openRepository(detached);
  expect(repository.headBranch).toBeNull();
  expect(await repository.resolve("HEAD")).toBe(first);
});

test.each([
  { when: "it is empty", files: {} },
  { when: "its .git is some other file", files: { ".git": "hello" } },
  { when: "its .git names a folder that is none", files: { ".git": "gitdir: ../nowhere\n" } },
  { when: "its .git is very large", files: { ".git": `gitdir: ${"x".repeat(100_000)}` } },
])("a folder is refused where $when", async ({ files }) => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-none-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await expectCode(openRepository(folder), "NOT_A_REPOSITORY");
  await rm(folder, { recursive: true });
});

test("a broken .git file inside another repository does not lead to that one", async () => {
  const nested = join(fixture.directory, "nested");
  await mkdir(nested);
  await writeFile(join(nested, ".git"), "gitdir: gone\n");
  await expectCode(openRepository(nested), "NOT_A_REPOSITORY");
});

test("a folder that is not there is refused", async () => {
  await expectCode(openRepository(join(elsewhere, "absent")), "NOT_A_REPOSITORY");
});

test.each(["absent", "a.txt", "a.txt/absent"])(
  "%s below a repository does not stand for that repository",
  async (name) => {
    await using repository = await createFixtureRepository();
    await repository.commit({ "a.txt": "one" });
    await repository.git("checkout", "-q", "-f", "main");
    await expectCode(openRepository(join(repository.directory, name)), "NOT_A_REPOSITORY");
    await using found = await openRepository(repository.directory);
    expect(found.headBranch).toBe("main");
  },
);

test("a repository that someone else owns is read", async () => {
  await using foreign = await createFixtureRepository();
  const commit = await foreign.commit({ "a.txt": "one" });
  // Without the right to give files away the folder stays ours, and there is less to show.
  for (const path of [foreign.directory, foreign.gitDir]) {
    await chown(path, 4_242, 4_242).catch(() => undefined);
  }
  await using repository = await openRepository(foreign.directory);
  expect(await repository.resolve("main")).toBe(commit);
});

test("a repository of SHA-256 objects is read", async () => {
  await using wide = await createFixtureRepository({ objectFormat: "sha256" });
  const commit = await wide.commit({ "a.txt": "one" });
  await using repository = await openRepository(wide.directory);
  expect(await repository.resolve("HEAD")).toBe(commit);
  expect(repository.emptyTree).toHaveLength(64);
  expect(await repository.readFileAt(commit, "a.txt")).toEqual(Buffer.from("one"));
});

test("a repository that stores refs in another way is refused", async () => {
  await using other = await createFixtureRepository();
  await other.git("config", "extensions.refStorage", "reftable");
  await expectCode(openRepository(other.directory), "UNSUPPORTED_REPOSITORY");
});

test.each([
  { when: "the remote has a default branch", branch: "trunk", head: "refs/remotes/origin/trunk" },
  { when: "the remote has none", branch: "main", head: null },
])("the default base where $when is $branch", async ({ branch, head }) => {
  const symbolic = "refs/remotes/origin/HEAD";
  if (head !== null) await fixture.git("symbolic-ref", symbolic, head);
  await using repository = await openRepository(fixture.directory);
  const commit = branch === "trunk" ? first : second;
  expect(await repository.defaultBase()).toEqual({ branch, commit });
  if (head !== null) await fixture.git("symbolic-ref", "--delete", symbolic);
});

test("without a default branch, main or master the base has to be said", async () => {
  await using bare = await createFixtureRepository();
  await bare.commit({ a: "a" }, { branch: "trunk" });
  await using repository = await openRepository(bare.directory);
  await expectCode(repository.defaultBase(), "UNKNOWN_REVISION");
});

test("a file is read at a commit, as it was there", async () => {
  await using repository = await openRepository(fixture.directory);
  expect(await repository.readFileAt(first, "a.txt")).toEqual(Buffer.from("one"));
  expect(await repository.readFileAt(second, "a.txt")).toEqual(Buffer.from("two"));
  expect(await repository.readFileAt(second, "docs/guide.md")).toEqual(Buffer.from("guide"));
  expect(await repository.readFileAt(second, "absent")).toBeNull();
  expect(await repository.readFileAt(second, "a.txt/below")).toBeNull();
});

test("what is not a regular file, or too large, is not read", async () => {
  const odd = await fixture.commit(
    { link: { mode: "120000", content: "a.txt" }, sub: { submodule: first } },
    { branch: "odd", parents: [second] },
  );
  await using repository = await openRepository(fixture.directory);
  for (const path of ["link", "sub", "docs"]) {
    await expectCode(repository.readFileAt(odd, path), "NOT_A_FILE");
  }
  await expectCode(repository.readFileAt(odd, "a.txt", 2), "TOO_LARGE");
  expect(await repository.readFileAt(odd, "a.txt", 3)).toEqual(Buffer.from("two"));
});

test("parents are those of the commit", async () => {
  await using repository = await openRepository(fixture.directory);
  expect(await repository.parentsOf(second)).toEqual([first]);
  expect(await repository.parentsOf(first)).toEqual([]);
});

test("nothing is left behind in the temporary folder or the repository", async () => {
  const before = await fixture.git("for-each-ref");
  const repository = await openRepository(fixture.directory);
  const { gitDir } = repository.store;
  await repository.resolve("HEAD");
  await repository[Symbol.asyncDispose]();
  await expect(fixtureGit(gitDir, ["status"])).rejects.toThrow();
  expect(await fixture.git("for-each-ref")).toBe(before);
});
