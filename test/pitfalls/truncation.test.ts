import { describe, expect, test } from "vitest";
import { ENFORCED, openScene, POLICIES } from "../app/scene.ts";
import * as workflows from "../cli/workflows.ts";
import { createFixtureRepository, type FixtureFile } from "../git/fixture-repository.ts";
import { check, concluded, PACK } from "./checked.ts";

const RELEASE = ".github/workflows/release.yml";
const MEGABYTE = 1024 * 1024;

const OWNED = `version: 1
policies:
  - { id: owned, decision: DENY, each: files, match: { path: zz/owned } }
`;

/** 3,000 files, which is all that GitHub's API lists of a pull request, and one after them. */
function manyFiles(): Readonly<Record<string, string>> {
  const names = Array.from({ length: 3_000 }, (_, index) => `a/${index}.md`);
  return { ...Object.fromEntries(names.map((name) => [name, "a\n"])), "zz/owned": "mine\n" };
}

test("the file after the 3,000th of a pull request is judged", async () => {
  await using scene = await openScene();
  const repository = await scene.repository("shop", {
    [POLICIES]: `${OWNED}${ENFORCED.slice(11)}`,
  });
  const head = await repository.commit({ branch: "topic", files: manyFiles(), by: "ann" });
  await repository.openPull({ by: "ann", title: "Tidy up", head: "topic" });
  await scene.settled();
  expect(concluded(scene, repository, head)).toBe("failure");
  expect(repository.checkRuns(head)[0]?.annotations).toContainEqual(
    expect.objectContaining({ path: "zz/owned" }),
  );
});

const BIDI = "\u202e";
const filler = (sizeBytes: number) => "# filler filler\n".repeat(sizeBytes / 16);

interface Hidden {
  readonly where: string;
  readonly files: Readonly<Record<string, FixtureFile>>;
  readonly decision: "DENY" | "WARN";
  readonly policyId: string;
}

describe("what GitHub's API would leave out is judged", () => {
  test.each<Hidden>([
    {
      where: "behind 2 MB of comments in a workflow",
      files: { [RELEASE]: `${filler(2 * MEGABYTE)}${workflows.RAISED}` },
      decision: "DENY",
      policyId: "bailiff/incomplete-evidence",
    },
    {
      where: "at the end of a text of 2 MB, whose content comes back empty",
      files: { "notes.txt": `${filler(2 * MEGABYTE)}${BIDI}if (isAdmin) return;\n` },
      decision: "DENY",
      policyId: "hidden-content",
    },
    {
      where: "in one line of 500 kB, whose patch is missing",
      files: { "app.min.js": `${"a;".repeat(250_000)}"${BIDI}"\n` },
      decision: "DENY",
      policyId: "hidden-content",
    },
    {
      where: "in a binary, whose patch is missing",
      files: {
        "logo.png": Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", "latin1"),
      },
      decision: "DENY",
      policyId: "opaque-content",
    },
    {
      where: "in a file of 6 MB, which nobody reads",
      files: { "data.txt": filler(6 * MEGABYTE) },
      decision: "WARN",
      policyId: "opaque-content",
    },
  ])("$where", async ({ files, decision, policyId }) => {
    await using repository = await createFixtureRepository();
    const base = await repository.commit({ [RELEASE]: workflows.RELEASE });
    await repository.commit(files, { branch: "topic", parents: [base] });
    const { verdict } = await check(repository, "topic", "--policy", PACK);
    expect(verdict.decision).toBe(decision);
    expect(verdict.policyIds).toContain(policyId);
  });
});
