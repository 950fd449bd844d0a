import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";
import { expectHarmlessText } from "./shown.ts";

let fixture: FixtureRepository;
let base: string;
let middle: string;
let head: string;

beforeAll(async () => {
  fixture = await createFixtureRepository();
  base = await fixture.commit({ a: "1" });
  middle = await fixture.commit({ a: "2" });
  head = await fixture.commit({ a: "3" });
});
afterAll(() => fixture.dispose());

async function check(from: string, to: string) {
  const range = [`--base=${from}`, `--head=${to}`];
  return runCli(["check", "--repo", fixture.directory, ...range]);
}

const NAMES_NOTHING = [
  "--upload-pack=touch owned",
  "--output=owned",
  "-x",
  "-",
  "@{-1}",
  "@{upstream}",
  "HEAD@{1}",
  "HEAD@{yesterday}",
  "refs/heads/a..b",
  "main..main",
  "main...main",
  "^main",
  "main^!",
  "main^@",
  ":/change",
  ":a",
  "main:a",
  "main^{/change}",
  "main^{tree}",
  "main^{blob}",
  "main\nmain",
  "main\0",
  "main\tmain",
  " main",
  "main ",
  "\u{1b}[2J",
  "::error::owned",
  "##[error]owned",
  "m\u{430}in",
  "\u{fffd}",
  "*",
  "ma?n",
  "[m]ain",
  "../main",
  "refs/heads/../heads/main",
  "a".repeat(1_025),
  "a".repeat(100_000),
  "main~999999999999999999999",
  `main${"^".repeat(1_000)}`,
  "0".repeat(40),
  "",
];

test.each(NAMES_NOTHING)(
  "as a base and as a head %j names no commit, and nothing is run for it",
  async (name) => {
    const before = await readdir(fixture.directory);
    for (const { status, out, said } of [await check(name, "main"), await check(base, name)]) {
      expect({ status, out }).toEqual({ status: 2, out: "" });
      expectHarmlessText(said);
    }
    expect(await readdir(fixture.directory)).toEqual(before);
  },
);

test("branches with names that are commands somewhere are judged, and never obeyed", async () => {
  const names = ["::error::owned", "--upload-pack=x", "-x", "\u{202e}x", "<img>", "@acme", "$(x)"];
  for (const name of names) {
    const ref = `refs/heads/${name.replaceAll(":", "")}`;
    await fixture.git("update-ref", ref, head);
    const { status, out } = await check(base, ref);
    expect(status).toBe(0);
    expectHarmlessText(out);
  }
});

test("a tag, a remote or another branch of the same name never stands for the base unseen", async () => {
  await fixture.git("update-ref", "refs/heads/twin", base);
  await fixture.git("update-ref", "refs/tags/twin", middle);
  expect((await check("twin", head)).status).toBe(2);
  await fixture.git("update-ref", "refs/heads/refs/heads/main", middle);
  expect((await check(base, "refs/heads/main")).status).toBe(2);
});
