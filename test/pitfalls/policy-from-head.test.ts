import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "../app/scene.ts";
import * as workflows from "../cli/workflows.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { check } from "./checked.ts";

const LAX = "version: 1\npolicies: [{ id: lax, decision: WARN, match: { action.kind: push } }]\n";
const raised = { [WORKFLOW]: workflow("write") };

type Attack = (repository: RepositoryHandle) => Promise<string>;

/** A pull request that raises a permission, and changes these files besides. */
function withFiles(head: string, files: Readonly<Record<string, string | null>>): Attack {
  return async (repository) => {
    const commit = await repository.commit({
      branch: head,
      files: { ...raised, ...files },
      by: "ann",
    });
    await repository.openPull({ by: "ann", title: "A change", head });
    return commit;
  };
}

const onItsOwnBase: Attack = async (repository) => {
  await repository.commit({ branch: "lax", files: { [POLICIES]: LAX }, by: "ann" });
  return (await openPull(repository, raised, { head: "onto-lax", base: "lax" })).head;
};

const retargeted: Attack = async (repository) => {
  await repository.commit({ branch: "lax2", files: { [POLICIES]: LAX }, by: "ann" });
  const { number, head } = await openPull(repository, raised, { head: "moves" });
  await repository.editPull(number, { by: "ann", base: "lax2" });
  return head;
};

const fromForksMain: Attack = async (repository) => {
  const fork = await repository.fork("eve");
  const files = { ...raised, [POLICIES]: LAX };
  const head = await fork.commit({ branch: "main", files, by: "eve" });
  await repository.openPull({ by: "eve", title: "From main", head: "main", from: fork });
  return head;
};

const namedLikeTheRef: Attack = async (repository) => {
  for (const branch of ["refs/heads/main", "heads/main", "origin/main"])
    await repository.commit({
      branch,
      files: { [POLICIES]: LAX },
      by: "ann",
      parent: "refs/heads/main",
    });
  return withFiles("ref-names", {})(repository);
};

const ATTACKS: readonly { when: string; attack: Attack }[] = [
  { when: "deletes the policy file", attack: withFiles("deletes", { [POLICIES]: null }) },
  { when: "empties the policy file", attack: withFiles("empties", { [POLICIES]: LAX }) },
  {
    when: "puts a file in its place whose name differs in case",
    attack: withFiles("case", {
      [POLICIES]: null,
      ".github/Bailiff.yml": LAX,
      ".GitHub/bailiff.yml": LAX,
    }),
  },
  {
    when: "puts files of similar names in its place",
    attack: withFiles("alike", {
      [POLICIES]: null,
      ".github/bailiff.yaml": LAX,
      "bailiff.yml": LAX,
      ".bailiff.yml": LAX,
    }),
  },
  { when: "goes to a base branch that its author owns", attack: onItsOwnBase },
  { when: "is moved to a base branch that its author owns", attack: retargeted },
  { when: "comes from a fork's branch of the default branch's name", attack: fromForksMain },
  { when: "has branches named like the default branch's ref", attack: namedLikeTheRef },
];

describe("the default branch's policies judge where a pull request", () => {
  let scene: Scene;
  let repository: RepositoryHandle;
  const heads = new Map<string, string>();

  beforeAll(async () => {
    scene = await openScene();
    repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
    for (const { when, attack } of ATTACKS) heads.set(when, await attack(repository));
    await scene.settled();
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  test.each(ATTACKS)("$when", ({ when }) => {
    const [run] = repository.checkRuns(heads.get(when) ?? "");
    expect(run).toMatchObject({ conclusion: "failure" });
    expect(run?.annotations).toContainEqual(expect.objectContaining({ path: WORKFLOW }));
  });
});

describe("the CLI judges by the base's policies", () => {
  test.each([
    { when: "the head empties them", head: { [POLICIES]: LAX }, inWorkTree: false },
    { when: "the head deletes them", head: { [POLICIES]: null }, inWorkTree: false },
    { when: "the work tree holds other ones", head: {}, inWorkTree: true },
  ])("where $when", async ({ head, inWorkTree }) => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ [WORKFLOW]: workflows.RELEASE, [POLICIES]: ENFORCED });
    const files = { [WORKFLOW]: workflows.RAISED, ...head };
    await repository.commit(files, { branch: "topic", parents: [base] });
    if (inWorkTree) {
      await mkdir(join(repository.directory, ".github"));
      await writeFile(join(repository.directory, POLICIES), LAX);
    }
    const { status, verdict } = await check(repository, "topic");
    expect(status).toBe(1);
    const policyIds = expect.arrayContaining(["new-permissions"]) as string[];
    expect(verdict).toMatchObject({ decision: "DENY", policyIds });
  });
});
