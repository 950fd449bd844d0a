import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffOf, shown, type Tree } from "../changes.ts";
import {
  keySamples,
  placedSamples,
  random,
  type Sample,
  tokenSamples,
} from "../secrets/samples.ts";
import { secret } from "../../../../rules/capabilities/tree/secret.ts";
import { capabilitiesOf, toldOf } from "./text-entry.ts";
import { type At, factsOf } from "./tree-change.ts";

const samples = [...tokenSamples, ...placedSamples, ...keySamples];
const [github] = tokenSamples as [Sample];
const [rsa] = keySamples as [Sample];

function secretFacts(base: Tree, head: Tree): string[] {
  return diffOf(base, head)
    .filter(({ kind }) => kind === "text.secret")
    .map(shown);
}

test.each(samples)("a $name is told where it stands: $form", ({ name, path, write }) => {
  const text = `a\n${write(1)}\n`;
  expect(toldOf(secret, text, path)).toEqual([`text.secret plausible ${name} :2`]);
});

test.each(samples)("another $name in its place is a raise: $form", ({ name, path, write }) => {
  const facts = secretFacts({ [path]: `${write(1)}\n` }, { [path]: `${write(2)}\n` });
  expect(facts).toHaveLength(1);
  expect(facts[0]).toContain(`raised file ${name} plausible→plausible`);
});

test.each(samples)("a $name that is removed gives nothing new: $form", ({ name, path, write }) => {
  const facts = secretFacts({ [path]: `${write(1)}\n` }, { [path]: "\n" });
  expect(facts.map((fact) => fact.slice(0, fact.indexOf(" plausible")))).toEqual([
    `removed file ${name}`,
  ]);
});

test.each(samples)("the same $name elsewhere is nothing new: $form", ({ path, write }) => {
  const text = write(1);
  const folder = `deep/${path}`;
  expect(secretFacts({ [path]: `${text}\n` }, { [path]: `a\n\nb\n${text}\n` })).toEqual([]);
  expect(secretFacts({ [path]: text }, { [folder]: text })).toEqual([]);
  expect(secretFacts({ [path]: text }, { [folder]: `edited\n${text}\n` })).toEqual([]);
  expect(secretFacts({ [path]: text, [folder]: "a" }, { [path]: "b", [folder]: text })).toEqual([]);
  expect(secretFacts({ [path]: text }, { [path]: `${text}\n${text}\n` })).toEqual([]);
});

describe("layout counts for nothing", () => {
  test.each(tokenSamples)("$name: $form", ({ path, write }) => {
    const value = write(1);
    const layouts = [`${value}\n`, `key: ${value}\r\n`, `  "key": "${value}",`, `x = '${value}';`];
    for (const base of layouts)
      for (const head of layouts)
        expect(secretFacts({ [path]: base }, { [path]: head })).toEqual([]);
  });

  test.each(keySamples)("$name: $form", ({ path, write }) => {
    const key = write(1);
    const lines = key.split("\n");
    const layouts = [
      key,
      `${lines.join("\r\n")}\r\n`,
      `key: |\n${lines.map((line) => `    ${line}`).join("\n")}\n`,
      `{"key": ${JSON.stringify(`${key}\n`)}}`,
      `"${JSON.stringify(JSON.stringify(key))}"`,
      `${lines.map((line) => `"${line}\\n" +`).join("\n")}\n`,
      lines.map((line) => `// ${line}`).join("\n"),
      lines.map((line) => `# ${line}`).join("\n"),
    ];
    for (const base of layouts)
      for (const head of layouts)
        expect(secretFacts({ [path]: base }, { [path]: head })).toEqual([]);
  });
});

test.each([
  { what: "scheme", one: "postgres://bo:P@db.acme.io/x", other: "postgresql://bo:P@db.acme.io/x" },
  { what: "database", one: "mysql://bo:P@db.acme.io/x", other: "mysql://bo:P@db.acme.io/y" },
  { what: "host", one: "https://bo:P@git.acme.io", other: "https://bo:P@code.acme.io" },
])("a password whose $what alone changes is nothing new", ({ one, other }) => {
  const at = (url: string): Tree => ({ "a.yml": url.replace("P", random(1, 14)) });
  expect(secretFacts(at(one), at(other))).toEqual([]);
});

test("secrets of all sorts that are shuffled over files are nothing new", () => {
  const values = samples
    .filter(({ path }) => path === "src/deploy.yml")
    .map(({ write }, seed) => write(seed));
  const places = fc.array(fc.constantFrom("a", "b", "c"), {
    minLength: values.length,
    maxLength: values.length,
  });
  const order = fc.shuffledSubarray(values, { minLength: values.length });
  fc.assert(
    fc.property(places, order, (files, shuffled) => {
      const tree = (content: readonly string[], at: readonly string[]): Tree => {
        const text = (file: string) => content.filter((_, n) => at[n] === file).join("\n\n");
        return { a: text("a"), b: text("b"), c: text("c") };
      };
      const all = values.map(() => "a");
      expect(secretFacts(tree(values, all), tree(shuffled, files))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test.each([
  { when: "in a folder of tests", path: "test/a.yml", level: "fixture" },
  { when: "in a test beside its source", path: "src/a.test.ts", level: "fixture" },
  { when: "anywhere else", path: "src/a.ts", level: "plausible" },
])("a secret $when is $level", ({ path, level }) => {
  expect(toldOf(secret, github.write(1), path)).toEqual([`text.secret ${level} github token :1`]);
});

test.each([
  { what: "a placeholder", text: `ghp_${"x".repeat(36)}`, name: "github token" },
  { what: "a key of a test mode", text: `sk_test_${random(1, 24)}`, name: "stripe test key" },
])("$what is an example, wherever it stands", ({ text, name }) => {
  const told = [`text.secret example ${name} :1`];
  expect(toldOf(secret, text, "test/a.yml")).toEqual(told);
  expect(toldOf(secret, text, "src/a.yml")).toEqual(told);
});

test("a secret that leaves the tests is a raise", () => {
  const text = github.write(1);
  expect(secretFacts({ "test/a.yml": text }, { "src/a.yml": text })).toEqual([
    "raised file github token fixture→plausible a.yml:1",
  ]);
});

test("a placeholder that a secret replaces is a raise", () => {
  const example = { "a.yml": `ghp_${"x".repeat(36)}` };
  expect(secretFacts(example, { "a.yml": github.write(1) })).toEqual([
    "raised file github token example→plausible a.yml:1",
  ]);
});

test("a private key is told with all of its lines", () => {
  const [told] = capabilitiesOf(secret, `a\n${rsa.write(1)}\n`);
  expect(told).toMatchObject({ line: 2, endLine: 1 + rsa.write(1).split("\n").length });
});

test("a comment that tells scanners to look away is not obeyed", () => {
  const comment = "secretlint-disable";
  const text = `// ${comment}\n// ${comment}-next-line\n${github.write(1)} // ${comment}-line\n`;
  expect(toldOf(secret, text)).toEqual(["text.secret plausible github token :3"]);
});

test.each([
  { what: "UTF-16", content: utf16(github.write(1)) },
  { what: "UTF-8 with a byte order mark", content: `\uFEFF${github.write(1)}` },
  { what: "Latin-1", content: Uint8Array.from(Buffer.from(`\xe9 ${github.write(1)}`, "latin1")) },
])("a secret in $what is read", ({ content }: { content: At }) => {
  expect(factsOf("text.secret", {}, { "a.yml": content })).toEqual([
    "added github token -→plausible",
  ]);
});

test("what is no text is not read", () => {
  expect(capabilitiesOf(secret, null)).toEqual([]);
  const content = Buffer.from(`\0${github.write(1)}`);
  expect(factsOf("text.secret", {}, { "a.bin": content })).toEqual([]);
});

describe("more than 200 secrets of a file", () => {
  const many = Array.from({ length: 201 }, (_, seed) => github.write(seed));

  test("are one more together, at a line of theirs", () => {
    const told = capabilitiesOf(secret, many.join("\n"));
    expect(told).toHaveLength(201);
    expect(told.at(-1)).toMatchObject({ name: "and more", level: "plausible" });
  });

  test("give nothing where they are reordered, and something where one is replaced", () => {
    const base = { "a.yml": many.join("\n") };
    expect(secretFacts(base, { "a.yml": many.toReversed().join("\n") })).toEqual([]);
    for (const [n] of many.entries()) {
      const other = many.with(n, github.write(1_000)).join("\n");
      if (n % 40 === 0) expect(secretFacts(base, { "a.yml": other })).not.toEqual([]);
    }
  });

  test("hide no strong one behind weak ones", () => {
    const weak = Array.from({ length: 300 }, (_, n) => `https://bo:${random(n, 9)}@localhost.test`);
    const told = capabilitiesOf(secret, [...weak, github.write(1)].join("\n"));
    expect(told[0]).toMatchObject({ name: "github token", level: "plausible", line: 301 });
    expect(told.at(-1)).toMatchObject({ name: "and more", level: "example" });
  });
});

function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}\n`, "utf16le");
}
