import { expect, test } from "vitest";
import { mapAhead } from "../../../ledger/verify/map-ahead.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone, gathered } from "../fake-clone.ts";
import { common, recordLine, sampleLedger } from "../ledger-builder.ts";
import { withDecision } from "./attacks/attack.ts";

test("problems come in the order of the format's table, whatever was found first", () => {
  const problems = new Problems();
  problems.add("FILE_FOREIGN", "b", "second");
  problems.add("TRUST_INVALID", "a", "first", "commit 1f2e3d4");
  expect(problems.list().map(({ code }) => code)).toEqual(["TRUST_INVALID", "FILE_FOREIGN"]);
  expect(problems.list()[0]).toMatchObject({ place: "a", since: "commit 1f2e3d4" });
  expect(problems.list()[0]?.message).toMatch(/^first\. \S.*\.$/);
});

test("a thousand strangers' files are told in a hundred lines and a count", async () => {
  const names = Array.from({ length: 1_000 }, (_, at) => [`stranger-${at}`, "hello"]);
  const { commits } = sampleLedger().commit(Object.fromEntries(names) as Record<string, string>);
  const { problems } = await verifyLedger(fakeClone(commits));
  const foreign = problems.filter(({ code }) => code === "FILE_FOREIGN");
  expect(foreign).toHaveLength(101);
  expect(foreign.at(-1)).toMatchObject({
    place: "and further",
    message: expect.stringMatching(/^900 more\. \S/) as string,
  });
});

test("every line that is wrong is counted, however many there are", async () => {
  const line = withDecision(recordLine("omission", common({ as: "DENY" })), '"DENY"', '"ALLOW"');
  const ledger = sampleLedger();
  // No two batches alike: one that is, is told as a copy and not read.
  for (const length of [899, 900, 901]) ledger.place(Array.from({ length }, () => line));
  const { problems } = await verifyLedger(fakeClone(ledger.commits));
  const invalid = problems.filter(({ code }) => code === "SIGNATURE_INVALID");
  expect(invalid).toHaveLength(101);
  expect(invalid.at(-1)?.message).toMatch(/^2600 more\. /);
});

test("of what has no further ones no further ones are told", () => {
  const problems = new Problems();
  problems.add("FILE_FOREIGN", "a", "it is there");
  problems.omit("FILE_FOREIGN", 0);
  expect(problems.list().map(({ place }) => place)).toEqual(["a"]);
});

test("mapping ahead keeps the order and the limit", async () => {
  let running = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, item % 3));
    running -= 1;
    return item * 2;
  };
  const items = Array.from({ length: 20 }, (_, at) => at);
  expect(await gathered(mapAhead(items, 4, work))).toEqual(items.map((item) => item * 2));
  expect(most).toBe(4);
});

test("where several of what was mapped ahead are refused, the first is told", async () => {
  const work = (item: number): Promise<number> => Promise.reject(new Error(`${item} is refused`));
  await expect(gathered(mapAhead([1, 2, 3], 3, work))).rejects.toThrow("1 is refused");
});
