import { expect, test } from "vitest";
import { writeTrustRoot } from "../../../ledger/format/trust-root.ts";
import { checkTrust, revokedFrom } from "../../../ledger/verify/check-trust.ts";
import { NO_HISTORY } from "../../../ledger/verify/history.ts";
import { Problems } from "../../../ledger/verify/problems.ts";
import { sortFiles } from "../../../ledger/verify/tree-files.ts";
import type { FixtureFile } from "../../git/fixture-repository.ts";
import { fakeClone } from "../fake-clone.ts";
import { LEDGER_KEY, rootDocument } from "../ledger-builder.ts";

type Change = Parameters<typeof rootDocument>[0];

/** The files of a chain of keysets, version 1 first, each as its change makes it. */
function chainOf(...changes: readonly Change[]): Readonly<Record<string, FixtureFile>> {
  const files = changes.map((change, at) => {
    const document = rootDocument({ version: at + 1, ...change });
    return [`trust/${at + 1}.root.json`, writeTrustRoot(document, [LEDGER_KEY])] as const;
  });
  return Object.fromEntries(files);
}

async function trustIn(files: Readonly<Record<string, FixtureFile>>, repositoryId?: string) {
  const clone = fakeClone([{ message: "", files }]);
  const problems = new Problems();
  const context = { files: sortFiles(await clone.files()), history: NO_HISTORY, problems };
  const trust = await checkTrust(clone, { ...context, repositoryId });
  return { trust, told: problems.list().map(({ code, place }) => `${code} ${place}`) };
}

test("the tenth keyset follows the ninth, however a tree sorts their names", async () => {
  const { trust, told } = await trustIn(chainOf(...Array.from({ length: 10 }, () => ({}))));
  expect(told).toEqual([]);
  expect(trust?.keysets.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test.each([
  { when: "as its version does", version: 3, code: "TRUST_INVALID" },
  { when: "and its version does not", version: 2, code: "TRUST_ROLLBACK" },
])("a keyset whose name skips one, $when: $code", async ({ version, code }) => {
  const root = writeTrustRoot(rootDocument({ version }), [LEDGER_KEY]);
  const { trust, told } = await trustIn({ ...chainOf({}), "trust/3.root.json": root });
  expect({ keysets: trust?.keysets.length, told }).toEqual({
    keysets: 1,
    told: [`${code} trust/3.root.json`],
  });
});

test("the newest keyset says which repositories a ledger is for", async () => {
  const files = chainOf({}, {}, { repositories: ["666"] });
  expect((await trustIn(files, "666")).told).toEqual([]);
  expect((await trustIn(files, "4711")).told).toEqual(["FOREIGN_RECORD trust/3.root.json"]);
});

test.each([
  { when: "from the earlier index first", froms: [2, 5] },
  { when: "from the later index first", froms: [5, 2] },
])("a key that is revoked twice, $when, is revoked from the earlier index", async ({ froms }) => {
  const { id } = LEDGER_KEY.public;
  const revoking = froms.map((from) => ({ revocations: [{ key: id, from }] }));
  const at = async (...changes: readonly Change[]) => {
    const { trust } = await trustIn(chainOf(...changes));
    return trust === null ? null : [...revokedFrom(trust)];
  };
  expect(await at(...revoking)).toEqual([[id, 2]]);
  const together = { revocations: froms.map((from) => ({ key: id, from })) };
  expect(await at(together)).toEqual([[id, 2]]);
});

test("a first keyset that is a link is told as that, and not as missing too", async () => {
  const link = { mode: "120000", content: "elsewhere" } as const;
  const { trust, told } = await trustIn({ "trust/1.root.json": link });
  expect({ trust, told }).toEqual({ trust: null, told: ["TRUST_INVALID trust/1.root.json"] });
});

test("a keyset that git cannot read is no keyset that is refused", async () => {
  const clone = fakeClone([{ message: "", files: chainOf({}) }]);
  const context = {
    files: sortFiles(await clone.files()),
    history: NO_HISTORY,
    problems: new Problems(),
  };
  const unreadable = { ...clone, read: () => Promise.reject(new Error("bad object")) };
  await expect(checkTrust(unreadable, context)).rejects.toThrow("bad object");
});
