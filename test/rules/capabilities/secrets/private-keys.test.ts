import { expect, test } from "vitest";
import { privateKeys } from "../../../../rules/capabilities/secrets/private-keys.ts";
import { armoured, keySamples, random, type Sample } from "./samples.ts";

const BODY = `M${random(1, 400)}`;
const [rsa] = keySamples as [Sample];

test.each(keySamples)("a key is found from its first line to its last: $form", ({ write }) => {
  const key = write(1);
  const found = privateKeys(`a\n${key}\nb`);
  expect(found).toMatchObject([{ name: "private key", start: 2, end: 2 + key.length }]);
});

test("keys one behind the other are found each", () => {
  const text = [1, 2, 3].map((seed) => rsa.write(seed)).join("\n");
  expect(new Set(privateKeys(text).map(({ value }) => value)).size).toBe(3);
});

test.each([
  { what: "a placeholder", text: armoured("PRIVATE KEY", "your key\n...\n***") },
  { what: "what names the format alone", text: "-----BEGIN PRIVATE KEY-----" },
  { what: "an encrypted key", text: armoured("ENCRYPTED PRIVATE KEY", BODY) },
  {
    what: "a key that its headers call encrypted",
    text: armoured("RSA PRIVATE KEY", `Proc-Type: 4,ENCRYPTED\n\n${BODY}`),
  },
  { what: "a public key", text: armoured("PUBLIC KEY", BODY) },
  { what: "a key that does not end", text: `-----BEGIN PRIVATE KEY-----\n${BODY}` },
  { what: "what is no key's encoding", text: armoured("PRIVATE KEY", `Q${random(1, 400)}`) },
  { what: "what is too short for a key", text: armoured("PRIVATE KEY", `M${random(1, 46)}`) },
  { what: "what is too long for a key", text: armoured("PRIVATE KEY", `M${random(1, 20_000)}`) },
])("$what is none", ({ text }) => {
  expect(privateKeys(text)).toEqual([]);
});

test("a word beside a key does not make it an encrypted one", () => {
  expect(privateKeys(armoured("PRIVATE KEY", `ENCRYPTED\n${BODY}`))).toHaveLength(1);
});

test("a key that does not end hides none behind it", () => {
  const text = `-----BEGIN PRIVATE KEY-----\n${BODY}\n${rsa.write(1)}`;
  expect(privateKeys(text)).toHaveLength(1);
});

test("the value is the same however its lines are broken", () => {
  const key = armoured("PRIVATE KEY", BODY);
  const wide = `-----BEGIN PRIVATE KEY-----\n${BODY.match(/.{1,76}/g)?.join("\n") ?? ""}\n-----END PRIVATE KEY-----`;
  expect(privateKeys(wide)[0]?.value).toBe(privateKeys(key)[0]?.value);
});
