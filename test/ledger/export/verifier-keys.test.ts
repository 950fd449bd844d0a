import { expect, test } from "vitest";
import { verifierKeys } from "../../../ledger/export/verifier-keys.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import { noteVerifierKey } from "../../../ledger/format/note.ts";
import { writeTrustRoot } from "../../../ledger/format/trust-root.ts";
import { fakeClone } from "../fake-clone.ts";
import { keysOf, LEDGER_KEY, rootDocument, sampleLedger } from "../ledger-builder.ts";
import { ORIGIN } from "../verdict-fixture.ts";

const other = generateSigningKey().key;
const [id, otherId] = [LEDGER_KEY.public.id, other.public.id];

/** A keyset of this version in which these keys (ids) sign heads. */
function keyset(version: number, ...heads: readonly string[]): Uint8Array {
  const role = { keys: [id], threshold: 1 };
  const roles = { root: role, records: role, checkpoint: { keys: heads, threshold: 1 } };
  const keys = keysOf(LEDGER_KEY, other);
  return writeTrustRoot(rootDocument({ version, keys, roles }), [LEDGER_KEY]);
}

function keysUnder(files: Readonly<Record<string, Uint8Array>>): Promise<readonly string[]> {
  return verifierKeys(fakeClone(sampleLedger().commit(files).commits));
}

const own = noteVerifierKey(ORIGIN, LEDGER_KEY.public);
const theirs = noteVerifierKey(ORIGIN, other.public);

test("a ledger's verifier key is its origin, the key's hash, and the key", async () => {
  expect(await keysUnder({})).toEqual([own]);
  expect(own).toMatch(/^bailiff\.dev\/ledger\/[0-9a-f]{32}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
});

test("the keys are those of the newest keyset, in its order", async () => {
  const files = {
    "trust/2.root.json": keyset(2, id),
    "trust/9.root.json": keyset(9, id),
    "trust/10.root.json": keyset(10, otherId, id),
  };
  expect(await keysUnder(files)).toEqual([theirs, own]);
});

test("a newest keyset of another form is refused", async () => {
  await expect(keysUnder({ "trust/2.root.json": Buffer.from("{}\n") })).rejects.toMatchObject({
    code: "TRUST_INVALID",
  });
});

test("a branch without a keyset has no keys to give", async () => {
  const clone = fakeClone([{ message: "first\n", files: { "README.md": "hello" } }]);
  await expect(verifierKeys(clone)).rejects.toMatchObject({ code: "TRUST_INVALID" });
});
