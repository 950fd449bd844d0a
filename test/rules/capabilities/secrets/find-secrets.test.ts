import { describe, expect, test } from "vitest";
import {
  findSecrets,
  withoutSecrets,
} from "../../../../rules/capabilities/secrets/find-secrets.ts";
import {
  armoured,
  keySamples,
  placedSamples,
  random,
  type Sample,
  tokenSamples,
} from "./samples.ts";

const TOKEN = `ghp_${random(1, 36)}`;
const PASSWORD = random(1, 14);
const [rsa] = keySamples as [Sample];

function namesIn(text: string): string[] {
  return findSecrets(text, "package.json").map(({ name }) => name);
}

describe("of findings that share text the shortest counts", () => {
  test.each([
    { what: "a token in a URL", text: `https://bo:${TOKEN}@github.com/a`, names: ["github token"] },
    {
      what: "a token before a known word",
      text: `https://${TOKEN}:x-oauth-basic@github.com/a`,
      names: ["github token"],
    },
    {
      what: "a run of what begins like tokens",
      text: `ghs_1_`.repeat(9),
      names: ["github token"],
    },
    {
      what: "two tokens side by side",
      text: `${TOKEN} ${TOKEN}`,
      names: ["github token", "github token"],
    },
    {
      what: "a token before a key",
      text: `${TOKEN}\n${rsa.write(1)}`,
      names: ["github token", "private key"],
    },
  ])("$what", ({ text, names }) => {
    expect(namesIn(text)).toEqual(names);
  });
});

describe("what is shown holds no credential", () => {
  test.each([...tokenSamples, ...placedSamples])("a $name: $form", ({ write }) => {
    const text = `before "${write(1)}" after`;
    const shown = withoutSecrets(text);
    const values = findSecrets(text, ".npmrc").map(({ value }) => value);
    expect(values).not.toEqual([]);
    expect(values.filter((value) => shown.includes(value))).toEqual([]);
    expect(shown).toHaveLength(text.length);
    expect(shown).toMatch(/^before .*\*{14}/);
  });

  test.each(keySamples)("a private key: $form", ({ write }) => {
    const key = write(1);
    const shown = withoutSecrets(`before ${key} after`);
    expect(key.split("\n").filter((line) => line !== "" && shown.includes(line))).toEqual([]);
    expect(shown).toMatch(/^before \*+ after$/);
  });

  test.each([
    { what: "is cut off", text: rsa.write(1).slice(0, 500) },
    { what: "is encrypted", text: armoured("ENCRYPTED PRIVATE KEY", `M${random(1, 400)}`) },
  ])("a private key that $what", ({ text }) => {
    const line = text.split("\n")[1] ?? "";
    expect(line).toHaveLength(64);
    expect(withoutSecrets(text)).not.toContain(line);
  });

  test("all else stays as it is", () => {
    const url = `https://bo:${PASSWORD}@git.acme.io`;
    const stars = [url, TOKEN].map((secret) => "*".repeat(secret.length));
    expect(withoutSecrets(`é ${url}/x ${TOKEN} z`)).toBe(
      `é ${stars[0] ?? ""}/x ${stars[1] ?? ""} z`,
    );
    expect(withoutSecrets("plain")).toBe("plain");
  });
});
