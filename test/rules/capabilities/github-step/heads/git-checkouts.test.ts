import { expect, test } from "vitest";
import { takenBy, takenIn } from "./taken.ts";

const PATCH = "${{ github.event.pull_request.patch_url }}";

test.each([
  "checkout",
  "cherry-pick",
  "clone",
  "merge",
  "pull",
  "read-tree",
  "rebase",
  "reset",
  "restore",
  "switch",
  "worktree",
])("git %s of a head puts it into the work tree", (verb) => {
  expect(takenBy([{ run: `git ${verb} $GITHUB_HEAD_REF` }])).toEqual(["git heuristic"]);
});

test.each([
  ["git fetch origin pull/7/head"],
  ["git clone -b refs/pull/7/head https://github.com/octo/x"],
  ["git -C lib-c checkout $GITHUB_HEAD_REF"],
  ["git -ccore.editor=x checkout $GITHUB_HEAD_REF"],
  ["git clone $PATCH://x:$T@github.com/octo/x"],
  ["git checkout ${{ steps.pr.outputs.head_sha }}"],
  ["gh pr checkout 7"],
  ["hub pr checkout 7"],
  ["gh pr co 7"],
  ["gh co 7"],
  ["gh pr -R octo/x checkout 7"],
  ["gh pr --repo octo/x --force checkout 7"],
  ["gh pr diff 7 | git apply"],
  ["gh pr -R octo/x diff 7 | git apply"],
  ["gh api repos/octo/x/tarball/$GITHUB_HEAD_REF"],
  ["wget -O- $PATCH | git am"],
  ["gh api $PATCH | git am"],
])("%s takes a head", (script) => {
  expect(takenBy([{ run: script, env: { PATCH } }])).toEqual(["git heuristic"]);
});

test.each([
  ["git checkout $BASE"],
  ["docker pull ghcr.io/octo/x:$GITHUB_HEAD_REF"],
  ["gh"],
  ["gh pr"],
  ["hub pr list"],
  ["hub co 7"],
  ["echo co 7"],
  ["echo pr checkout 7"],
  ["gh stack checkout 7"],
  ["gh pr | git apply"],
  ["gh pr view 7 | git apply"],
  ["gh stack diff 7 | git apply"],
  ["echo stack diff | git apply"],
  ["echo pr diff | git apply"],
  ["echo $PATCH | git apply"],
  ["echo repos/octo/x/tarball/$GITHUB_HEAD_REF"],
  ["echo api repos/octo/x/tarball/$GITHUB_HEAD_REF"],
  ["gh browse repos/octo/x/tarball/$GITHUB_HEAD_REF"],
  ["gh api repos/octo/x/commits/$GITHUB_HEAD_REF"],
])("%s takes no head", (script) => {
  expect(takenBy([{ run: script, env: { PATCH } }])).toEqual([]);
});

test("other words of git take other code", () => {
  const causes = (script: string): string[] =>
    takenIn([{ run: script }]).flatMap(({ reach }) => reach.slice(0, 1).map(({ cause }) => cause));
  const first = causes("gh pr checkout 7");
  expect(first).toHaveLength(1);
  expect(causes("echo; gh pr checkout 7")).toEqual(first);
  expect(causes("gh pr checkout 8")).not.toEqual(first);
  expect(causes("gh pr checkout 7 7")).not.toEqual(causes("gh pr checkout 77"));
});
