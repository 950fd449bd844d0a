import { expect, test } from "vitest";
import { newestOrigin, type RecordedOrigin } from "../../ledger/newest-origin.ts";
import { common } from "./ledger-builder.ts";
import { signedLine } from "./signed-batches.ts";
import { objectIdOf, verdictPredicateOf } from "./verdict-fixture.ts";
import { DOCUMENTS, newLedger, placeByHand, verdictDraft, writerOf } from "./writer-fixture.ts";

const { verdict } = verdictPredicateOf();

function draftBy(origin: RecordedOrigin, head: string) {
  const provenance = { origin, confidence: 1, simulation: false };
  return verdictDraft({
    head: objectIdOf(head),
    more: { verdict: { ...(verdict as object), provenance } },
  });
}

async function newestOf(
  origins: readonly RecordedOrigin[],
  among: readonly RecordedOrigin[] = ["app", "action"],
): Promise<RecordedOrigin | null> {
  const ledger = await newLedger();
  const writer = writerOf(ledger);
  for (const [index, origin] of origins.entries()) {
    await writer.append([draftBy(origin, `head ${index}`)], DOCUMENTS);
  }
  const tip = await ledger.branch.tip();
  if (tip === null) throw new Error("no ledger");
  return newestOrigin(tip, origins.length + 1, among);
}

test.each<{ origins: readonly RecordedOrigin[]; newest: RecordedOrigin | null }>([
  { origins: [], newest: null },
  { origins: ["cli"], newest: null },
  { origins: ["app", "action"], newest: "action" },
  { origins: ["action", "app"], newest: "app" },
  { origins: ["app", "cli", "cli"], newest: "app" },
])(
  "of verdicts by $origins the newest of App or Action is by $newest",
  async ({ origins, newest }) => {
    expect(await newestOf(origins)).toBe(newest);
  },
);

test("only those count that are asked for", async () => {
  expect(await newestOf(["cli", "app"], ["cli"])).toBe("cli");
});

test("a verdict of another form is refused", async () => {
  const ledger = await newLedger();
  placeByHand(ledger.branch, [signedLine({ kind: "verdict", predicate: common() })]);
  const tip = await ledger.branch.tip();
  await expect(tip && newestOrigin(tip, 2, ["app"])).rejects.toMatchObject({
    code: "KIND_MISMATCH",
  });
});

test("of one batch the last record counts", async () => {
  const ledger = await newLedger();
  await writerOf(ledger).append([draftBy("app", "one"), draftBy("action", "two")], DOCUMENTS);
  const tip = await ledger.branch.tip();
  expect(tip && (await newestOrigin(tip, 3, ["app", "action"]))).toBe("action");
});
