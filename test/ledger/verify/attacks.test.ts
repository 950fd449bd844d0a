import { expect, test } from "vitest";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { commitId, fakeClone } from "../fake-clone.ts";
import { ATTACKS } from "./attacks.ts";

/** Attacks name commits by their place. */
function told(expected: string | RegExp): string | RegExp {
  if (typeof expected !== "string") return expect.stringMatching(expected) as RegExp;
  return expected.replace(/^commit (\d+)/, (_, at) => `commit ${commitId(Number(at)).slice(0, 7)}`);
}

/** What was seen, and then what it means; where it is, and since when it has been so. */
const EXPLAINED = {
  message: expect.stringMatching(/^[a-z0-9][^]*\. [A-Z][^]*\.$/) as string,
  place: expect.stringMatching(/\S/) as string,
  since: expect.toSatisfy(isSince) as string | null,
};

function isSince(since: unknown): boolean {
  const place = /^(commit [0-9a-f]{7}|commit [0-9a-f]{7}, index \d+|index \d+( to \d+)?)$/;
  return since === null || (typeof since === "string" && place.test(since));
}

test.each(ATTACKS)("$codes.0: $when", async (attack) => {
  const clone = fakeClone(attack.commits());
  const { ok, pin, problems } = await verifyLedger(clone, attack.options?.() ?? {});
  expect({ ok, pin, codes: new Set(problems.map(({ code }) => code)) }).toEqual({
    ok: false,
    pin: "",
    codes: new Set(attack.codes),
  });
  for (const problem of problems) expect(problem).toMatchObject(EXPLAINED);
  const first = problems.find(({ code }) => code === attack.codes[0]);
  expect(first).toMatchObject({
    ...(attack.place === undefined ? {} : { place: told(attack.place) }),
    ...(attack.since === undefined ? {} : { since: told(attack.since) }),
  });
});
