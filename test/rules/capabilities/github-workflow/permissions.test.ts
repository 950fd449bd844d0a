import { expect, test } from "vitest";
import { readText } from "./read-workflow.ts";

test.each(["read-all-of-it", "my-write-all", "[read-all]", ""])(
  "`permissions` as %j are no form that is understood",
  (permissions) => {
    const text = `on: push\npermissions: ${permissions}\njobs: {a: {}}\n`;
    expect(readText(text)).toMatchObject({
      code: "permission-form",
      why: "`permissions` is no map, read-all or write-all",
    });
  },
);

test.each(["[read]", "{read: write}"])("a scope cannot be %s", (level) => {
  const text = `on: push\npermissions: {contents: ${level}}\njobs: {a: {}}\n`;
  expect(readText(text)).toMatchObject({
    code: "permission-form",
    why: "a scope that is not read, write or none",
  });
});
