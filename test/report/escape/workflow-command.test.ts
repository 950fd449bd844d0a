import fc from "fast-check";
import { expect, test } from "vitest";
import { visible } from "../../../report/escape/visible.ts";
import { workflowCommand } from "../../../report/escape/workflow-command.ts";
import { hostile } from "./arbitrary.ts";

test("separators are encoded where they separate, and only there", () => {
  expect(workflowCommand("error", { file: "a:b,c%.yml", line: 3 }, "a: 5%, b\nc")).toBe(
    "::error file=a%3Ab%2Cc%25.yml,line=3::a: 5%25, b%0Ac",
  );
});

test("a carriage return and an escape sequence are shown", () => {
  expect(workflowCommand("notice", { title: "t" }, "a\r::error::\u{1b}[0m")).toBe(
    "::notice title=t::a\\u{d}::error::\\u{1b}[0m",
  );
});

test("a runner reads back one command with the very text", () => {
  fc.assert(
    fc.property(hostile, hostile, (title, message) => {
      const line = workflowCommand("error", { file: "a", title }, message);
      expect(line).not.toMatch(/[\r\n]/u);
      const [, properties = "", said = ""] = /^::error (.*?)::(.*)$/u.exec(line) ?? [];
      const [file, titled, ...more] = properties.split(",");
      expect([file, more]).toEqual(["file=a", []]);
      expect(decoded(titled ?? "")).toBe(`title=${visible(title)}`);
      expect(decoded(said)).toBe(message.split("\n").map(visible).join("\n"));
    }),
  );
});

function decoded(text: string): string {
  const plain = text.replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return plain.replaceAll("%25", "%");
}
