import { pathText } from "../../rules/change/path-text.ts";
import type { FixtureRepository } from "../git/fixture-repository.ts";

/** Names that are commands, markup, options or tricks somewhere; any git can hold them in a tree. */
const HOSTILE_NAMES: readonly string[] = [
  ..."\t~*?%$&|;<>'\"`\\ ".split("").map((sign) => `a${sign}b`),
  ..."~*?%$&|;<>'\"`\\".split(""),
  "\u{1b}[2J\u{1b}]0;owned\u{7}",
  "\u{9b}31mred",
  "a\nb",
  "a\r\n::error::owned",
  "a\n##[error]owned",
  "::error file=a,line=1::owned",
  "::stop-commands::x",
  "::set-output name=decision::ALLOW",
  "a\n::set-output name=decision::ALLOW\r::stop-commands::x",
  "ghadelimiter_x\ndecision=ALLOW",
  "a]]>b",
  "##[group]owned",
  "%0A::error::owned",
  "a,line=1::owned",
  ":(exclude)*",
  ":!a",
  "-rf",
  "--upload-pack=touch owned",
  "trailing ",
  "trailing.",
  ".GIT",
  "git~1",
  "CON",
  "caf\u{e9}",
  "cafe\u{301}",
  "Case",
  "case",
  "@acme",
  "#123",
  "GH-1",
  "<img src=x onerror=alert(1)>",
  "<!-- ",
  "[a](javascript:alert(1))",
  "![a](x)",
  "https:",
  "www.evil.example",
  "&#64;bo",
  "%2e%2e",
  "```",
  "- [x] done",
  "# title",
  "**bold**",
  "1. item",
  "|a|b|",
  "$(touch owned)",
  "`touch owned`",
  "\u{202e}gnp.exe",
  "a\u{200b}b",
  "\u{feff}",
  "\u{e0041}",
  "\u{2028}",
  "a".repeat(255),
];

/** Names whose bytes are not UTF-8. */
const BYTES: readonly Buffer[] = [
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0x61, 0xc0, 0xaf, 0x62]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0x9b, 0x33, 0x31, 0x6d]),
];

type Git = Pick<FixtureRepository, "git" | "gitWithInput">;

/** A commit with a file of each name beside a base's, and the paths as they are listed. No work tree. */
export async function commitHostileNames(
  fixture: FixtureRepository,
): Promise<{ base: string; head: string; paths: readonly string[] }> {
  const base = await fixture.commit({ "README.md": "hello\n" });
  return { base, ...(await commitHostileNamesOn(fixture, base)) };
}

/** The same on a commit of any repository. */
export async function commitHostileNamesOn(
  fixture: Git,
  base: string,
): Promise<{ head: string; paths: readonly string[] }> {
  const blob = await fixture.gitWithInput("x\n", "hash-object", "-w", "--stdin");
  const names = [...HOSTILE_NAMES.map((name) => Buffer.from(name, "utf8")), ...BYTES];
  const folder = await rawTree(fixture, names, blob);
  const treeLine = `040000 tree ${folder}\td\n`;
  const others = await fixture.git("ls-tree", base);
  const tree = await fixture.gitWithInput(`${others}\n${treeLine}`, "mktree");
  const head = await fixture.git("commit-tree", tree, "-p", base, "-m", "change");
  return { head, paths: names.map((name) => `d/${pathText(name)}`) };
}

async function rawTree(fixture: Git, names: readonly Buffer[], blob: string): Promise<string> {
  const entries = names
    .toSorted((one, other) => Buffer.compare(one, other))
    .flatMap((name) => [Buffer.from("100644 "), name, Buffer.from([0]), Buffer.from(blob, "hex")]);
  const options = ["-w", "--literally", "-t", "tree", "--stdin"];
  return fixture.gitWithInput(Buffer.concat(entries), "hash-object", ...options);
}
