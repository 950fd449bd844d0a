import { expect, test } from "vitest";
import { ledgerLogLine } from "../../report/ledger-log-text.ts";
import { recordJson, recordText } from "../../report/record-text.ts";
import { approval, judgementOf, reasonOf } from "./judgement.ts";
import { executionRecord, otherRecord, verdictRecord } from "./recorded.ts";

const plain = { colour: false };
const denied = verdictRecord(judgementOf([reasonOf()]));

test.each([
  {
    what: "a denial",
    record: denied,
    line: "    12  2026-11-22T10:00:06Z  DENY   pull request 42 of acme/shop by ann at 1f2e3d4c1f2e: new-permissions  0c0c0c0c0c0c\n",
  },
  {
    what: "a simulation",
    record: verdictRecord(judgementOf([], { simulation: true })),
    line: "    12  2026-11-22T10:00:06Z  ALLOW (simulated)  pull request 42 of acme/shop by ann at 1f2e3d4c1f2e  0c0c0c0c0c0c\n",
  },
  {
    what: "a run",
    record: executionRecord("0c".repeat(32), { phase: "started", simulation: true }),
    line: "    13  2026-11-22T10:00:06Z  execution  started deploy in simulation  0d0d0d0d0d0d\n",
  },
  {
    what: "another kind",
    record: otherRecord("trust", 0),
    line: "     0  2026-11-22T10:00:06Z  trust  000000000000\n",
  },
])("the log tells $what in one line", ({ record, line }) => {
  expect(ledgerLogLine(record, plain)).toBe(line);
});

test("a record is shown with its place, its judgement and everything that it rests on", () => {
  expect(recordText(denied, plain)).toBe(`Record 12: verdict, 2026-11-22T10:00:06Z
  id        c0ffee
  leaf      ${denied.leaf}
  key       ${denied.keyid}
  ledger    bailiff.dev/ledger/4c1f
  observed  size 11, root cm9vdA==

DENY: pull request 42 of acme/shop by ann
  DENY      .github/workflows/release.yml:14 jobs.release: contents read → write (new-permissions)
  change    ${"1f2e3d4c".repeat(5)} on ${"9a8b7c6d".repeat(5)}, merge base ${"9a8b7c6d".repeat(5)}
  files     sha256 ${"f1".repeat(32)}
  facts     sha256 ${"fa".repeat(32)}
  evaluator bailiff 0.1.0, sha256 ${"e0".repeat(32)}
  check     new-permissions: fail, document sha256 ${"d0".repeat(32)}
  check     untrusted-code: pass, document sha256 ${"d0".repeat(32)}
  policies  .github/bailiff.yml at ${"9a8b7c6d".repeat(5)}, sha256 ${"d0".repeat(32)}
  review    77: approved by bo, 2026-11-22T10:00:00Z, of ${"1f2e3d4c".repeat(5)}
`);
});

const whole = { path: null, side: null, line: null, endLine: null };
test.each([
  {
    what: "who settled a reason",
    record: verdictRecord(judgementOf([reasonOf({ settledBy: [approval] })])),
    says: "(new-permissions, settled by approval of bo)",
  },
  {
    what: "a reason about the whole change",
    record: verdictRecord(judgementOf([reasonOf(whole)])),
    says: "DENY      the whole change jobs",
  },
  {
    what: "reasons that were only counted",
    record: verdictRecord(judgementOf([], { omitted: 2 })),
    says: "  2 more reasons\n",
  },
  {
    what: "the record that it follows",
    record: verdictRecord(judgementOf([]), { supersedes: "5e".repeat(32) }),
    says: `  follows   leaf ${"5e".repeat(32)}\n`,
  },
  {
    what: "a simulation",
    record: verdictRecord(judgementOf([], { simulation: true })),
    says: "ALLOW in simulation: pull",
  },
  {
    what: "a list that was too long to record",
    record: verdictRecord(judgementOf([]), { checks: { digest: "ab".repeat(32), count: 900 } }),
    says: `  900 checks, recorded as sha256 ${"ab".repeat(32)}\n`,
  },
])("show tells $what", ({ record, says }) => {
  expect(recordText(record, plain)).toContain(says);
});

const workTree = {
  allowDirty: true,
  differences: [
    { path: "a\u{1b}.txt", kind: "content" },
    { path: "", kind: "head" },
    { path: "b", kind: "later" },
    { path: "c", kind: "constructor" },
  ],
};
test("a run is shown with its verdict, its command and what differed", () => {
  const record = executionRecord("0c".repeat(32), { phase: "started", workTree });
  expect(recordText(record, plain).split("\n").slice(6)).toEqual([
    "",
    "started deploy on a work tree that may differ",
    "  run      run-1",
    `  verdict  leaf ${"0c".repeat(32)}`,
    `  command  make and 1 argument, sha256 ${"c0".repeat(32)}`,
    "  allowed  a work tree that differs",
    "  differs  other content: a\\u{1b}.txt",
    "  differs  HEAD is another commit: the work tree's own",
    "  differs  later b",
    "  differs  constructor c",
    "",
  ]);
});

test.each([
  { phase: { phase: "blocked", cause: "denied" }, says: "the verdict is a denial" },
  { phase: { phase: "blocked", cause: "work-tree" }, says: "the work tree is not what was judged" },
] as const)("a run that was blocked is shown with why: $says", ({ phase, says }) => {
  expect(recordText(executionRecord("0c".repeat(32), phase), plain)).toContain(
    `\nblocked deploy: ${says}\n`,
  );
});

test("reviews that nobody knew are not shown", () => {
  const record = verdictRecord(judgementOf([]), { external: { reviews: null, statuses: null } });
  expect(recordText(record, plain)).not.toContain("review ");
});

test("a record of another kind is shown by what every record has", () => {
  expect(recordText(otherRecord("trust", 0), plain)).toMatch(
    /^Record 0: trust, .*\n(?: {2}\w+ .*\n){5}$/u,
  );
});

test("colours appear only when asked for", () => {
  for (const show of [ledgerLogLine, recordText]) {
    expect(show(denied, { colour: true })).toContain("\u{1b}[31mDENY");
    expect(show(denied, plain)).not.toContain("\u{1b}");
  }
});

test("recorded text is escaped wherever it stands", () => {
  const evil = "\u{1b}[2J\nALLOW";
  const reason = reasonOf({ policyId: evil, message: evil, path: evil });
  const record = verdictRecord(
    judgementOf([reason, { ...reason, settledBy: [{ ...approval, actor: evil }] }]),
  );
  const named = {
    ...record.verdict,
    repository: { ...record.verdict.repository, name: evil },
    id: evil,
  };
  for (const shown of [recordText, ledgerLogLine].map((show) =>
    show({ ...record, predicate: named, verdict: named, keyid: evil }, plain),
  )) {
    expect(shown).not.toContain("\u{1b}");
    expect(shown).not.toMatch(/^ALLOW/mu);
    expect(shown).toContain("\\u{1b}[2J\\u{a}ALLOW");
  }
});

test("the JSON form is the statement as the branch holds it, with its place", () => {
  const { index, leaf, kind, keyid, statement } = denied;
  expect(JSON.parse(recordJson(denied))).toEqual(
    JSON.parse(JSON.stringify({ index, leaf, kind, keyid, statement })),
  );
});
