import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { expect, test } from "vitest";
import { presetSecrets } from "../../../../rules/capabilities/secrets/preset-rules.ts";
import { PRESET_SORTS } from "../../../../rules/capabilities/secrets/sorts.ts";
import { placedSamples, random, tokenSamples } from "./samples.ts";

interface Rule {
  readonly meta: { readonly id: string };
  readonly messages: Readonly<Record<string, unknown>>;
  create(context: unknown, options: object): { file(source: object): unknown };
}

const preset = rules as unknown as readonly Rule[];
const PREFIX = "@secretlint/secretlint-rule-";
const samples = [...tokenSamples, ...placedSamples];

/** Why, stands in preset-rules.md. */
const LEFT_OUT = ["gcp", "privatekey", "filter-comments"];

function ruleOf(name: string): Rule | undefined {
  return preset.find(({ meta }) => meta.id === `${PREFIX}${name}`);
}

test("every rule of the preset is run, or left out by its name", () => {
  const known = [...PRESET_SORTS.map(({ rule }) => rule), ...LEFT_OUT];
  expect(preset.map(({ meta }) => meta.id).sort()).toEqual(
    known.map((name) => `${PREFIX}${name}`).sort(),
  );
});

test("every finding of a rule has a name, but an account's number", () => {
  for (const { rule, names } of PRESET_SORTS) {
    const messages = Object.keys(ruleOf(rule)?.messages ?? {});
    expect(Object.keys(names).sort()).toEqual(
      messages.filter((id) => id !== "AWSAccountID").sort(),
    );
  }
});

test.each(PRESET_SORTS)("$rule has a sample, and answers at once", ({ rule, names }) => {
  const context = { createTranslator: () => () => null, report: () => undefined };
  const source = { content: "a", filePath: "package.json", ext: "", contentType: "text" };
  expect(ruleOf(rule)?.create(context, {}).file(source)).toBe(undefined);
  const told = new Set(Object.values(names));
  expect(samples.some(({ name }) => told.has(name))).toBe(true);
});

test.each(samples)("a $name is found where it stands: $form", ({ name, path, write }) => {
  const text = `é = "${write(1)}"`;
  const found = presetSecrets(text, path).filter((each) => each.name === name);
  expect(found).toHaveLength(1);
  expect(text.slice(found[0]?.start, found[0]?.end)).toContain(found[0]?.value);
});

test.each([
  { what: "an account's number", text: "aws_account_id = 1234-5678-9012" },
  {
    what: "an id of a role beside a key's name",
    text: `access_key AROA${"B7Q2XK".repeat(3).slice(2)}`,
  },
  { what: "a token that goes on", text: `ghp_${random(1, 40)}` },
  { what: "a documented key", text: ["AKIA", "IOSFODNN7EXAMPLE"].join("") },
  { what: "a variable in its place", text: `//npm.acme.io/:_authToken=\${TOKEN}` },
])("$what is no secret", ({ text }) => {
  expect(presetSecrets(text, ".npmrc")).toEqual([]);
});
