import { expect, test } from "vitest";
import {
  mergeSources,
  type Source,
  sourceAt,
} from "../../../../rules/capabilities/github-step/remote-sources.ts";
import { followSources } from "../../../../rules/capabilities/github-step/script-sources.ts";
import { runsOf } from "../../../../rules/capabilities/github-step/remote-runs.ts";
import { scriptsIn } from "./granted.ts";

const POWERSHELL = "        shell: pwsh\n";

/** The names of what a script runs. */
function runIn(script: string, rest = ""): string[] {
  return scriptsIn(script, rest)
    .flatMap(runsOf)
    .map(({ source }) => source.name);
}

/** What the first command of a script hands on. */
function carriedBy(script: string, rest = ""): readonly Source[] {
  return scriptsIn(script, rest).flatMap((commands) => followSources(commands).carried[0] ?? []);
}

test.each([
  ["base64 -d x"],
  ["base64 -di x"],
  ["base64 -id x"],
  ["base64 -D x"],
  ["base64 -w 0 --decode x"],
  ["base64 --dec x"],
  ["base64 --d x"],
  ["base32 -d x"],
  ["openssl base64 -d"],
  ["xxd -r x"],
  ["xxd -p -r x"],
  ["xxd -pr x"],
])("%s decodes", (script) => {
  expect(carriedBy(script)).toMatchObject([{ name: "encoded text", level: "mutable" }]);
});

test.each([
  ["base64 x"],
  ["base64 x-d"],
  ["base64 -d1"],
  ["base32 x"],
  ["openssl enc -in x-d"],
  ["openssl enc -debug"],
  ["xxd my-archive"],
  ["xxd -p x"],
  ["jq -r .script x"],
])("%s decodes nothing", (script) => {
  expect(carriedBy(script)).toEqual([]);
});

test.each([
  ["true; (curl https://x.example; echo a) | sh"],
  ["curl -K - <<< 'url = https://x.example/i' | sh"],
  ['SCRIPT=$(curl https://x.example)\nsh -c "$SCRIPT"'],
  ['A=1 B=$(curl https://x.example)\nsh -c "$B"'],
  ['S=$(curl https://x.example)\nsh -c "$OPTIONS; $S"'],
  ['S=$(curl https://x.example)\nTEXT="set -e; $S"\nsh -c "$TEXT"'],
  ['S=$(curl https://x.example)\nsh -c "${S:-exit}"'],
  ['env=$(curl https://x.example)\nsh -c "$env:a"'],
  ['S=$(curl https://x.example)\nfalse && S=a T=$S\nsh -c "$S"'],
  ['S=$(curl https://x.example)\nexport TEXT=$S\neval "$TEXT"'],
])("%s runs what it has from a host", (script) => {
  expect(runIn(script)).toEqual(["x.example"]);
});

test.each([["env"], ["global"], ["script"]])(
  "a variable of PowerShell has its name behind $%s:",
  (place) => {
    const script = `$${place}:text = irm https://x.example; iex $${place}:text`;
    expect(runIn(script, POWERSHELL)).toEqual(["x.example"]);
  },
);

test("a variable of PowerShell holds what it held where it is only changed", () => {
  const script = "$s = irm https://x.example; $s = 'a;' + $s; iex $s";
  expect(runIn(script, POWERSHELL)).toEqual(["x.example"]);
});

test.each([
  ["curl https://x.example; true | sh"],
  ['true | python - "$(curl https://x.example)"'],
  ['() | python - "$(curl https://x.example)"'],
  ['A=1 B=$(curl https://x.example)\nsh -c "$A"'],
  ['A=1 curl https://x.example\nsh -c "$A"'],
  ['S=$(curl https://x.example)\nA=1 B=$S\nsh -c "$A"'],
])("%s runs nothing that it has from a host", (script) => {
  expect(runIn(script)).toEqual([]);
});

test("the URL of a command behind it is none of a request's that names none", () => {
  expect(runIn("curl -K c | sh\necho https://y.example")).toEqual(["an unknown host"]);
});

test("twenty places of one command are told apart", () => {
  const hosts = Array.from({ length: 20 }, (_, index) => `${index}.example`);
  expect(carriedBy(`curl ${hosts.join(" ")}`).map(({ name }) => name)).toEqual(hosts);
});

test("a method that downloads a text saves no file", () => {
  const script = "$c.DownloadString('https://x.example')";
  expect(carriedBy(script, POWERSHELL)).toMatchObject([{ name: "x.example", savedAs: null }]);
});

test("a source that is not known is told by the command that asks for it", () => {
  expect(sourceAt(null, 5)).toMatchObject({ commands: { from: 5, to: 6 } });
});

test.each([
  ["(curl https://a.example; curl https://b.example) | sh", ["a.example", "b.example"]],
  ['sh -c "$(curl https://a.example; curl https://b.example)"', ["a.example", "b.example"]],
  ['sh -c "$(curl https://a.example)$(curl https://b.example)"', ["a.example", "b.example"]],
  ['X="$(curl https://a.example)$(curl https://b.example)"; eval "$X"', ["a.example", "b.example"]],
  ["curl https://a.example | curl -d @- https://b.example | sh", ["a.example", "b.example"]],
  ["(curl https://a.example; true; curl https://a.example) | sh", ["a.example"]],
  ["curl https://a.example; (curl https://b.example; true) | sh", ["b.example"]],
])("%s runs what it has from each", (script, names) => {
  expect(runIn(script)).toEqual(names);
});

test("of the commands of one group a hundred are looked at, the last ones first", () => {
  const curl = "curl https://a.example;";
  expect(runIn(`(curl https://z.example; ${curl.repeat(99)}) | sh`)).toEqual([
    "z.example",
    "a.example",
  ]);
  expect(runIn(`(curl https://z.example; ${curl.repeat(100)}) | sh`)).toEqual([
    "a.example",
    "an unknown host",
  ]);
});

test("commands that hand on the same are one run of them", () => {
  const piped = `curl https://a.example ${"| cat ".repeat(120)}`;
  expect(runIn(`(true; curl https://z.example; ${piped}) | sh`)).toEqual([
    "z.example",
    "a.example",
  ]);
});

const named = (name: string): Source => ({ ...sourceAt(null, 0), name, commands: null });

test("sources of one name are one, in what they are saved as and how surely they are", () => {
  const known = [named("a")];
  expect(mergeSources(known, [named("a")])).toBe(known);
  expect(mergeSources(known, [named("b")])).toEqual([named("a"), named("b")]);
  const others = [
    { ...named("a"), savedAs: "f" },
    { ...named("a"), level: "pinned" as const },
  ];
  expect(mergeSources(known, others)).toEqual([...known, ...others]);
});

test("sources that are known by their commands are each one", () => {
  const unknown = sourceAt(null, 0);
  const known = [unknown];
  expect(mergeSources(known, [unknown])).toBe(known);
  expect(mergeSources(known, [sourceAt(null, 0)])).toHaveLength(2);
  const named = { ...unknown, commands: null };
  expect(mergeSources(known, [named])).toHaveLength(2);
  expect(mergeSources([named], [unknown])).toHaveLength(2);
});

test("past twenty sources one stands for all others", () => {
  const names = Array.from({ length: 23 }, (_, index) => `h${index}`);
  const merged = mergeSources(
    [],
    names.map((name) => ({ ...named(name), savedAs: name })),
  );
  expect(merged).toHaveLength(21);
  expect(merged.at(19)).toMatchObject({ name: "h19", savedAs: "h19" });
  expect(merged.at(20)).toMatchObject({ name: "an unknown host", level: "mutable", savedAs: null });
  expect(mergeSources(merged, [named("x")])).toBe(merged);
});
