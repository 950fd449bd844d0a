import { describe, expect, test } from "vitest";
import { contentKey } from "../../../rules/change/listing.ts";
import { judge } from "../../../rules/judge.ts";
import type { CommitFact } from "../../../rules/facts/facts.ts";
import { evidenceOf, policyFileOf, policySource, someCommit } from "../sample-evidence.ts";

const added = "match: { path: 'src/**', delta: added, text: { matches: 'x' } }";

function reasonsBy(lines: string, files: Record<string, { base?: string; head?: string }>) {
  const listed = Object.entries(files).map(([path, sides]) => ({ path, ...sides }));
  return judge(evidenceOf(listed, [policySource(policyFileOf(lines))])).verdict.reasons;
}

describe("each: lines", () => {
  test("a reason stands at its line, on the side that has it, and shows it where the policy says so", () => {
    const files = { "src/a": { base: "a\nx1\n", head: "x2\na\n" }, b: { head: "x" } };
    expect(reasonsBy(`each: lines\n${added}\nmessage: "no {{item.text}}"`, files)).toMatchObject([
      { path: "src/a", side: "head", line: 1, endLine: 1, message: "no x2" },
    ]);
    const removed = "each: lines\nmatch: { delta: removed, text: x1 }";
    expect(reasonsBy(removed, files)).toMatchObject([
      { path: "src/a", side: "base", line: 2, message: "rule" },
    ]);
  });

  test("a message that shows a line is cut", () => {
    const lines = `each: lines\n${added}\nmessage: "{{item.text}}"`;
    const [reason] = reasonsBy(lines, { "src/a": { head: "x".repeat(100_000) } });
    expect(reason?.message).toHaveLength(1022);
  });

  const unread = (lines: string, order = ["src/large", "other"]) => {
    const evidence = evidenceOf(
      order.map((path) => ({ path, head: "x" })),
      [policySource(policyFileOf(lines))],
    );
    const contents = new Map(evidence.contents);
    contents.set(contentKey("head", "src/large"), { unread: "too-large" });
    return judge({ ...evidence, contents }).verdict.reasons;
  };

  test("of a file that is too large nobody can tell, which denies at it alone", () => {
    const reasons = unread(`each: lines\n${added}`);
    expect(reasons).toMatchObject([
      { policyId: "bailiff/policy-error", path: "src/large", line: null, decision: "DENY" },
    ]);
    expect(reasons[0]?.message).toMatch(/too large/);
  });

  test("where a condition is about another file it asks nothing of that one", () => {
    expect(
      unread("each: lines\nmatch: { text: { matches: x }, path: other }").map(({ path }) => path),
    ).toEqual(["other"]);
  });

  test("lines and their counts are facts only where a policy reads them", () => {
    const facts = (lines: string) =>
      judge(evidenceOf([{ path: "a", head: "x\ny" }], [policySource(policyFileOf(lines))])).facts;
    expect(facts("when: true").change).toMatchObject({
      ...{ lines: null, addedLines: null, removedLines: null, commitsCount: null },
      files: [{ addedLines: null, removedLines: null }],
    });
    expect(facts("each: lines\nwhen: true").change).toMatchObject({
      lines: [{ text: "x" }, { text: "y" }],
      addedLines: null,
    });
    for (const lines of [
      "only: { change.addedLines: { atLeast: 9 } }",
      "each: files\nmatch: { removedLines: { atLeast: 9 } }",
      'when: { some: [{ var: change.files }, { ">": [{ var: addedLines }, 9] }] }',
    ]) {
      expect(facts(lines).change).toMatchObject({
        ...{ lines: null, addedLines: 2, removedLines: 0 },
        files: [{ addedLines: 2, removedLines: 0 }],
      });
    }
  });

  test("a change of very many lines denies where patterns would take too long over them", () => {
    const head = "y".repeat(4_000).concat("\n").repeat(1_600);
    const lines = `each: lines\nmatch: { text: { matches: "(a{1,30}){1,30}b|(c{1,30}){1,30}d" } }`;
    expect(reasonsBy(lines, { a: { head } })).toMatchObject([
      { policyId: "bailiff/policy-error", path: null },
    ]);
  });

  test("one long line among many short ones is no reason to tell nothing", () => {
    const head = `${"y".repeat(100_000)}x\n${"y\n".repeat(3_000)}`;
    expect(reasonsBy(`each: lines\n${added}`, { "src/a": { head } })).toMatchObject([
      { policyId: "rule", line: 1 },
    ]);
  });
});

describe("each: commits", () => {
  const by = (lines: string, commits: readonly CommitFact[] | null | undefined) =>
    judge({
      ...evidenceOf([], [policySource(policyFileOf(lines))]),
      ...(commits !== undefined && { commits }),
    });
  const unsigned =
    "each: commits\nmatch: { message: { not: { matches: '(?m)^Signed-off-by: ' } } }\nmessage: not signed off";

  test("a reason is about no file, and names the commit", () => {
    const signed = { ...someCommit, sha: "d".repeat(40), message: "A\n\nSigned-off-by: Ann\n" };
    const { verdict, facts } = by(unsigned, [someCommit, signed]);
    expect(verdict.reasons).toMatchObject([
      { path: null, line: null, message: "cccccccccccc: not signed off" },
    ]);
    expect(facts.change.commitsCount).toBe(2);
  });

  test.each([
    { what: "none were told", commits: null },
    { what: "nobody read them", commits: undefined },
  ])("it denies where $what", ({ commits }) => {
    expect(by(unsigned, commits).verdict.reasons).toMatchObject(
      [{ policyId: "bailiff/policy-error", message: /commits is unknown/ }].map((reason) => ({
        ...reason,
        message: expect.stringMatching(reason.message) as string,
      })),
    );
  });

  test("a commit whose message is unknown denies under its name", () => {
    const untold = { ...someCommit, message: null };
    expect(by(unsigned, [untold]).verdict.reasons).toMatchObject([
      {
        policyId: "bailiff/policy-error",
        message: "cccccccccccc: rule cannot be judged: item.message is unknown to this host",
      },
    ]);
  });

  test("commits are facts only where a policy reads them", () => {
    expect(by("when: true", [someCommit]).facts).toMatchObject({
      commits: null,
      change: { commitsCount: null },
    });
    expect(by("only: { change.commitsCount: { atLeast: 5 } }", [someCommit]).facts).toMatchObject({
      change: { commitsCount: 1 },
    });
  });
});
