import { expect, test } from "vitest";
import { bindingGyp } from "../../../rules/capabilities/binding-gyp.ts";
import { diffOf, shown } from "./changes.ts";
import { grantsIn, readingOf } from "./locked.ts";

test.each([
  ["binding.gyp", "grants"],
  ["a/binding.gyp", "grants"],
  ["fixtures/binding.gyp", "resembles"],
  ["common.gyp", null],
])("%s is claimed: %s", (path, claim) => {
  expect(bindingGyp.claims(path)).toBe(claim);
});

test("whatever it holds, it runs where the package is installed", () => {
  expect(grantsIn(readingOf(bindingGyp, "binding.gyp", "\0{"))).toEqual(["1 npm.script install"]);
  expect(diffOf({}, { "binding.gyp": "{}" }).map(shown)).toEqual([
    "added binding.gyp install -→install binding.gyp:1",
  ]);
});
