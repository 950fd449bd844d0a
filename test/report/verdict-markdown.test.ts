import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Length } from "../../report/fit.ts";
import { verdictMarkdown } from "../../report/verdict-markdown.ts";
import { hostile } from "./escape/arbitrary.ts";
import { readCodeSpans } from "./escape/code-spans.ts";
import { approval, judgementOf, reasonOf, record } from "./judgement.ts";

const warning = reasonOf({ decision: "WARN", policyId: "foreign-dependencies" });
const settled = reasonOf({ settledBy: [approval] });

test.each([
  {
    when: "denied",
    reasons: [reasonOf(), warning],
    title: "Denied by new-permissions",
  },
  { when: "warned", reasons: [warning], title: "Allowed with warnings from foreign-dependencies" },
  { when: "allowed", reasons: [], title: "Allowed" },
  { when: "settled", reasons: [settled], title: "Allowed, 1 reason settled" },
  {
    when: "simulated",
    reasons: [reasonOf()],
    simulation: true,
    title: "Simulation, not enforced: would be denied by new-permissions",
  },
])("the title: $when", ({ reasons, title, ...told }) => {
  expect(verdictMarkdown(judgementOf(reasons, told), record).title).toBe(title);
});

test("a denial's summary says what it means, what would settle it, each remedy once, and the record", () => {
  const { summary } = verdictMarkdown(judgementOf([reasonOf(), reasonOf({ line: 20 })]), record);
  expect(summary).toBe(`**Denied.** 2 reasons have to be settled before this change may enter.

What would settle it:

- an approval of \`1f2e3d4\` by someone who may write

On the record at index 12.`);
});

test("what would settle a warning is not told as what would settle a denial", () => {
  const told = { ...warning, remedy: "pin it" };
  const { summary, text } = verdictMarkdown(judgementOf([reasonOf(), told]), record);
  expect(summary).not.toContain("pin it");
  expect(text).toContain("To settle: pin it");
  expect(verdictMarkdown(judgementOf([told]), record).summary).toContain("- pin it");
});

test("a denial of which reasons are only counted names every policy", () => {
  const judgement = judgementOf([reasonOf(), warning], { omitted: 1 });
  expect(verdictMarkdown(judgement, record).title).toBe(
    "Denied by foreign-dependencies, new-permissions",
  );
});

test("its text tells each reason, how it was judged and the record", () => {
  const judgement = judgementOf([reasonOf({ endLine: 16 }), settled]);
  const { base, head } = judgement.facts.change;
  expect(verdictMarkdown(judgement, record).text).toBe(`### What stands against it

- **DENY** \`.github/workflows/release.yml\` lines 14-16, by policy \`new-permissions\`
  - jobs.release: contents read → write
  - To settle: an approval of \`1f2e3d4\` by someone who may write

### Settled

- **SETTLED** \`.github/workflows/release.yml\` line 14, DENY by policy \`new-permissions\`
  - jobs.release: contents read → write
  - Settled: an approval by bo, \`2026-11-22T10:00:00Z\`

### How it was judged

- Change: \`${head}\` on \`${base}\`
- Policies: 1 failed, 1 passed
- Evidence: 2 of 2 relevant versions of changed files read and understood
- Record: index 12, leaf \`${record.leaf}\`
- Pin: \`${record.pin}\`. Whoever keeps it can prove later that the record still stands.`);
});

test.each([
  {
    when: "the change as a whole",
    place: { path: null, line: null, endLine: null },
    says: "**DENY** the change as a whole, by",
  },
  { when: "a file without a line", place: { line: null, endLine: null }, says: "release.yml`, by" },
  {
    when: "the side before the change",
    place: { side: "base" },
    says: "line 14 (before the change), by",
  },
] as const)("a reason's place: $when", ({ place, says }) => {
  expect(verdictMarkdown(judgementOf([reasonOf(place)]), record).text).toContain(says);
});

test("without a ledger it says that verdicts are not recorded and how to change that", () => {
  const { summary, text } = verdictMarkdown(judgementOf([]), null);
  expect(summary).toContain("**not recorded**");
  expect(summary).toContain("`bailiff ledger init`");
  expect(text).not.toContain("Record:");
});

test("a simulation is said plainly", () => {
  const { summary } = verdictMarkdown(judgementOf([reasonOf()], { simulation: true }), record);
  expect(summary).toContain("This is a simulation: nothing is enforced.");
});

test("a record that said so already is told as one, and a merge base of its own", () => {
  const judgement = judgementOf([]);
  const change = { ...judgement.facts.change, mergeBase: "ab".repeat(20) };
  const facts = { ...judgement.facts, change };
  const { text } = verdictMarkdown({ ...judgement, facts }, { ...record, appended: false });
  expect(text).toContain("which already said so");
  expect(text).toContain(`, merge base \`${change.mergeBase}\``);
});

test("more remedies than a reader takes in are counted", () => {
  const reasons = Array.from({ length: 7 }, (_, place) => reasonOf({ remedy: `way ${place}` }));
  const { summary } = verdictMarkdown(judgementOf(reasons), record);
  expect(summary).toContain("- way 4\n- and 2 more, each with its reason below\n");
  expect(summary).not.toContain("way 5");
});

test("a thousand long reasons fit by bytes, the first kept, the rest counted, the record still told", () => {
  const reasons = Array.from({ length: 1_000 }, (_, place) =>
    reasonOf({ message: `${place} ${"é`".repeat(400)}`, remedy: `${place} ${"漢`".repeat(400)}` }),
  );
  const { title, summary, text } = verdictMarkdown(judgementOf(reasons, { omitted: 5 }), record);
  expect(title.length).toBeLessThanOrEqual(255);
  expect(utf8Length(summary)).toBeLessThanOrEqual(65_535);
  expect(utf8Length(text)).toBeLessThanOrEqual(65_535);
  const told = text.match(/\*\*DENY\*\*/gu)?.length ?? 0;
  expect(told).toBeGreaterThan(5);
  expect(text).toContain(`${1_000 - told} more reasons left out here for want of room.`);
  expect(text).toContain("5 more reasons that the verdict only counts");
  expect(text).toContain("- Record: index 12");
});

test("one reason always fits, however long and hostile its texts", () => {
  for (const unit of ["` ", "@ ", "\u{1} ", "\u{e0041}", "``` "]) {
    const text = unit.repeat(30_000);
    const reason = reasonOf({ policyId: "p", message: text, path: text, remedy: text });
    const shown = verdictMarkdown(judgementOf([reason]), record);
    expect(shown.text).toContain("**DENY**");
    expect(utf8Length(shown.text)).toBeLessThanOrEqual(65_535);
    expect(utf8Length(shown.summary)).toBeLessThanOrEqual(65_535);
  }
});

test("many long policy ids keep the title to its length", () => {
  const reasons = Array.from({ length: 40 }, (_, place) =>
    reasonOf({ policyId: `policy-${place}-é` }),
  );
  const { title } = verdictMarkdown(judgementOf(reasons), record);
  expect(title.length).toBeLessThanOrEqual(255);
  expect(title).toMatch(/^Denied by policy-0-é, .* … \(\d+ bytes more\)$/u);
});

test("no untrusted text changes a line's beginning, or stands outside a code span with more than words", () => {
  fc.assert(
    fc.property(hostile, hostile, (message, path) => {
      const reason = reasonOf({ message, path, remedy: message, policyId: message });
      const act = { ...approval, actor: message };
      const { title, summary, text } = verdictMarkdown(
        judgementOf([reason, { ...reason, settledBy: [act] }]),
        record,
      );
      expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      for (const line of `${summary}\n${text}`.split("\n")) {
        const { outside } = readCodeSpans(line);
        expect(outside).toMatch(/^(?:$|### |\*\*|- | {2}- |What would|On the)/u);
        expect(outside.replaceAll("**", "")).not.toMatch(
          /[@<>[\]`\\$&*_~|]|#\p{N}|:\p{L}|:\/\/|www\./u,
        );
      }
    }),
    { numRuns: 60 },
  );
});
