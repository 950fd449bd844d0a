import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { appendsOf, git, initLedgerOf, LEDGER, trusting, withLedger } from "./ledger-scene.ts";
import { ENFORCED, openPull, openScene, POLICIES, type Scene } from "./scene.ts";

const REF = `refs/heads/${LEDGER}`;

let scene: Scene;
let repository: RepositoryHandle;
/** The ledger's commit after two records, as the App left it. */
let good: string;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
  repository = await withLedger(scene, "attacked", { [POLICIES]: ENFORCED });
  for (const conclusion of ["success", "success"])
    expect(await judge()).toMatchObject({ conclusion });
  good = git(repository, "rev-parse", REF);
});

afterAll(() => scene[Symbol.asyncDispose]());

/** Judges a harmless change, which only trouble with the ledger can stop. */
async function judge(at: RepositoryHandle = repository) {
  names += 1;
  const { head, number } = await openPull(
    at,
    { "README.md": `${names}\n` },
    { head: `t-${names}` },
  );
  await scene.settled();
  const [run] = at.checkRuns(head);
  at.closePull(number, { by: "ann" });
  await scene.settled();
  return { conclusion: run?.conclusion, shown: `${run?.summary ?? ""}${run?.text ?? ""}` };
}

/** A commit on top of the ledger's that also has these files, by somebody who may push. */
function onTop(files: Readonly<Record<string, string>>): string {
  const who = ["-c", "user.name=eve", "-c", "user.email=eve@example.com"];
  const index = `${repository.gitFolder}/eve-index`;
  const run = (args: readonly string[], input = "") =>
    execFileSync("git", ["-C", repository.gitFolder, ...args], {
      input,
      encoding: "utf8",
      env: { ...process.env, GIT_INDEX_FILE: index },
    }).trim();
  run(["read-tree", REF]);
  for (const [path, text] of Object.entries(files)) {
    const blob = run(["hash-object", "-w", "--stdin"], text);
    run(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`]);
  }
  return run([...who, "commit-tree", "-p", REF, "-m", "mine", run(["write-tree"])]);
}

function firstRecord(): string {
  return git(repository, "ls-tree", "-r", "--name-only", REF, "records/").split("\n")[0] ?? "";
}

/** As many peaks as the ledger's frontier has, and none of them right. */
function otherPeaks(): string {
  return git(repository, "show", `${REF}:frontier`)
    .split("\n")
    .map(() => `${Buffer.alloc(32).toString("base64")}\n`)
    .join("");
}

const setLedger = (commit: string) => git(repository, "update-ref", REF, commit);

describe("a ledger branch that somebody else changed fails the check, is left as it is, and goes on once it is restored", () => {
  test.each([
    {
      what: "was set back to an older head",
      attack: () => setLedger(`${good}~1`),
      told: "were seen",
    },
    {
      what: "was set back to its beginning",
      attack: () => setLedger(`${good}~2`),
      told: "were seen",
    },
    {
      what: "got a foreign checkpoint on top",
      attack: () => setLedger(onTop({ checkpoint: "mine\n" })),
      told: "on a fresh clone",
    },
    {
      what: "got a foreign frontier on top",
      attack: () => setLedger(onTop({ frontier: otherPeaks() })),
      told: "on a fresh clone",
    },
    {
      what: "got another keyset on top",
      attack: () => setLedger(onTop({ "trust/2.root.json": "{}" })),
      told: "on a fresh clone",
    },
    {
      what: "got another trust root on top",
      attack: () => setLedger(onTop({ "trust/1.root.json": "{}" })),
      told: "BAILIFF_LEDGER_ROOTS",
    },
    {
      what: "got a file on top that no ledger has",
      attack: () => setLedger(onTop({ "evil.sh": "mine\n" })),
      told: "evil.sh",
    },
    {
      what: "got an edited record on top",
      attack: () => setLedger(onTop({ [firstRecord()]: "{}\n" })),
      told: "records/",
    },
    {
      what: "was replaced by an ordinary branch",
      attack: () => setLedger("refs/heads/main"),
      told: "bailiff ledger init",
    },
    {
      what: "became a symbolic ref",
      attack: () => {
        git(repository, "update-ref", "refs/heads/elsewhere", good);
        git(repository, "symbolic-ref", REF, "refs/heads/elsewhere");
      },
      told: "symbolic",
    },
    {
      what: "was deleted",
      attack: () => git(repository, "update-ref", "-d", REF),
      told: "Push it back",
    },
    {
      what: "was deleted, its name put on a tag",
      attack: () => {
        git(repository, "update-ref", "-d", REF);
        git(repository, "update-ref", `refs/tags/${LEDGER}`, good);
      },
      told: "Push it back",
    },
    {
      what: "became a folder of branches",
      attack: () => {
        git(repository, "update-ref", "-d", REF);
        git(repository, "update-ref", `${REF}/x`, good);
      },
      told: "Push it back",
    },
  ])("$what", async ({ attack, told }) => {
    attack();
    const refs = git(
      repository,
      "for-each-ref",
      `refs/*/${LEDGER}`,
      `${REF}/*`,
      "refs/heads/elsewhere",
    );
    const { conclusion, shown } = await judge();
    expect(conclusion).toBe("failure");
    expect(shown).toContain(told);
    expect(shown).not.toMatch(/recorded as|record [0-9]/i);
    const after = git(
      repository,
      "for-each-ref",
      `refs/*/${LEDGER}`,
      `${REF}/*`,
      "refs/heads/elsewhere",
    );
    expect(after).toBe(refs);

    if (git(repository, "for-each-ref", `${REF}/x`) !== "")
      git(repository, "update-ref", "-d", `${REF}/x`);
    git(repository, "update-ref", "--no-deref", REF, good);
    expect(await judge()).toMatchObject({ conclusion: "success" });
    expect(git(repository, "merge-base", REF, good)).toBe(good);
    good = git(repository, "rev-parse", REF);
  });

  test("was deleted while a record was pushed", async () => {
    const act = () => git(repository, "update-ref", "-d", REF);
    scene.github.fail({ route: "git-receive-pack", fault: { kind: "meanwhile", act } });
    const { conclusion, shown } = await judge();
    expect(conclusion).toBe("failure");
    expect(shown).toContain("ush it back from a clone that has it");
    expect(git(repository, "for-each-ref", REF)).toBe("");
    setLedger(good);
    expect(await judge()).toMatchObject({ conclusion: "success" });
    good = git(repository, "rev-parse", REF);
  });
});

test("a push that a ruleset refuses fails the check, and says to let the App push", async () => {
  const closed = await withLedger(scene, "closed", { [POLICIES]: ENFORCED });
  closed.addRuleset({ name: "closed", branches: [LEDGER], rules: [{ type: "update" }] });
  const { conclusion, shown } = await judge(closed);
  expect(conclusion).toBe("failure");
  expect(shown).toContain("let this writer push");
  expect(appendsOf(closed)).toEqual([]);
});

test("a push that succeeded while its answer was lost is recorded once, and passes", async () => {
  const lost = await withLedger(scene, "lost", { [POLICIES]: ENFORCED });
  scene.github.fail({ route: "git-receive-pack", after: 1, fault: { kind: "lost-answer" } });
  expect(await judge(lost)).toMatchObject({ conclusion: "success" });
  expect(appendsOf(lost)).toHaveLength(1);
});

test.each([
  { what: "fork", from: (origin: RepositoryHandle) => origin.fork("cy") },
  {
    what: "repository made from it as a template",
    from: ({ gitFolder }: RepositoryHandle) =>
      scene.github.createRepository({ owner: "acme", name: "copied", from: gitFolder }),
  },
])("a ledger that came along with a $what fails the check there", async ({ from }) => {
  const origin = await scene.repository(`origin-${names}`, { [POLICIES]: ENFORCED });
  const root = await initLedgerOf(origin);
  const copy = await from(origin);
  if (copy.owner !== "acme")
    scene.github.install({ id: scene.appId } as never, { owner: copy.owner });
  await scene.stopApp();
  await scene.startApp(trusting(root));
  const { conclusion, shown } = await judge(copy);
  expect(conclusion).toBe("failure");
  expect(shown).toContain("Remove the copied ledger branch");
  expect(appendsOf(copy)).toEqual([]);
});

test.each([
  { what: "a tag", ref: `refs/tags/${LEDGER}` },
  { what: "a branch in a folder", ref: `${REF}/x` },
])(
  "$what of the ledger's name is no ledger: verdicts are told as not recorded",
  async ({ ref }) => {
    const plain = await scene.repository(`plain-${names}`, { [POLICIES]: ENFORCED });
    git(plain, "update-ref", ref, "refs/heads/main");
    const { conclusion, shown } = await judge(plain);
    expect(conclusion).toBe("success");
    expect(shown).toContain("bailiff ledger init");
    expect(
      git(plain, "for-each-ref", "--format=%(refname)", REF, `${REF}/*`, `refs/tags/${LEDGER}`),
    ).toBe(ref);
  },
);

test("the ledger that was attacked verifies from its first record", async () => {
  await using clone = await openLedgerClone({ repository: repository.gitFolder, ref: REF });
  expect(await verifyLedger(clone)).toMatchObject({ problems: [] });
});
