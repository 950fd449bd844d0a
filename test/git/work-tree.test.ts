import { execFile } from "node:child_process";
import {
  chmod,
  mkdir,
  rename,
  rm,
  symlink,
  unlink,
  utimes,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openRepository } from "../../git/repository.ts";
import { openWorkTree } from "../../git/work-tree.ts";
import type { Difference } from "../../maestro/command/execution.ts";
import { expectCode } from "./act.ts";
import { createFixtureRepository, type FixtureRepository } from "./fixture-repository.ts";

let fixture: FixtureRepository;
let head: string;

beforeEach(async () => {
  fixture = await createFixtureRepository();
  head = await fixture.commit({
    "a.txt": "judged\n",
    "folder/b.txt": "judged too\n",
    "folder/deep/c.txt": "deep\n",
    "tool.sh": { mode: "100755", content: "#!/bin/sh\n" },
    link: { mode: "120000", content: "a.txt" },
    ".gitignore": "*.log\nbuild/\n!kept.log\n",
    "folder/.gitignore": "/here-only\n",
    "\\xff": "no UTF-8\n",
    ".gitattributes": "*.txt text eol=crlf filter=trap\n",
  });
  await fixture.git("config", "core.autocrlf", "false");
  await checkOut(head);
});
afterEach(() => fixture.dispose());

/** Without the attributes, so that what is on disk is what is in the commit. */
async function checkOut(commit: string): Promise<void> {
  await writeFile(join(fixture.gitDir, "info/attributes"), "* -text -filter\n");
  await fixture.git("checkout", "-q", "-f", "-B", "main", commit);
}

function place(path: string): string {
  return join(fixture.directory, path);
}

function write(path: string, content = "planted\n"): Promise<void> {
  return writeFile(place(path), content);
}

async function differences(commit = head): Promise<readonly Difference[]> {
  await using repository = await openRepository(fixture.directory);
  return await openWorkTree(repository).differences(commit);
}

test("what was checked out is what was judged", async () => {
  expect(await differences()).toEqual([]);
});

describe("a file", () => {
  test.each<{ when: string; act: () => Promise<unknown>; seen: readonly Difference[] }>([
    {
      when: "has other content",
      act: () => write("folder/b.txt"),
      seen: [{ path: "folder/b.txt", kind: "content" }],
    },
    {
      when: "has other content of the same size and time",
      act: () => keepingTime("a.txt", () => write("a.txt", "JUDGED\n")),
      seen: [{ path: "a.txt", kind: "content" }],
    },
    {
      when: "has other line endings",
      act: () => write("a.txt", "judged\r\n"),
      seen: [{ path: "a.txt", kind: "content" }],
    },
    {
      when: "may be executed",
      act: () => chmod(place("a.txt"), 0o755),
      seen: [{ path: "a.txt", kind: "mode" }],
    },
    {
      when: "may not be executed any more",
      act: () => chmod(place("tool.sh"), 0o644),
      seen: [{ path: "tool.sh", kind: "mode" }],
    },
    {
      when: "is gone",
      act: () => unlink(place("folder/deep/c.txt")),
      seen: [{ path: "folder/deep/c.txt", kind: "missing" }],
    },
    {
      when: "became a link to the same content",
      act: async () => {
        await rename(place("a.txt"), join(fixture.gitDir, "a.txt"));
        await symlink(".git/a.txt", place("a.txt"));
      },
      seen: [{ path: "a.txt", kind: "type" }],
    },
    {
      when: "became a folder",
      act: async () => {
        await unlink(place("a.txt"));
        await mkdir(place("a.txt"));
      },
      seen: [{ path: "a.txt", kind: "type" }],
    },
    {
      when: "became a FIFO",
      act: async () => {
        await unlink(place("a.txt"));
        await promisify(execFile)("mkfifo", [place("a.txt")]);
      },
      seen: [{ path: "a.txt", kind: "type" }],
    },
    {
      when: "is a link that leads elsewhere",
      act: async () => {
        await unlink(place("link"));
        await symlink("tool.sh", place("link"));
      },
      seen: [{ path: "link", kind: "content" }],
    },
    {
      when: "has a name that is no UTF-8",
      act: () => writeFile(Buffer.from(`${place("")}/\xff`, "latin1"), "x"),
      seen: [{ path: "\\xff", kind: "content" }],
    },
    {
      when: "stands under a folder that became a link",
      act: async () => {
        await rename(place("folder/deep"), join(fixture.gitDir, "deep"));
        await symlink("../.git/deep", place("folder/deep"));
      },
      seen: [
        { path: "folder/deep", kind: "untracked" },
        { path: "folder/deep/c.txt", kind: "missing" },
      ],
    },
  ])("that $when is seen", async ({ act, seen }) => {
    await act();
    expect(await differences()).toEqual(seen);
  });

  test.each([
    { when: "assume-unchanged", flag: "--assume-unchanged" },
    { when: "skip-worktree", flag: "--skip-worktree" },
  ])("is seen although the index says $when", async ({ flag }) => {
    await fixture.git("update-index", flag, "a.txt");
    await write("a.txt");
    expect(await fixture.git("status", "--porcelain")).toBe("");
    expect(await differences()).toEqual([{ path: "a.txt", kind: "content" }]);
  });

  test("that a sparse checkout left out is missing", async () => {
    await fixture.git("sparse-checkout", "set", "--no-cone", "/*", "!/folder/deep/");
    expect(await fixture.git("status", "--porcelain")).toBe("");
    expect(await differences()).toEqual([{ path: "folder/deep/c.txt", kind: "missing" }]);
  });
});

describe("what the commit does not have", () => {
  test.each<{ when: string; act: () => Promise<unknown>; path: string | null }>([
    { when: "a new file is seen", act: () => write("new.txt"), path: "new.txt" },
    {
      when: "a file in a new folder is seen",
      act: async () => {
        await mkdir(place("new/deep"), { recursive: true });
        await write("new/deep/x");
      },
      path: "new/deep/x",
    },
    { when: "what the commit ignores is not", act: () => write("x.log"), path: null },
    {
      when: "an ignored folder is not, whatever is in it",
      act: async () => {
        await mkdir(place("build/.git"), { recursive: true });
        await write("build/x");
      },
      path: null,
    },
    {
      when: "a file of an ignored folder's name is seen",
      act: () => write("build"),
      path: "build",
    },
    { when: "what a rule takes back is seen", act: () => write("kept.log"), path: "kept.log" },
    {
      when: "what a rule of a folder ignores is not",
      act: () => write("folder/here-only"),
      path: null,
    },
    {
      when: "that rule holds nowhere else",
      act: () => write("here-only"),
      path: "here-only",
    },
    {
      when: "a name that looks like a pathspec is asked for as it is",
      act: () => write(":(glob)x.log"),
      path: null,
    },
    { when: "an empty folder is nothing", act: () => mkdir(place("empty")), path: null },
    {
      when: "a repository inside is seen",
      act: async () => {
        await mkdir(place("folder/.git"));
        await write("folder/.git/HEAD");
      },
      path: "folder/.git",
    },
    {
      when: "a dangling link is seen",
      act: () => symlink("nowhere", place("dangling")),
      path: "dangling",
    },
  ])("$when", async ({ act, path }) => {
    await act();
    expect(await differences()).toEqual(path === null ? [] : [{ path, kind: "untracked" }]);
  });

  test("no rule that nobody judged hides it", async () => {
    await mkdir(place("hidden"));
    await write("hidden/.gitignore", "*\n");
    await write("hidden/x");
    await writeFile(join(fixture.gitDir, "info/exclude"), "*\n");
    await writeFile(join(fixture.gitDir, "excludes"), "*\n");
    await fixture.git("config", "core.excludesFile", join(fixture.gitDir, "excludes"));
    await write("x");
    expect(await fixture.git("status", "--porcelain")).toBe("");
    expect((await differences()).map(({ path }) => path)).toEqual([
      "hidden/.gitignore",
      "hidden/x",
      "x",
    ]);
  });
});

describe("git's own view", () => {
  test("what is staged and taken back on disk is seen", async () => {
    await write("a.txt");
    await fixture.git("add", "a.txt");
    await write("a.txt", "judged\n");
    expect(await differences()).toEqual([{ path: "a.txt", kind: "index" }]);
  });

  test.each([
    { when: "a removal", args: ["rm", "-q", "--cached", "a.txt"], kinds: ["index"] },
    { when: "a mode", args: ["update-index", "--chmod=+x", "a.txt"], kinds: ["index"] },
    {
      when: "a submodule that is nowhere",
      args: ["update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},sub`],
      kinds: ["index"],
    },
  ])("$when that is staged is seen", async ({ args, kinds }) => {
    await fixture.git(...args);
    expect((await differences()).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("a HEAD that moved away is seen, though the files are the same", async () => {
    const other = await fixture.commit({}, { branch: "other", parents: [head] });
    await fixture.git("symbolic-ref", "HEAD", "refs/heads/other");
    expect(await differences()).toEqual([{ path: "", kind: "head" }]);
    expect(await differences(other)).toEqual([]);
  });

  test("a HEAD that moves between two looks is seen by the second", async () => {
    await using repository = await openRepository(fixture.directory);
    const workTree = openWorkTree(repository);
    expect(await workTree.differences(head)).toEqual([]);
    await fixture.git("checkout", "-q", "--orphan", "unborn");
    expect(await workTree.differences(head)).toEqual([{ path: "", kind: "head" }]);
  });

  test("without an index every file differs in it", async () => {
    await unlink(join(fixture.gitDir, "index"));
    const kinds = new Set((await differences()).map(({ kind }) => kind));
    expect([...kinds]).toEqual(["index"]);
  });

  test("no filter, hook or monitor of the repository is executed", async () => {
    const marker = join(fixture.gitDir, "sprung");
    for (const key of ["filter.trap.clean", "filter.trap.smudge", "core.fsmonitor"]) {
      await fixture.git("config", key, `touch ${marker}; cat`);
    }
    await rm(join(fixture.gitDir, "info/attributes"));
    await write("new.txt");
    await differences();
    await expect(stat(marker)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("a place", () => {
  test("below the work tree's root stands for the whole", async () => {
    await write("a.txt");
    await using repository = await openRepository(place("folder"));
    expect(await openWorkTree(repository).differences(head)).toHaveLength(1);
  });

  test("in a linked work tree stands for that one", async () => {
    const linked = `${fixture.directory}-linked`;
    await fixture.git("worktree", "add", "-q", "--detach", linked, head);
    await write("a.txt");
    await using repository = await openRepository(linked);
    expect(await openWorkTree(repository).differences(head)).toEqual([]);
    await writeFile(join(linked, "a.txt"), "x");
    expect(await openWorkTree(repository).differences(head)).toHaveLength(1);
  });

  test.each([
    { when: "names", refs: ["HEAD"] },
    { when: "names by way of a branch", refs: ["refs/heads/by-way", "HEAD"] },
  ])(
    "whose HEAD $when a ref that the main one has too, with another commit, differs",
    async ({ refs }) => {
      const linked = `${fixture.directory}-own-refs`;
      await fixture.git("worktree", "add", "-q", "--detach", linked, head);
      const other = await fixture.commit({}, { branch: "other", parents: [head] });
      await fixture.git("update-ref", "refs/worktree/x", head);
      await fixture.git("-C", linked, "update-ref", "refs/worktree/x", other);
      let target = "refs/worktree/x";
      for (const ref of refs) {
        await fixture.git("-C", linked, "symbolic-ref", ref, target);
        target = ref;
      }
      await using repository = await openRepository(linked);
      const seen = await openWorkTree(repository).differences(head);
      expect(seen).toEqual([{ path: "", kind: "head" }]);
    },
  );

  test("that is a bare repository has no work tree", async () => {
    await using bare = await createFixtureRepository({ bare: true });
    await using repository = await openRepository(bare.directory);
    await expectCode(Promise.resolve(repository).then(openWorkTree), "NOT_A_WORK_TREE");
  });

  test("of a repository of sha256 is compared by its own hash", async () => {
    await using other = await createFixtureRepository({ objectFormat: "sha256" });
    const commit = await other.commit({ "a.txt": "x" });
    await other.git("checkout", "-q", "-f", "main");
    await using repository = await openRepository(other.directory);
    expect(await openWorkTree(repository).differences(commit)).toEqual([]);
  });
});

describe("a submodule", () => {
  let within: string;

  beforeEach(async () => {
    await using other = await createFixtureRepository();
    within = await other.commit({ "s.txt": "of the submodule\n" });
    head = await fixture.commit({ sub: { submodule: within } }, { parents: [head] });
    await checkOut(head);
    await fixture.git("clone", "-q", other.directory, "sub");
  });

  test("at its commit is as judged, and one that was not checked out too", async () => {
    expect(await differences()).toEqual([]);
    await rm(place("sub"), { recursive: true });
    await mkdir(place("sub"));
    expect(await differences()).toEqual([]);
  });

  test("is looked for under its own name, and not under the printable form of it", async () => {
    head = await fixture.commit(
      { "back\\\\slash": { submodule: within }, ".gitignore": "/back\\\\\\\\slash/\n" },
      { parents: [head] },
    );
    for (const name of ["back\\slash", "back\\\\slash"]) {
      await fixture.git("clone", "-q", place("sub"), name);
    }
    await checkOut(head);
    expect(await differences()).toEqual([]);
    await write("back\\slash/s.txt");
    expect(await differences()).toEqual([{ path: "back\\\\slash/s.txt", kind: "content" }]);
  });

  test.each<{ when: string; act: () => Promise<unknown>; seen: readonly Difference[] }>([
    {
      when: "a file in it differs",
      act: () => write("sub/s.txt"),
      seen: [{ path: "sub/s.txt", kind: "content" }],
    },
    {
      when: "it is at another commit",
      act: () => fixture.git("-C", "sub", "commit", "-q", "--allow-empty", "-m", "x"),
      seen: [{ path: "sub", kind: "head" }],
    },
    {
      when: "it is no repository any more",
      act: () => rm(place("sub/.git"), { recursive: true }),
      seen: [{ path: "sub", kind: "submodule" }],
    },
    {
      when: "it is gone",
      act: () => rm(place("sub"), { recursive: true }),
      seen: [{ path: "sub", kind: "missing" }],
    },
    {
      when: "it is a file",
      act: async () => {
        await rm(place("sub"), { recursive: true });
        await write("sub");
      },
      seen: [{ path: "sub", kind: "type" }],
    },
  ])("is seen where $when", async ({ act, seen }) => {
    await act();
    expect(await differences()).toEqual(seen);
  });
});

async function keepingTime(path: string, act: () => Promise<unknown>): Promise<void> {
  const { atime, mtime } = await stat(place(path));
  await act();
  await utimes(place(path), atime, mtime);
}
