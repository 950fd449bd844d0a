import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Length } from "../../report/fit.ts";
import { commentMarker, type CommentedRun, verdictComment } from "../../report/verdict-comment.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";
import { hostile } from "./escape/arbitrary.ts";
import { readCodeSpans } from "./escape/code-spans.ts";
import { judgementOf, reasonOf, record, release } from "./judgement.ts";

const runUrl = "https://github.com/acme/shop/actions/runs/7";
const { head } = judgementOf([]).facts.change;

function commentOf(reasons: readonly Reason[], run: Partial<CommentedRun> = {}): string {
  return verdictComment(judgementOf(reasons), {
    recorded: record,
    repositoryUrl: "https://github.com/acme/shop",
    failOn: "deny",
    fails: true,
    ownWorkflow: true,
    gate: "0123",
    job: "gate",
    runUrl,
    ...run,
  });
}

test("a comment begins with its marker, and tells decision, reasons, remedies, commit, record and pin", () => {
  expect(commentOf([reasonOf()])).toBe(`<!-- bailiff 0123 -->
## Bailiff: Denied by new-permissions

**Denied.** 1 reason has to be settled before this change may enter.

- **DENY** [\`${release}\` line 14](https://github.com/acme/shop/blob/${head}/${release}#L14), by policy \`new-permissions\`
  - jobs.release: contents read → write
  - To settle: an approval of \`1f2e3d4\` by someone who may write

Judged \`${head}\` in the job \`gate\`: [all of it](${runUrl}). On the record at index 12. Pin: \`${record.pin}\`. Whoever keeps it can prove later that the record still stands.
`);
});

test("without a record it says why, and of warnings that fail the step that they do", () => {
  const comment = commentOf([reasonOf({ decision: "WARN" })], {
    recorded: { unrecorded: "it is late" },
    failOn: "warn",
  });
  expect(comment).toContain("## Bailiff: Fails, since fail-on is warn");
  expect(comment).toContain(": it is late.\n");
  expect(comment).not.toContain("Pin:");
});

test("more reasons than a reader takes in are counted", () => {
  const comment = commentOf(Array.from({ length: 25 }, (_, line) => reasonOf({ line })));
  expect(comment.match(/^- \*\*DENY\*\*/gmu)).toHaveLength(20);
  expect(comment).toContain("- and 5 more reasons in the summary of the run\n");
});

test("a comment stays within what GitHub takes, however long its texts", () => {
  const long = "` @".repeat(30_000);
  const reason = reasonOf({ path: long, message: long, remedy: long });
  const comment = commentOf(Array.from({ length: 25 }, () => reason));
  expect(utf8Length(comment)).toBeLessThanOrEqual(65_536);
  expect(comment).toMatch(/and \d+ more reasons/u);
});

test("no untrusted text mentions anybody, links, is HTML, or ends the marker", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const reason = reasonOf({ message: text, path: text, remedy: text, policyId: text });
      const [marker, ...lines] = commentOf([reason], { job: text }).split("\n");
      expect(marker).toBe(commentMarker("0123"));
      for (const line of lines) {
        const { outside } = readCodeSpans(line);
        const ours = outside.replace(/\[[^\]]*\]\(https:\/\/github\.com\/[^)\s]*\)/gu, "");
        expect(ours).toMatch(/^(?:$|## Bailiff: |\*\*|- | {2}- |Judged )/u);
        expect(ours.replaceAll("**", "").replace(/^## /u, "")).not.toMatch(
          /[@<>[\]`\\$&*_~|]|#\p{N}|:\p{L}|:\/\/|www\./u,
        );
      }
    }),
    { numRuns: 60 },
  );
});
