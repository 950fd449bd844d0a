import { describe, expect, test } from "vitest";
import { govern } from "../../maestro/govern.ts";
import type { PastChanges } from "../../maestro/past-changes.ts";
import { reviewCandidate } from "../../maestro/review-candidate.ts";
import type { Content, Listing } from "../../rules/change/listing.ts";
import { GitError } from "../../git/errors.ts";
import { repositoryPolicies } from "../../rules/policy/load.ts";
import {
  changeOf,
  type ChangedText,
  evidenceOf,
  policySource,
  someCommit,
} from "../rules/sample-evidence.ts";
import { action, fakePorts } from "./fake-ports.ts";

const POLICY = ".github/bailiff.yml";
const policy = (decision: string, path: string, more = "") =>
  `version: 1\npolicies:\n  - { id: code, decision: ${decision}, each: files, match: { path: ${path} }${more} }\n`;

/** A past of that many commits, each of which adds `src/N`; what was fetched together, in `fetched`. */
function pastOf(count: number, fails?: Error) {
  const fetched: number[] = [];
  const known = new Map<Listing, ReadonlyMap<string, Content>>();
  const past: PastChanges = {
    commits: (_, most) =>
      Promise.resolve(
        Array.from({ length: Math.min(most, count) }, (_, index) => ({
          ...{ commit: String(index).padStart(40, "0"), parents: [] },
          date: "2026-01-01T00:00:00.000Z",
        })),
      ),
    changes: (commits) => {
      fetched.push(commits.length);
      if (fails !== undefined && fetched.length > 1) return Promise.reject(fails);
      return Promise.resolve(
        commits.map(({ commit, date }) => {
          const { listing, contents } = changeOf([{ path: `src/${Number(commit)}`, head: "a" }]);
          known.set(listing, contents);
          return { commit, date, listing };
        }),
      );
    },
  };
  const change = {
    read: (listing: Listing) => Promise.resolve(known.get(listing) ?? new Map()),
    commits: () => Promise.resolve([someCommit]),
  };
  return { past, change, fetched };
}

function review(
  files: readonly ChangedText[],
  present: string,
  { past = pastOf(3), stepMs = 0, limits = { commits: 50, timeMs: 1000 } } = {},
) {
  let nowMs = 0;
  const evidence = evidenceOf(files, [{ ...policySource(present), commit: "a".repeat(40) }]);
  return reviewCandidate(evidence, { ...past, nowMs: () => (nowMs += stepMs) }, limits);
}

const WARNS = policy("WARN", "src/**");
const DENIES = policy("DENY", "src/**");
const change = (head?: string): ChangedText => ({
  ...{ path: POLICY, base: WARNS },
  ...(head !== undefined && { head }),
});

describe("what is said of policies that a change brings", () => {
  test("a change that brings none has no review", async () => {
    expect(await review([{ path: "src/a", head: "a" }], WARNS)).toBeNull();
  });

  test("what would become of this change, and of those before it", async () => {
    expect(await review([change(DENIES), { path: "src/a", head: "a" }], WARNS)).toMatchObject({
      ...{ policies: "sound", problems: 0, cases: null },
      here: { before: "WARN", after: "DENY", policyIds: ["code"] },
      backtest: {
        ...{ commits: 3, untold: 0, ended: "whole" },
        flips: [{ before: "WARN", after: "DENY", why: "code" }, {}, {}],
      },
    });
  });

  test("the present policies give way, and judge no longer beside the new ones", async () => {
    const reviewed = await review([change(policy("WARN", "nothing"))], WARNS);
    expect(reviewed?.backtest?.flips).toMatchObject([{ before: "WARN", after: "ALLOW" }, {}, {}]);
  });

  test("where nobody set any, the pack that judged in simulation gives way", async () => {
    const evidence = { ...evidenceOf([change(WARNS)], []), policies: repositoryPolicies(null) };
    const past = pastOf(1);
    const reviewed = await reviewCandidate(evidence, { ...past, nowMs: () => 0 });
    expect(reviewed).toMatchObject({
      here: { before: "DENY", after: "ALLOW" },
      backtest: { flips: [{ before: "ALLOW", after: "WARN" }] },
    });
  });

  test("what asks for facts that nobody knows of the past is counted, and flips nothing", async () => {
    const asks = policy("DENY", "src/**", ", only: { action.draft: true }");
    const reviewed = await review([change(asks)], policy("WARN", "nothing"));
    expect(reviewed?.backtest).toMatchObject({ commits: 3, untold: 3, flips: [] });
  });

  test("commits are gathered, of this change and of those before it, where the new ones walk them", async () => {
    const walks =
      "version: 1\npolicies:\n  - { id: walk, decision: DENY, each: commits, when: true }\n";
    expect(await review([change(walks)], WARNS)).toMatchObject({
      here: { before: "ALLOW", after: "DENY" },
      backtest: { untold: 0, flips: [{ before: "WARN", after: "DENY" }, {}, {}] },
    });
  });

  test.each([
    ["broken", change("version: 2\n"), { policies: "broken", problems: 1 }],
    ["removed", change(), { policies: "removed", problems: 0 }],
    [
      "left as they are",
      { path: ".github/bailiff.test.yml", head: "version: 1\ncases: []\n" },
      { policies: "untouched", problems: 0 },
    ],
  ])("of policies that are %s nothing is tried on the past", async (_, file, told) => {
    const past = pastOf(3);
    const reviewed = await review([file], WARNS, { past });
    expect(reviewed).toMatchObject({ ...told, cases: null, here: null, backtest: null });
    expect(past.fetched).toEqual([]);
  });
});

describe("the past", () => {
  test("is read ten commits at a time, and no more of it than is asked for", async () => {
    const past = pastOf(100);
    const reviewed = await review([change(DENIES)], WARNS, {
      ...{ past, limits: { commits: 25, timeMs: 1000 } },
    });
    expect(past.fetched).toEqual([10, 10, 5]);
    expect(reviewed?.backtest).toMatchObject({ commits: 25, ended: "whole" });
  });

  test("is left once the time is up, with what was found until then", async () => {
    const past = pastOf(100);
    const reviewed = await review([change(DENIES)], WARNS, { past, stepMs: 300 });
    expect(reviewed?.backtest).toMatchObject({ commits: 3, ended: "time", flips: [{}, {}, {}] });
    expect(past.fetched).toEqual([10]);
  });

  test.each([
    [new GitError("FETCH_FAILED", "it could not be read"), "it could not be read"],
    [new TypeError("undefined is no function"), "a defect of ours"],
  ])("what goes wrong is told, and fails nothing: %s", async (error, failed) => {
    const reviewed = await review([change(DENIES)], WARNS, { past: pastOf(15, error) });
    expect(reviewed?.backtest).toMatchObject({ commits: 10, ended: { failed } });
  });
});

describe("a governed run", () => {
  test("without a past reviews nothing, and with one puts none of it on the record", async () => {
    const { listing, contents } = changeOf([change(DENIES)]);
    for (const withPast of [true, false]) {
      const { ports, drafts } = fakePorts();
      const { past } = pastOf(1);
      const { judgement } = await govern(action, {
        ...ports,
        ...(withPast && { past }),
        change: {
          ...ports.change,
          list: () => Promise.resolve(listing),
          read: () => Promise.resolve(contents),
        },
      });
      expect(judgement.candidate?.policies).toBe(withPast ? "sound" : undefined);
      expect(JSON.stringify(drafts)).toContain("bailiff/policy-candidate");
      expect(JSON.stringify(drafts)).not.toMatch(/"(?:candidate|backtest)"/);
    }
  });
});
