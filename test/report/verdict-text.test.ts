import { expect, test } from "vitest";
import { verdictText } from "../../report/verdict-text.ts";
import { approval, judgementOf, reasonOf, record } from "./judgement.ts";

const shown = (judgement: ReturnType<typeof judgementOf>) =>
  verdictText({ judgement, record, colour: false });
const warning = reasonOf({ decision: "WARN", policyId: "foreign-dependencies" });
const settled = reasonOf({ settledBy: [approval] });

test("a denial tells what, where, by which policy, what would settle it and where it is recorded", () => {
  const judgement = judgementOf([reasonOf()]);
  const { base, head } = judgement.facts.change;
  expect(shown(judgement)).toBe(`DENY: 1 reason has to be settled before this change may enter.

  DENY  .github/workflows/release.yml:14
    jobs.release: contents read → write
    policy:    new-permissions
    to settle: an approval of 1f2e3d4 by someone who may write

Change:   ${head} on ${base}
Policies: 1 failed, 1 passed
Evidence: 2 of 2 relevant versions of changed files read and understood
Record:   index 12, leaf ${record.leaf}
Pin:      ${record.pin}
`);
});

test.each([
  { when: "nothing fired", reasons: [], says: "ALLOW: nothing stands against this change." },
  {
    when: "two denials and a warning",
    reasons: [reasonOf(), reasonOf(), warning],
    says: "DENY: 2 reasons have to be settled",
  },
  {
    when: "only a warning",
    reasons: [warning],
    says: "WARN: this change may enter, with 1 warning.",
  },
  {
    when: "all is settled",
    reasons: [settled],
    says: "ALLOW: this change may enter: 1 reason settled, none left.",
  },
  {
    when: "a simulation",
    reasons: [reasonOf()],
    simulation: true,
    says: "DENY in simulation, nothing is enforced: 1 reason would have to be settled",
  },
  {
    when: "reasons were only counted",
    reasons: [reasonOf()],
    omitted: 3,
    says: "DENY: at least 1 reason",
  },
])("the first line says what is decided: $when", ({ reasons, says, ...told }) => {
  const [first] = shown(judgementOf(reasons, told)).split("\n");
  expect(first).toContain(says);
});

test.each([
  {
    when: "the change as a whole",
    place: { path: null, side: null, line: null, endLine: null },
    says: "DENY  the change as a whole\n",
  },
  { when: "a file without a line", place: { line: null, endLine: null }, says: "release.yml\n" },
  { when: "several lines", place: { endLine: 16 }, says: "release.yml:14-16\n" },
  {
    when: "the side before the change",
    place: { side: "base" },
    says: "release.yml:14 (before the change)\n",
  },
] as const)("a reason's place: $when", ({ place, says }) => {
  expect(shown(judgementOf([reasonOf(place)]))).toContain(says);
});

test("a settled reason is shown as settled, with who settled it and when, and no remedy", () => {
  const text = shown(judgementOf([settled]));
  expect(text).toContain("  SETTLED  .github/workflows/release.yml:14\n");
  expect(text).toContain("(DENY until settled)");
  expect(text).toContain("settled:   an approval by bo, 2026-11-22T10:00:00Z\n");
  expect(text).not.toContain("to settle");
  expect(text).toContain("Policies: 1 approved, 1 passed\n");
});

test("a waiver is named as one", () => {
  const text = shown(judgementOf([reasonOf({ settledBy: [{ ...approval, kind: "waiver" }] })]));
  expect(text).toContain("waived by bo until an unknown time");
});

test("reasons that the verdict only counts are counted", () => {
  expect(shown(judgementOf([reasonOf()], { omitted: 3 }))).toContain(
    "3 more reasons not listed.\n",
  );
});

test("a merge base other than the base is told", () => {
  const judgement = judgementOf([]);
  const change = { ...judgement.facts.change, mergeBase: "ab".repeat(20) };
  const text = shown({ ...judgement, facts: { ...judgement.facts, change } });
  expect(text).toContain(`, merge base ${change.mergeBase}\n`);
});

test("no relevant file is not a share of nothing", () => {
  const judgement = judgementOf([]);
  const completeness = { relevant: 0, read: 0, unread: [] };
  const text = shown({ ...judgement, facts: { ...judgement.facts, completeness } });
  expect(text).toContain("Evidence: no changed file is of a kind that grants\n");
});

test("a verdict without a record says so, and one that was there already says that", () => {
  const judgement = judgementOf([]);
  expect(verdictText({ judgement, record: null, colour: false })).toContain("Record:   none");
  const again = { ...record, appended: false };
  expect(verdictText({ judgement, record: again, colour: false })).toContain("already said so");
});

test("colours appear only when asked for", () => {
  const judgement = judgementOf([reasonOf(), warning, settled]);
  const coloured = verdictText({ judgement, record, colour: true });
  expect(coloured).toContain("\u{1b}[31mDENY\u{1b}[0m");
  expect(coloured).toContain("\u{1b}[33mWARN\u{1b}[0m");
  expect(coloured).toContain("\u{1b}[32mSETTLED\u{1b}[0m");
  expect(coloured.replace(/\u{1b}\[\d+m/gu, "")).toBe(shown(judgement));
});

test("every untrusted text of a reason is escaped", () => {
  const evil = "\u{1b}[2Jx\nALLOW";
  const reason = reasonOf({ policyId: evil, message: evil, path: evil, remedy: evil });
  const act = { ...approval, actor: evil };
  const text = shown(judgementOf([reason, { ...reason, settledBy: [act] }]));
  expect(text).not.toContain("\u{1b}");
  expect(text).not.toMatch(/^ALLOW/mu);
  expect(text.match(/\\u\{1b\}/gu)).toHaveLength(8);
});
