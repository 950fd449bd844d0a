import { expect, test } from "vitest";
import { python } from "../../../../rules/capabilities/python.ts";

/** Each package in one line: `2 a 1.0 registry:pypi sha256:0a`. */
function taken(path: string, text: string): string[] {
  const reading = python.read(path, new TextEncoder().encode(text));
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(
    ({ line, name, version, source, integrity = ["-"], direct }) =>
      [
        ...[line, name, version, source.text, `(${integrity.join()})`],
        ...(direct === null ? [] : [direct ? "direct" : "indirect"]),
      ].join(" "),
  );
}

test.each([
  {
    what: "a package of the own index",
    text: 'source = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://files.pythonhosted.org/a", hash = "sha256:0a" }\nwheels = [{ url = "https://files.pythonhosted.org/b", hash = "sha256:0b" }]',
    seen: ["2 a 1 registry:pypi (sha256:0a,sha256:0b)"],
  },
  {
    what: "a package of which one file comes from elsewhere",
    text: 'source = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "https://files.pythonhosted.org/b", hash = "sha256:0b" }, { url = "http://h.org/b" }]',
    seen: ["2 a 1 registry:h.org (sha256:0b)"],
  },
  {
    what: "a package of another index with a server of its own",
    text: 'source = { registry = "https://i.org/simple" }\nwheels = [{ url = "https://f.org/b" }]',
    seen: ["2 a 1 registry:i.org ()", "2 a 1 registry:f.org ()"],
  },
  {
    what: "a package of an index in a folder",
    text: 'source = { registry = "wheels" }\nwheels = [{ path = "b.whl" }]',
    seen: ["2 a 1 registry:pypi ()"],
  },
  {
    what: "a package of a repository",
    text: 'source = { git = "https://h.org/a?rev=main#0a1b" }',
    seen: ["2 a 0a1b git:h.org/a (-)"],
  },
  {
    what: "a package at an address",
    text: 'source = { url = "https://h.org/a.whl" }',
    seen: ["2 a 1 url:h.org/a.whl ()"],
  },
  { what: "a package in the repository itself", text: 'source = { editable = "." }', seen: [] },
])("uv's lock file tells $what", ({ text, seen }) => {
  expect(taken("uv.lock", `[[package]]\nname = "a"\nversion = "1"\n${text}\n`)).toEqual(seen);
});

test("uv's lock file tells what the project itself asks for", () => {
  const text = `[[package]]
name = "own"
source = { virtual = "." }
dependencies = [{ name = "A_a" }]
optional-dependencies = { x = [{ name = "b" }] }
dev-dependencies = { y = [{ name = "c" }] }
${["a-a", "b", "c", "d"].map((name) => `[[package]]\nname = "${name}"\nversion = "1"\n`).join("")}`;
  expect(taken("uv.lock", text).map((line) => line.split(" ").slice(1))).toEqual([
    ["a-a", "1", "registry:pypi", "()", "direct"],
    ["b", "1", "registry:pypi", "()", "direct"],
    ["c", "1", "registry:pypi", "()", "direct"],
    ["d", "1", "registry:pypi", "()", "indirect"],
  ]);
});

test.each([
  {
    text: 'files = [{ file = "a", hash = "sha256:0a" }]',
    seen: ["2 a 1 registry:pypi (sha256:0a)"],
  },
  {
    text: 'files = []\n[package.source]\ntype = "git"\nurl = "https://h.org/a.git"\nresolved_reference = "0a1b"',
    seen: ["2 a 0a1b git:h.org/a (-)"],
  },
  {
    text: '[package.source]\ntype = "legacy"\nurl = "https://i.org/simple"',
    seen: ["2 a 1 registry:i.org ()"],
  },
  {
    text: '[package.source]\ntype = "url"\nurl = "https://h.org/a.zip"',
    seen: ["2 a 1 url:h.org/a.zip ()"],
  },
  { text: '[package.source]\ntype = "directory"\nurl = "../a"', seen: [] },
  { text: '[package.source]\ntype = "file"\nurl = "a.whl"', seen: [] },
  {
    text: '[metadata.files]\na = [{ file = "a", hash = "sha256:0a" }]',
    seen: ["2 a 1 registry:pypi (sha256:0a)"],
  },
])("Poetry's lock file is read: $text", ({ text, seen }) => {
  expect(taken("poetry.lock", `[[package]]\nname = "a"\nversion = "1"\n${text}\n`)).toEqual(seen);
});

test.each([
  {
    text: 'files = [{ url = "https://h.org/a", hash = "sha256:0a" }]',
    seen: "registry:h.org (sha256:0a)",
  },
  { text: 'git = "https://h.org/a"\nrevision = "0a1b"', seen: "git:h.org/a (-)", version: "0a1b" },
  { text: 'url = "https://h.org/a.zip"', seen: "url:h.org/a.zip ()" },
])("PDM's lock file is read: $text", ({ text, seen, version = "1" }) => {
  expect(taken("pdm.lock", `[[package]]\nname = "a"\nversion = "1"\n${text}\n`)).toEqual([
    `2 a ${version} ${seen}`,
  ]);
});

test.each([
  { text: 'index = "https://i.org/simple"', seen: "registry:i.org ()" },
  {
    text: 'vcs = { url = "https://h.org/a", commit-id = "0a1b" }',
    seen: "git:h.org/a (-)",
    version: "0a1b",
  },
  {
    text: 'archive = { url = "https://h.org/a.zip", hashes = { sha256 = "0a" } }',
    seen: "url:h.org/a.zip (sha256:0a)",
    more: "registry:h.org (sha256:0a)",
  },
])("pylock.toml is read: $text", ({ text, seen, version = "1", more }) => {
  expect(taken("pylock.toml", `[[packages]]\nname = "a"\nversion = "1"\n${text}\n`)).toEqual([
    `2 a ${version} ${seen}`,
    ...(more === undefined ? [] : [`2 a ${version} ${more}`]),
  ]);
});

test("Pipenv's lock file is read", () => {
  const text = JSON.stringify({
    _meta: { sources: [{ name: "i", url: "https://i.org" }] },
    default: {
      A_a: { version: "==1", hashes: ["sha256:0a"], index: "i" },
      b: { git: "https://h.org/b", ref: "0a1b" },
      c: { file: "https://h.org/c.zip" },
      d: { path: "." },
    },
    develop: { e: { version: "==2" } },
  });
  expect(taken("Pipfile.lock", text)).toEqual([
    "1 a-a 1 registry:i.org (sha256:0a)",
    "1 b 0a1b git:h.org/b (-)",
    "1 c null url:h.org/c.zip ()".replace("null", ""),
    "1 e 2 registry:pypi ()",
  ]);
  expect(taken("Pipfile.lock", "[]")).toEqual(["no-lock:1"]);
});

test.each([
  { servers: 10, seen: 10 },
  { servers: 11, seen: "too-many-servers:2" },
])("a package of $servers servers is told as $seen", ({ servers, seen }) => {
  const wheels = Array.from({ length: servers }, (_none, n) => `{ url = "https://h${n}.org" }`);
  const told = taken("uv.lock", `[[package]]\nname = "a"\nwheels = [${wheels.join()}]\n`);
  expect(told.length === 1 ? told[0] : told.length).toBe(seen);
});
