import { expect, test } from "vitest";
import { isExample } from "../../../../rules/capabilities/secrets/example-value.ts";
import { random } from "./samples.ts";

const REAL = random(1, 14);
const WORD = "Password123";

function token(value: string): { name: string; value: string } {
  return { name: "github token", value };
}

test.each([
  { what: "a word for it", found: token(`${random(1, 20)}Example${random(1, 9)}`) },
  { what: "one character again and again", found: token(`a1B2c3D4e5F6g7H8${"x".repeat(20)}`) },
  { what: "seven of one character in a row", found: token(`${random(1, 20)}7777777`) },
  { what: "characters that count up", found: token(`${random(1, 20)}2345678`) },
  { what: "few different characters", found: token("ab12cd34".repeat(5)) },
  { what: "a template's gap", found: token("gh_{{ token }}") },
  { what: "a word for a password", found: token(`https://bo:${WORD}@git.acme.io`) },
  { what: "a host of this machine", found: token(`mysql://bo:${REAL}@localhost:3306/x`) },
  { what: "a loopback address", found: token(`mysql://bo:${REAL}@127.0.0.1/x`) },
  { what: "a host without a domain", found: token(`postgres://bo:${REAL}@db/x`) },
  { what: "a reserved domain", found: token(`https://bo:${REAL}@git.example.com`) },
  { what: "a reserved end", found: token(`https://bo:${REAL}@git.test`) },
])("an example has $what", ({ found }) => {
  expect(isExample(found)).toBe(true);
});

test.each([
  { what: "random characters", found: token(random(1, 36)) },
  { what: "six of one character in a row", found: token(`${random(1, 20)}777777`) },
  { what: "characters that count up to six", found: token(`${random(1, 20)}234567`) },
  { what: "nine different characters", found: token("abc12de34".repeat(5)) },
  { what: "a password of another machine", found: token(`mysql://bo:${REAL}@10.0.0.7/x`) },
  {
    what: "a host that only begins like an example",
    found: token(`https://bo:${REAL}@example.com.io`),
  },
  {
    what: "a private key, whatever it spells",
    found: { name: "private key", value: "MtestExample" },
  },
])("no example has $what", ({ found }) => {
  expect(isExample(found)).toBe(false);
});
