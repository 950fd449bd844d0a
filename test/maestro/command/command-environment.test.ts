import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandEnvironment } from "../../../maestro/command/command-environment.ts";

const PEM = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n";
let folder: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-environment-"));
  key = join(folder, "key.pem");
  await writeFile(key, PEM);
  await symlink(key, join(folder, "link.pem"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each<{ when: string; env: () => Record<string, string>; withheld: readonly string[] }>([
  {
    when: "everything called after Bailiff",
    env: () => ({ BAILIFF_SIGNING_KEY: PEM, BAILIFF_LEDGER_ROOTS: "x", bailiff_x: "y" }),
    withheld: ["BAILIFF_SIGNING_KEY", "BAILIFF_LEDGER_ROOTS", "bailiff_x"],
  },
  {
    when: "the key of --key under another name, however it is written",
    env: () => ({ SIGN: PEM, ESCAPED: PEM.replaceAll("\n", "\\n"), OTHER: "key" }),
    withheld: ["SIGN", "ESCAPED"],
  },
  {
    when: "the key within another text, without its first and last line, and in base64",
    env: () => ({
      SETTINGS: JSON.stringify({ key: PEM }),
      BODY: "MC4CAQAwBQYDK2VwBCIEIA",
      BASE64: Buffer.from(PEM).toString("base64"),
      OTHER: JSON.stringify({ key: "-----BEGIN PRIVATE KEY-----" }),
    }),
    withheld: ["SETTINGS", "BODY", "BASE64"],
  },
  {
    when: "what turns git away from the repository that was judged",
    env: () => ({
      ...{ GIT_DIR: "d", GIT_COMMON_DIR: "c", GIT_WORK_TREE: "w", GIT_INDEX_FILE: "i" },
      ...{ GIT_OBJECT_DIRECTORY: "o", GIT_NAMESPACE: "n" },
      ...{ GIT_SSH_COMMAND: "ssh", GIT_AUTHOR_NAME: "ann", GIT_CONFIG_COUNT: "0" },
    }),
    withheld: [
      ...["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"],
      ...["GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"],
    ],
  },
  {
    when: "the path of its file, however it is written",
    env: () => ({ KEY: key, LINKED: join(folder, "link.pem"), AROUND: `${folder}/./key.pem` }),
    withheld: ["KEY", "LINKED", "AROUND"],
  },
  {
    when: "the App's own in the App's environment",
    env: () => ({ APP_ID: "7", PRIVATE_KEY: "k", PRIVATE_KEY_FILE: "f", WEBHOOK_SECRET: "s" }),
    withheld: ["PRIVATE_KEY", "PRIVATE_KEY_FILE", "WEBHOOK_SECRET"],
  },
  {
    when: "nothing of the user's",
    env: () => ({ PATH: "/bin", PRIVATE_KEY: "k", GITHUB_TOKEN: "t", EMPTY: "", HOME: folder }),
    withheld: [],
  },
])("withholds $when", async ({ env, withheld }) => {
  const given = env();
  const kept = await commandEnvironment(given, { path: key, pem: PEM });
  expect(Object.keys(given).filter((name) => !(name in kept))).toEqual(withheld);
  for (const [name, value] of Object.entries(kept)) expect(value).toBe(given[name]);
});

test("withholds the key of the environment under another name too", async () => {
  const kept = await commandEnvironment({ BAILIFF_SIGNING_KEY: PEM, COPY: PEM, A: "a" }, null);
  expect(kept).toEqual({ A: "a" });
});

test("takes what is no PEM for no key: it could be part of anything", async () => {
  const kept = await commandEnvironment({ A: "a", B: "ab" }, { path: "/nowhere", pem: "a" });
  expect(kept).toEqual({ A: "a", B: "ab" });
});
