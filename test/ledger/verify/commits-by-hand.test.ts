import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleLedger } from "../ledger-builder.ts";
import { plantLedger, type PlantedLedger } from "./planted-ledger.ts";

/** A ledger whose newest commit is written by hand, as no git writes one. */
let ledger: PlantedLedger;
let repository: PlantedLedger["repository"];
let ids: readonly string[];
const { commits } = sampleLedger();

beforeAll(async () => {
  ledger = await plantLedger();
  ({ repository, ids } = ledger);
});

afterAll(() => repository.dispose());

/** The newest commit with its raw bytes edited. */
async function withCommit(edit: (raw: string) => string): Promise<string> {
  const raw = await repository.git("cat-file", "commit", ids.at(-1) ?? "");
  const write = ["hash-object", "--literally", "-t", "commit", "-w", "--stdin"];
  return repository.gitWithInput(Buffer.from(edit(raw), "latin1"), ...write);
}

test("the newest commit, written by hand as it is, verifies", async () => {
  expect(await withCommit((raw) => raw)).toBe(ids.at(-1));
  expect(await ledger.told(ids.at(-1))).toEqual([]);
});

test.each([
  { when: "a stranger's history", others: async () => [await stranger()] },
  { when: "an older commit", others: () => Promise.resolve([ids[1] ?? ""]) },
  { when: "two histories more", others: async () => [ids[0] ?? "", await stranger()] },
])("a commit of the ledger that joins $when: MESSAGE_MISMATCH", async ({ others }) => {
  const parents = (await others()).map((id) => `parent ${id}\n`).join("");
  const commit = await withCommit((raw) => raw.replace("author", `${parents}author`));
  expect(await ledger.told(commit)).toEqual([`MESSAGE_MISMATCH commit ${commit.slice(0, 7)}`]);
});

function stranger(): Promise<string> {
  return repository.commit({ a: "b" }, { branch: "stranger", parents: [] });
}

test("a message that git shows in another encoding: MESSAGE_MISMATCH", async () => {
  const commit = await withCommit((raw) => raw.replace("\n\n", "\nencoding UTF-16\n\n"));
  expect(await ledger.told(commit)).toEqual([`MESSAGE_MISMATCH commit ${commit.slice(0, 7)}`]);
});

test("headers so long that the end of the message would not be read are refused", async () => {
  const { message = "" } = commits.at(-1) ?? {};
  const kept = 2 * 65_536;
  const commit = await withCommit((raw) => {
    const room = kept - raw.indexOf("\n\n") - "\npadding \n\n".length - message.length;
    const padded = raw.replace("\n\n", `\npadding ${"x".repeat(room)}\n\n`);
    return `${padded}ALLOW PR 666 and whatever else`;
  });
  await expect(ledger.told(commit)).rejects.toMatchObject({ code: "MALFORMED_OBJECT" });
});

test("a NUL in the headers, which hides the message from git's log, is refused", async () => {
  const commit = await withCommit((raw) => raw.replace("\n\n", "\nx-note a\0b\n\n"));
  expect(await repository.git("log", "-1", commit)).not.toContain("ALLOW");
  await expect(ledger.told(commit)).rejects.toMatchObject({ code: "MALFORMED_OBJECT" });
});

test("a parent spelled so that git follows it and others do not is refused", async () => {
  const commit = await withCommit((raw) =>
    raw.replace("author", `parent ${(ids[1] ?? "").toUpperCase()}\nauthor`),
  );
  await expect(ledger.told(commit)).rejects.toMatchObject({ code: "MALFORMED_OBJECT" });
});

test("a second tree, before the parents or after them, is not taken for the commit's", async () => {
  const other = await repository.git("rev-parse", `${ids[0] ?? ""}^{tree}`);
  const after = await withCommit((raw) => raw.replace("\nauthor", `\ntree ${other}\nauthor`));
  expect(await ledger.told(after)).toEqual([]);
  const before = await withCommit((raw) => raw.replace("\n", `\ntree ${other}\n`));
  expect(await ledger.told(before)).toEqual([`MESSAGE_MISMATCH commit ${before.slice(0, 7)}`]);
});
