import { expect, test } from "vitest";
import { takeFrom, WHY_TOO_MUCH } from "../../../rules/capabilities/allowance.ts";

test("all that is left may be taken, and no more", () => {
  const allowance = { characters: 3 };
  takeFrom(allowance, 2);
  takeFrom(allowance, 1);
  expect(allowance).toEqual({ characters: 0 });
  expect(() => {
    takeFrom(allowance, 1);
  }).toThrow(expect.objectContaining({ code: "too-much", message: WHY_TOO_MUCH }));
});
