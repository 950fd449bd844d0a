import { expect, test } from "vitest";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { commitId, fakeClone } from "../fake-clone.ts";
import { ATTACKS } from "./attacks.ts";

/** Attacks name commits by their place. */
function told(expected: string | RegExp): string | RegExp {
  if (typeof expected !== "string") return expect.stringMatching(expected) as RegExp;
  return expected.replace(/^commit (\d+)/, (_, at) => `commit ${commitId(Number(at)).slice(0, 7)}`);
}

test.each(ATTACKS)("$codes.0: $when", async (attack) => {
  const clone = fakeClone(attack.commits());
  const { ok, pin, problems } = await verifyLedger(clone, attack.options?.() ?? {});
  expect({ ok, pin, codes: new Set(problems.map(({ code }) => code)) }).toEqual({
    ok: false,
    pin: "",
    codes: new Set(attack.codes),
  });
  const first = problems.find(({ code }) => code === attack.codes[0]);
  expect(first).toMatchObject({
    ...(attack.place === undefined ? {} : { place: told(attack.place) }),
    ...(attack.since === undefined ? {} : { since: told(attack.since) }),
  });
});
