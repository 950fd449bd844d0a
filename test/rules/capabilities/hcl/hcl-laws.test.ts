import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyModel } from "./hcl-model.ts";
import { handOf, writtenBody } from "./hcl-hand.ts";
import { expressionOf, meaningOf, parsed, refusalOf } from "./parsed.ts";

const seed = fc.integer({ min: 1, max: 2 ** 31 });

test("a body means the same in whatever layout it is written", () => {
  fc.assert(
    fc.property(bodyModel, seed, seed, (model, one, other) => {
      const meaning = meaningOf(parsed(writtenBody(model, handOf(one))));
      expect(meaningOf(parsed(writtenBody(model, handOf(other))))).toBe(meaning);
    }),
    { numRuns: 500 },
  );
});

test("each attribute stands on the line that has its name", () => {
  fc.assert(
    fc.property(bodyModel, seed, (model, hand) => {
      const text = writtenBody(model, handOf(hand));
      const lines = text.split("\n");
      for (const { name, line, endLine } of parsed(text).attributes) {
        expect(lines[line - 1]?.startsWith(name)).toBe(true);
        expect(endLine).toBeGreaterThanOrEqual(line);
      }
    }),
  );
});

test("a text is the same, quoted and as a heredoc", () => {
  const row = fc.string({
    unit: fc.constantFrom("a", " ", "$", "%", '"', "\\", "{", "É"),
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), fc.nat(4), (rows, indent) => {
      // A row of spaces is not indented with the others.
      const full = rows.map((text) => `.${text}`.replaceAll(/[$%](?=\{)/gu, "$&$&"));
      const margin = " ".repeat(indent);
      const heredoc = `<<-E\n${full.map((text) => `${margin}${text}\n`).join("")}${margin}E`;
      const quoted = full.map((text) => `${text.replaceAll(/["\\]/gu, "\\$&")}\\n`).join("");
      const expected = expressionOf(`"${quoted}"`);
      if (expected.type !== "string") throw new Error("no text");
      expect(expressionOf(heredoc)).toMatchObject({ type: "string", value: expected.value });
    }),
  );
});

const pieces = fc.array(
  fc.constantFrom(
    ...'a b = { } [ ] ( ) " \n ${ %{ } ~} <<E E\n . * , : ? # /* */ for in if 1 \\ ...'.split(" "),
  ),
  { maxLength: 40 },
);

test("whatever is read gives a body or a refusal, and nothing else", () => {
  const bytes = fc.uint8Array({ maxLength: 100 });
  fc.assert(fc.property(bytes, (content) => typeof refusalOf(content) === "string"));
  fc.assert(fc.property(pieces, (parts) => typeof refusalOf(parts.join(" ")) === "string"));
});

test("a damaged text gives a body or a refusal, and nothing else", () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(5), pieces), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(bodyModel, seed, edits, (model, hand, all) => {
      let text = writtenBody(model, handOf(hand));
      for (const [at, length, put] of all) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + put.slice(0, 3).join("") + text.slice(start + length);
      }
      expect(refusalOf(text)).toMatch(
        /^(?:understood|(?:not-hcl|too-deep|ambiguous-character)@\d+)$/u,
      );
    }),
  );
});
