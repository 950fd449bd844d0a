import fc from "fast-check";
import { expect, test } from "vitest";
import type { Dialect } from "../../../../rules/capabilities/shell/command.ts";
import { readExpansions, readShell } from "../../../../rules/capabilities/shell/read-shell.ts";

/** Each command in one line: its words, what it reads (`<from-to`) and stands in (`@command.word`). */
function commandsOf(script: string, dialect: Dialect = "posix"): string[] {
  return readShell(script, dialect).map(({ words, reads, within }) =>
    [
      words.map(({ text, isRedirection }) => (isRedirection ? `[${text}]` : text)).join(" "),
      ...(reads ? [`<${reads.from}-${reads.to}`] : []),
      ...(within ? [`@${within.command}.${within.word}`] : []),
    ].join(" "),
  );
}

test.each([
  { script: "a b\nc", commands: ["a b", "c"] },
  { script: "a; b && c || d & e", commands: ["a", "b", "c", "d", "e"] },
  { script: "a | b |& c", commands: ["a", "b <0-1", "c <1-2"] },
  { script: "a |\n\n  b", commands: ["a", "b <0-1"] },
  { script: "a \\\n  b", commands: ["a b"] },
  { script: `a 'b "c" $(d)' "e 'f'"`, commands: [`a b "c" $(d) e 'f'`] },
  { script: String.raw`a "b\"c" d\ e "\x"`, commands: [String.raw`a b"c d e \x`] },
  { script: "a '' \"\"", commands: ["a  "] },
  { script: "a $'b c'", commands: ["a b c"] },
  { script: "a # b | c\nd#e", commands: ["a", "d#e"] },
  { script: "don't stop", commands: ["don't stop"] },
  { script: "a > b 2>&1 >> c < d", commands: ["a [>] b [>&] 1 [>>] c [<] d"] },
  { script: "a &> b", commands: ["a [>] b"] },
  { script: "a <<< b", commands: ["a [<<<] b"] },
  { script: "a $(b | c) d", commands: ["a $() d", "b @0.1", "c <1-2 @0.1"] },
  { script: 'a "x $(b "$(c)") y"', commands: ["a x $() y", "b $() @0.1", "c @1.1"] },
  { script: "a `b`", commands: ["a $()", "b @0.1"] },
  { script: "a <(b) >(c)", commands: ["a $() $()", "b @0.1", "c @0.2"] },
  { script: "(a; b) | c", commands: ["a", "b", "c <0-2"] },
  { script: "{ a; b; } | c", commands: ["a", "b", "c <0-2"] },
  { script: "while a; do b; done | c", commands: ["a", "b", "c <1-2"] },
  { script: "a | (b; c)", commands: ["a", "b <0-1", "c <0-1"] },
  { script: "if ! a; then b; fi", commands: ["a", "b", "fi"] },
  { script: "'if' a", commands: ["if a"] },
  { script: "echo } do", commands: ["echo } do"] },
  { script: "{ a; \\} b; } | c", commands: ["a", "} b", "c <0-2"] },
  { script: "{ a $(b; } c", commands: ["a $()", "b @0.1", "c <0-2"] },
  { script: "a) b", commands: ["a", "b"] },
  { script: "(a); b) c", commands: ["a", "b", "c"] },
  { script: "a `b` `c`", commands: ["a $() $()", "b @0.1", "c @0.2"] },
  { script: "a $(b", commands: ["a $()", "b @0.1"] },
  { script: "{ a; }|b", commands: ["a", "b <0-1"] },
  { script: "a | { b; } > c\nd", commands: ["a", "b <0-1", "[>] c <1-2", "d"] },
  { script: "a | (b)\nc", commands: ["a", "b <0-1", "c"] },
  { script: "if a; then { b; } fi > c", commands: ["a", "b", "fi [>] c <1-2"] },
  { script: "a>b;>c", commands: ["a [>] b", "[>] c"] },
  { script: "a 2x>b x2>c", commands: ["a 2x [>] b x2 [>] c"] },
  { script: "a '$' 'b'", commands: ["a $ b"] },
  { script: "a b\\", commands: ["a b"] },
  { script: "a ${{ f('x}}\"') }} b", commands: [`a \${{f('x}}"')}} b`] },
  { script: "a '${{ b['c'] }}' d", commands: ["a ${{b.c}} d"] },
  { script: "a ${{ b", commands: ["a ${{ b"] },
  { script: "a ${{ b }}", commands: ["a ${{b}}"] },
  { script: "a <<\nb", commands: ["a [<<]", "b"] },
  { script: "a <<B c\nd\nB", commands: ["a [<<] B c"] },
])("$script has these commands", ({ script, commands }) => {
  expect(commandsOf(script)).toEqual(commands);
});

test.each([
  { script: 'a "b`"c" C:\\', commands: ['a b"c C:\\'] },
  { script: "a `\n b", commands: ["a b"] },
  { script: "a (b)", commands: ["a $()", "b @0.1"] },
  { script: "if (a) { b | c }", commands: ["$() $()", "a @0.0", "b @0.1", "c <2-3 @0.1"] },
  { script: 'a "$(b)"', commands: ["a $()", "b @0.1"] },
  { script: "a << b\nc", commands: ["a [<<] b", "c"] },
  { script: 'a "`b"', commands: ["a b"] },
  { script: "try { a } catch { b }; c", commands: ["$() catch $()", "a @0.0", "b @0.2", "c"] },
  { script: "{ a } | b", commands: ["a", "b <0-1"] },
  { script: "(a).b | c", commands: ["a", ".b <0-1", "c <1-2"] },
])("in PowerShell $script has these commands", ({ script, commands }) => {
  expect(commandsOf(script, "powershell")).toEqual(commands);
});

test.each(["!", "if", "then", "else", "elif", "while", "until", "try"])(
  "%s stands before a command",
  (keyword) => {
    expect(commandsOf(`${keyword} a`)).toEqual(["a"]);
    expect(commandsOf(`"${keyword}" a`)).toEqual([`${keyword} a`]);
    expect(commandsOf(`a ${keyword}`)).toEqual([`a ${keyword}`]);
  },
);

test("a command that reads nothing and stands in none says so", () => {
  expect(readShell("a", "posix")).toMatchObject([{ reads: null, within: null }]);
});

test("what quotes and escapes keep from being expanded is told", () => {
  const [command] = readShell(`a$b 'c'"$d" \\$e "\\$f$g"`, "posix");
  expect(command?.words.map(({ expanding }) => expanding)).toEqual(["a$b", "'$d", "'e", "'f$g"]);
});

test("lists within a thousand others are not understood", () => {
  expect(commandsOf(`${"(".repeat(1000)}a`)).toEqual(["a"]);
  expect(() => readShell("(".repeat(1001), "posix")).toThrow(
    expect.objectContaining({ name: "NotUnderstood", code: "too-deep" }),
  );
});

test.each([
  { script: "cat <<A; b\nx\nA\nc", texts: ["x\n"], expands: [true], rest: "c" },
  { script: "cat <<'A'\n$(x) don't\nA\nc", texts: ["$(x) don't\n"], expands: [false], rest: "c" },
  { script: "cat <<-A\n\tx\n\tA\nc", texts: ["\tx\n"], expands: [true], rest: "c" },
  { script: "cat <<A <<B\n1\nA\n2\nB\nc", texts: ["1\n", "2\n"], expands: [true, true], rest: "c" },
  { script: "cat << A\nx\nA\nc", texts: ["x\n"], expands: [true], rest: "c" },
  { script: "cat <<''\n\"\n\nc", texts: ['"\n'], expands: [false], rest: "c" },
  { script: 'cat <<A"B"\nx\nAB\nc', texts: ["x\n"], expands: [false], rest: "c" },
  { script: "cat <<A\nx\n A", texts: ["x\n A"], expands: [true], rest: "" },
])("$script hands over its here documents", ({ script, texts, expands, rest }) => {
  const commands = readShell(script, "posix");
  const heredocs = commands.flatMap((command) => command.heredocs);
  expect(heredocs.map(({ text }) => text)).toEqual(texts);
  expect(heredocs.map((heredoc) => heredoc.expands)).toEqual(expands);
  if (rest !== "") expect(commands.at(-1)?.words.map(({ text }) => text)).toEqual([rest]);
});

test("rows are those of the script, whatever stands between", () => {
  const script = "a \\\n b 'c\n\nd'\n${{\n e }}\ncat <<A\nx\nA\nf \"\n$(g)\"";
  const rows = readShell(script, "posix").map(({ words, row }) => [words[0]?.text, row]);
  expect(rows).toEqual([
    ["a", 0],
    ["${{e}}", 4],
    ["cat", 6],
    ["f", 9],
    ["g", 10],
  ]);
});

test("a text of its own runs only what it expands", () => {
  const commands = readExpansions('a | b "c" $(d "e f" | g) `h`', "posix");
  expect(commands.slice(1).map(({ words }) => words.map(({ text }) => text))).toEqual([
    ["d", "e f"],
    ["g"],
    ["h"],
  ]);
});

test("any text gives commands whose places are in the list", () => {
  const piece = fc.constantFrom(
    ...["a", " ", "\n", "|", "&", ";", "(", ")", "{ ", "} ", "`", "$(", "<(", '"', "'", "\\", "#"],
    ...["<<A\n", "A\n", "<<<", ">", "2>&1", "${{", "}}", "do ", "done ", "if ", "=", "é"],
  );
  const dialect = fc.constantFrom<Dialect>("posix", "powershell");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), dialect, (pieces, chosen) => {
      const commands = readShell(pieces.join(""), chosen);
      for (const [index, { reads, within }] of commands.entries()) {
        expect(reads?.to ?? 0).toBeLessThanOrEqual(commands.length);
        expect(reads?.from ?? 0).toBeLessThanOrEqual(index);
        expect(within?.command ?? -1).toBeLessThan(index);
      }
    }),
  );
});
