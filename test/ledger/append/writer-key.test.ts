import { expect, test } from "vitest";
import type { Head } from "../../../ledger/append/head.ts";
import { maySign, refuseUnfitKey } from "../../../ledger/append/writer-key.ts";
import { generateSigningKey } from "../../../ledger/format/keys.ts";
import { parseTrustRoot, writeTrustRoot } from "../../../ledger/format/trust-root.ts";
import { keysOf, LEDGER_KEY, rootDocument } from "../ledger-builder.ts";

const other = generateSigningKey().key;
const [id, otherId] = [LEDGER_KEY.public.id, other.public.id];
const role = (...keys: readonly string[]) => ({ keys, threshold: 1 });
const roles = { root: role(id), records: role(id), checkpoint: role(id) };

function trustOf(change: Parameters<typeof rootDocument>[0]) {
  const document = rootDocument({ keys: keysOf(LEDGER_KEY, other), ...change });
  return parseTrustRoot(writeTrustRoot(document, [LEDGER_KEY]));
}

test.each<{ when: string; change?: Parameters<typeof rootDocument>[0]; code: string | null }>([
  { when: "has both roles", change: { roles }, code: null },
  {
    when: "may not sign records",
    change: { roles: { ...roles, records: role(otherId) } },
    code: "KEY_OUT_OF_SCOPE",
  },
  {
    when: "may not sign heads",
    change: { roles: { ...roles, checkpoint: role(otherId) } },
    code: "KEY_OUT_OF_SCOPE",
  },
  {
    when: "is revoked after the next record",
    change: { revocations: [{ key: id, from: 8 }] },
    code: null,
  },
  {
    when: "is revoked from the next record",
    change: { revocations: [{ key: id, from: 7 }] },
    code: "KEY_REVOKED",
  },
  {
    when: "was revoked before",
    change: { revocations: [{ key: id, from: 6 }] },
    code: "KEY_REVOKED",
  },
  {
    when: "is not the one that is revoked",
    change: { revocations: [{ key: otherId, from: 0 }] },
    code: null,
  },
])("a writer's key that $when: $code", ({ change = {}, code }) => {
  const head = { trust: trustOf(change), checkpoint: { size: 7 } } as Head;
  expect(
    codeOf(() => {
      refuseUnfitKey(head, LEDGER_KEY);
    }),
  ).toBe(code);
});

test("a key that no keyset names may not write", () => {
  const head = { trust: trustOf({ keys: keysOf(LEDGER_KEY) }), checkpoint: { size: 7 } } as Head;
  expect(
    codeOf(() => {
      refuseUnfitKey(head, other);
    }),
  ).toBe("KEY_UNKNOWN");
});

test.each<{
  when: string;
  change?: Parameters<typeof rootDocument>[0];
  kind?: string;
  key?: string;
  may: boolean;
}>([
  { when: "a kind of its own", may: true },
  { when: "another kind", kind: "expunge", may: false },
  { when: "without the role", key: otherId, may: false },
  { when: "before it was revoked", change: { revocations: [{ key: id, from: 8 }] }, may: true },
  {
    when: "from the index that it was revoked from",
    change: { revocations: [{ key: id, from: 7 }] },
    may: false,
  },
  { when: "under an id that nobody has", key: "0".repeat(64), may: false },
])("a key may sign a record $when: $may", ({ change = {}, kind = "verdict", key = id, may }) => {
  expect(maySign(trustOf(change), key, { kind, index: 7 })).toBe(may);
});

function codeOf(act: () => void): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
