import { expect, test } from "vitest";
import { NotUnderstood, understand } from "../../../rules/capabilities/not-understood.ts";

const PLACE = { line: 3, column: 2 };

test("a refusal has its name, its code and its place", () => {
  const error = new NotUnderstood("too-deep", "nested too deep", PLACE);
  expect(error).toMatchObject({ name: "NotUnderstood", code: "too-deep", place: PLACE });
  expect(new NotUnderstood("too-large", "too large").place).toBeNull();
});

test.each([
  { where: "at a place", place: PLACE, line: { line: 3 } },
  { where: "of the whole file", place: null, line: {} },
])("what is refused $where becomes a reading that says so", ({ place, line }) => {
  const reading = understand(() => {
    throw new NotUnderstood("too-deep", "nested too deep", place);
  });
  expect(reading).toEqual({ understood: false, code: "too-deep", why: "nested too deep", ...line });
});

test("a fault of the reader itself is no refusal", () => {
  const fault = new TypeError("a fault");
  const read = (): unknown =>
    understand(() => {
      throw fault;
    });
  expect(read).toThrow(fault);
});
