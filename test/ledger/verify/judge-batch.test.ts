import { expect, test } from "vitest";
import { formatBatch } from "../../../ledger/format/batch.ts";
import { batchJudge } from "../../../ledger/verify/judge-batch.ts";
import { openJudgesHere } from "../../../ledger/verify/judges.ts";
import { LEDGER_KEY, verdictLine } from "../ledger-builder.ts";
import { ORIGIN, REPOSITORY_ID } from "../verdict-fixture.ts";

const terms = {
  origin: ORIGIN,
  repositories: [REPOSITORY_ID],
  keys: [LEDGER_KEY.public.base64],
};

/** Two lines of which the same is judged, and one of which something else is. */
const batch = formatBatch([
  verdictLine({ id: "1" }),
  verdictLine({ id: "2" }),
  verdictLine({ id: "3", repositoryId: "666" }),
]);

test("equal judgements of a batch's lines are one object", () => {
  const [first, second, third] = batchJudge(terms)(batch).lines;
  expect(first).toMatchObject({ fault: null, record: { kind: "verdict", foreign: null } });
  expect(second).toBe(first);
  expect(third).not.toEqual(first);
});

test("whoever judges on the calling thread answers as a batch's judge does, and is given up like threads", async () => {
  const judges = openJudgesHere(terms);
  const judged = await judges.judge({ bytes: Uint8Array.from(batch), ends: [batch.length] });
  expect(judged).toEqual([batchJudge(terms)(batch)]);
  await expect(judges[Symbol.asyncDispose]()).resolves.toBeUndefined();
});
