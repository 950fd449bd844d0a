import { expect, test } from "vitest";
import { KeptFaults } from "../../../ledger/verify/kept-faults.ts";
import { Problems } from "../../../ledger/verify/problems.ts";

/** Problems that keep how often they were told of one, and how many were left out. */
class CountedProblems extends Problems {
  added = 0;
  omitted = 0;

  override add(): void {
    this.added += 1;
  }

  override omit(_code: unknown, count: number): void {
    this.omitted += count;
  }
}

test.each([
  { found: 1, added: 1, omitted: 0 },
  { found: 100, added: 100, omitted: 0 },
  { found: 250, added: 100, omitted: 150 },
])("of $found faults $added are kept and $omitted counted", ({ found, added, omitted }) => {
  const faults = new KeptFaults<"KEY_UNKNOWN">();
  for (let at = 0; at < found; at += 1) {
    faults.add({ code: "KEY_UNKNOWN", place: `${at}`, what: "it is signed", since: null });
  }
  const problems = new CountedProblems();
  faults.report(problems);
  expect({ added: problems.added, omitted: problems.omitted }).toEqual({ added, omitted });
});
