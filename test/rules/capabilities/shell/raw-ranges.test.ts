import { expect, test } from "vitest";
import {
  RawRanges,
  readsOtherwise,
  type Shell,
} from "../../../../rules/capabilities/shell/raw-ranges.ts";
import { readShell } from "../../../../rules/capabilities/shell/read-shell.ts";

/** The names of a script's commands, and the texts of its here documents. */
function read(script: string, shell: Shell = "bash"): { names: string[]; documents: string[] } {
  const commands = readShell(script, "posix", shell);
  return {
    names: commands.flatMap(({ words }) => words[0]?.text ?? []),
    documents: commands.flatMap(({ heredocs }) => heredocs.map(({ text }) => text)),
  };
}

test.each([
  "echo $((1<<E))",
  "echo $((1 << E))",
  'echo "$((1<<E))"',
  "echo $(( (1<<E) + 1 ))",
  "echo $((1<<E\n))",
  "((x = 1 << E))",
  "if ((1<<E)); then y; fi",
  "for ((i=0; i<1<<E; i++)); do y; done",
  "echo ${x#<<E}",
  "echo ${x#a <<E}",
  "echo ${x:-${y}<<E}",
  "echo $[1<<E]",
  "a[1<<E]=3",
  "a[1 << E]+=3",
  "x=1 a[b[1]<<E]=3",
  "name=1 a[1<<E]=3",
  "b[1]+=1 a[1<<E]=3",
  "declare -a a[1<<E]=3",
  "export -ra a[1<<E]=3",
  "local a[1<<E]=3",
  "readonly a[1<<E]=3",
  "typeset a[1<<E]=3",
])("`%s` begins no document that hides what stands behind it", (line) => {
  const { names, documents } = read(`${line}\ncurl\nE`);
  expect(documents).toEqual([]);
  expect(names).toContain("curl");
});

test.each([
  "cat <<E",
  "cat $((1)) <<E",
  "((1)); cat <<E",
  "echo ${x} <<E",
  "echo $[1] <<E",
  "a[1]=3 cat <<E",
  "a[1 <<E ] x",
  "echo a[1 <<E ]=3",
  "echo x=1 a[1 <<E ]=3",
  "reexport a[1 <<E ]=3",
  "exports a[1 <<E ]=3",
  "./x=1 a[1 <<E ]=3",
  "((cat <<E",
  "echo $(( $(cat <<E",
  "echo ${x:-$(cat <<E",
  "echo $((1 + `cat <<E",
])("`%s` begins a document", (line) => {
  const ends = line.startsWith("((") ? ") )" : line.includes("$(c") ? ")))}" : "";
  expect(read(`${line}\ncurl\nE\n${ends}`).documents).toEqual(["curl\n"]);
});

test.each([
  { text: "((1))", raw: "((1" },
  { text: "$((1))", raw: "$((1" },
  { text: "$(((1)))", raw: "$(((1)" },
  { text: "$((')'))", raw: "$((')'" },
  { text: '$((")\\")"))', raw: '$((")\\")"' },
  { text: "$((\\)))", raw: "$((\\)" },
  { text: "${x#$'\\'}'}", raw: "${x#$'\\'}'" },
  { text: "${x#'\\'}'}", raw: "${x#'\\'" },
  { text: "${x#\"'\"}'", raw: '${x#"\'"' },
  { text: "${x#{}}", raw: "${x#{" },
  { text: "${x:-${y}}", raw: "${x:-${y}" },
  { text: "$[a[1]]", raw: "$[a[1]" },
  { text: "a_1[1]=", raw: "a_1[1" },
  { text: "a[1]+=", raw: "a[1" },
  { text: "((1", raw: "((1" },
  { text: "${x", raw: "${x" },
])("in `$text` nothing up to the end of `$raw` begins one", ({ text, raw }) => {
  expect(new RawRanges(text, "bash").endAt(0)).toBe(raw.length);
});

test.each([
  "$(a)",
  "(a)",
  "((a) | b)",
  "$((a) | b)",
  "$x",
  "a[1]",
  "a[1] =",
  "a[1]-=",
  "1[1]=",
  "{a}",
  "[a]",
])("`%s` is no such text", (text) => {
  expect(new RawRanges(text, "bash").endAt(0)).toBeNull();
});

test("such a text begins at the offset that is asked for", () => {
  expect(new RawRanges("a ${x}", "bash").endAt(2)).toBe(5);
  expect(new RawRanges("a ${x}", "bash").endAt(0)).toBeNull();
});

test.each([
  { depth: 15, isRead: true },
  { depth: 30, isRead: false },
])("$depth ranges, each in the one before, are read: $isRead", ({ depth, isRead }) => {
  const script = `${"$((1+".repeat(depth)}${"0".repeat(1000)}${"))".repeat(depth)}`;
  const reading = expect(() => read(script));
  if (isRead) reading.not.toThrow();
  else reading.toThrow(expect.objectContaining({ name: "NotUnderstood", code: "too-deep" }));
});

test.each(["((1 <<E", "echo $[1 <<E", "a[1 <<E"])(
  "`%s` begins a document where the shell is no bash",
  (line) => {
    const script = `${line}\ncurl\nE\n))]=3`;
    expect(read(script, "sh").documents).toEqual(["curl\n"]);
    expect(read(script, "bash").documents).toEqual([]);
    expect(readsOtherwise(script)).toBe(true);
  },
);

test.each(["echo $((1<<E))", "echo ${x#<<E}"])("`%s` is read alike by every shell", (line) => {
  expect(read(`${line}\ncurl\nE`, "sh").documents).toEqual([]);
});

test.each(["cat <<E\nE", "((1))", "echo $[1]", "a[1]=3", "[ a ] <<E"])(
  "`%s` is no reason to read a script twice",
  (script) => {
    expect(readsOtherwise(script)).toBe(false);
  },
);
