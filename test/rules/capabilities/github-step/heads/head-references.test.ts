import { expect, test } from "vitest";
import {
  headReference,
  type HeadSources,
  isHeadWord,
  isPullRef,
} from "../../../../../rules/capabilities/github-step/heads/head-references.ts";

/** Nothing but the text itself says what is a head. */
const NOWHERE: HeadSources = { sought: "head", ofPath: () => null, ofVariable: () => undefined };

test.each([
  ["${{ toJSON(github.event) }}"],
  ["${{ toJSON(github.event.pull_request) }}"],
  ["${{ toJSON(github.event.workflow_run) }}"],
  ["${{ github.event[vars.EVENT].head_sha }}"],
  ["${{ github[vars.KEY].pull_request.head }}"],
  ["${{ steps.x.outputs.headsha }}"],
  ["${{ steps.x.outputs.head_sha_short }}"],
  ["${{ jobs.find.outputs.fork-repository }}"],
  ["refs/pu${{ vars.REST }}/7/head"],
])("%s may be a head", (text) => {
  expect(headReference(text, NOWHERE)).toBe("heuristic");
  expect(isHeadWord(text, NOWHERE)).toBe(true);
});

test.each([
  ["${{ toJSON(github.event.issue) }}"],
  ["${{ vars.head_sha }}"],
  ["${{ inputs.pr_ref }}"],
  ["${{ github.event.client_payload.steps.pr.head_sha }}"],
  ["${{ steps.x.outputs.head_shape }}"],
  ["${{ steps.x.outputs.overhead_sha }}"],
  ["${{ steps.pr.outputs.shape }}"],
  ["refs/${{ vars.KIND }}/7"],
  ["x/${{ vars.KIND }}/head"],
  ["my-refs/${{ vars.KIND }}/7/head"],
  ["refs/${{ vars.KIND }}/7/head-of-it"],
  ["join('pull', 7)"],
  ["my-pull/7"],
])("%s is no head", (text) => {
  expect(headReference(text, NOWHERE)).toBeNull();
  expect(isHeadWord(text, NOWHERE)).toBe(false);
});

test.each([
  ["$PR_SHA", true],
  ["$GITHUB_HEAD_REF", true],
  ["$HEAD_SHA", true],
  ["$headref", true],
  ["$PRHEADBRANCH", true],
  ["$PULL_HEAD_COMMIT", true],
  ["$PULL_REQUEST_HEAD_REPO_NAME", true],
  ["$PR_BRANCH", true],
  ["$MY_PR_SHA", false],
  ["$AHEAD_SHA", false],
  ["$PR_SHAPE", false],
  ["$HEAD_REFUND", false],
  ["$PRSHA", false],
  ["$BASE", false],
  ["$GITHUB_ACTOR", false],
])("of %s, which nothing sets, the name says whether it is a head: %s", (text, isHead) => {
  expect(isHeadWord(text, NOWHERE)).toBe(isHead);
});

test.each([
  ["fetch pull/7", true],
  ["x\tpull/7/head", true],
  ["a-pull/7", false],
  ["pull/", false],
])("%j names a pull request: %s", (text, isRef) => {
  expect(isPullRef(text)).toBe(isRef);
});
