import { expect, test } from "vitest";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { amended } from "./attacks/attack.ts";

test("an earlier checkpoint whose one signature stands twice is found", async () => {
  const { commits, pin } = sampleLedger();
  const first = commits[0]?.files["checkpoint"];
  const text = Buffer.from(first as Uint8Array).toString("utf8");
  const line = text.slice(text.lastIndexOf("\n—") + 1);
  const retold = amended(commits, 0, { checkpoint: `${text}${line}` });
  const { problems } = await verifyLedger(fakeClone(retold), { pin });
  expect(problems.map(({ code }) => code)).toEqual(["CHECKPOINT_INVALID"]);
});
